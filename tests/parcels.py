"""Sentences about parcels for tests: scans, readings, deliveries of scans."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from fairhold.core.logistics.address import Compared, Part, Verdict
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.report import Basis, Direction, ParcelReport
from fairhold.core.logistics.scan import Place, Scan, ScanKind

NOON = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
WAYBILL = "LX123456785CN"
SHOWN = (Part.COUNTRY, Part.CITY)


def scan(kind: str, hours: float = 0, **given: Any) -> Scan:
    """A scan some hours after noon; `country` and `city` make its place."""
    place = Place(given.pop("country", None), None, given.pop("city", None))
    at = given.pop("at", NOON + timedelta(hours=hours))
    told = f"{kind} {at} {place} {sorted(given.items(), key=str)}"
    digest = given.pop("digest", hashlib.sha256(told.encode()).hexdigest())
    return Scan(ScanKind(kind), at, digest, place, **given)


def compared(**verdicts: str) -> tuple[Compared, ...]:
    """Verdicts by part; what is not named was not shown."""
    return tuple(
        Compared(part, Verdict(verdicts.get(part.value, "not_shown")), "because") for part in Part
    )


def reading(state: str | None = "in_transit", **changes: Any) -> ParcelReport:
    """A reading of the first parcel."""
    fields: dict[str, Any] = {
        "direction": Direction.OUTBOUND,
        "parcel": 1,
        "waybill": WAYBILL,
        "recognised": True,
        "state": ParcelState(state) if state else None,
        "first_event_at": NOON,
        "last_event_at": NOON,
        "delivered_at": NOON if state == "delivered" else None,
        "zone_assumed": False,
        "compared": (),
        "customs_reason": None,
        "return_state": None,
        "flags": (),
        "basis": (Basis("tracking.state", ("a" * 64,)),),
        "records": 1,
    }
    return ParcelReport(**{**fields, **changes})
