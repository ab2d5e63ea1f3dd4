"""A scan: one record that a carrier made of a parcel, in the one vocabulary of the desk.

The raw record stays beside it, by digest. A scan that could not be mapped says so; it never counts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ScanKind(StrEnum):
    """What happened to a parcel. In the order in which it usually happens."""

    NOT_FOUND = "not_found"
    NOTED = "noted"
    UNMAPPED = "unmapped"
    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    MOVING = "moving"
    DELAYED = "delayed"
    EXPORT_CUSTOMS = "export_customs"
    CUSTOMS_IN = "customs_in"
    CUSTOMS_HELD = "customs_held"
    CUSTOMS_OUT = "customs_out"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPTED = "attempted"
    HELD_FOR_PICKUP = "held_for_pickup"
    DAMAGED = "damaged"
    LOST = "lost"
    REFUSED = "refused"
    UNDELIVERABLE = "undeliverable"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


# Says nothing about where the parcel is: no state, no first record, no silence broken by it.
WITHOUT_NEWS = frozenset(
    {ScanKind.NOT_FOUND, ScanKind.NOTED, ScanKind.UNMAPPED, ScanKind.ANNOUNCED}
)
RANK = {kind: place for place, kind in enumerate(ScanKind)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scan was made, as the carrier shows it. `country` is ISO 3166 alpha-2."""

    country: str | None = None
    province: str | None = None
    city: str | None = None
    zip: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Scan:
    """One record of a carrier.

    Units: `at` aware UTC, `offset_minutes` the local time's distance from it, `weight_grams` grams.
    `zone_assumed`: the carrier named no zone and none followed from the place. `reason` is why
    customs holds a parcel, `cause` why a delivery failed. `ref` is the carrier's own id of the
    record; of several records with one id the latest `revised_at` stands. `digest` is the SHA-256
    of the raw record.
    """

    kind: ScanKind
    at: datetime
    digest: str
    place: Place = NOWHERE
    offset_minutes: int = 0
    zone_assumed: bool = False
    signatory: str | None = None
    weight_grams: int | None = None
    reason: str | None = None
    cause: str | None = None
    ref: str | None = None
    revised_at: datetime | None = None
    text: str = ""

    @property
    def order(self) -> tuple[datetime, int, str]:
        """The place of a scan among the others: by time, then by kind, then by digest."""
        return self.at, RANK[self.kind], self.digest
