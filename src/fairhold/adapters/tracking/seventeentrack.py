"""17TRACK: pushes, signed with a hash over body and key; and the same format when it is asked."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairhold.adapters.tracking import Record, TrackingFault, listed, part, same_text, text_of

SIGNATURE = "sign"
# Said of a number that no carrier knows yet, and of one that was never handed to the provider.
NOTHING_YET, NOT_REGISTERED = -18019909, -18019902


@dataclass(frozen=True, slots=True)
class SeventeenTrack:
    """The provider with the key of the account."""

    secret: str
    name: str = "17track"

    def verified(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the header is the SHA-256 of the body, a stroke and the key."""
        expected = hashlib.sha256(body + b"/" + self.secret.encode()).hexdigest()
        return same_text(expected, headers.get(SIGNATURE, "").lower())

    def records(self, body: Any) -> Iterator[Record]:
        """The events of one pushed tracking; a tracking that merely ended brings none."""
        tracked = part(body, "data")
        if text_of(tracked, "number") is None:
            raise TrackingFault("data.number: expected a number, got none", status=422)
        yield from tracking(tracked)


def tracking(tracked: dict[str, Any]) -> Iterator[Record]:
    """The events of one number, of every carrier that handled it, or that nothing was found."""
    number = text_of(tracked, "number") or ""
    info = part(tracked, "track_info")
    found = False
    for provider in listed(part(info, "tracking"), "providers"):
        carrier = text_of(part(provider, "provider"), "name")
        for event in listed(provider, "events"):
            if isinstance(event, dict):
                found = True
                yield _record(number, carrier, event)
    status = part(info, "latest_status")
    if not found and text_of(status, "status") == "NotFound":
        yield not_found(number, status, text_of(status, "sub_status"))


def not_found(number: str, raw: Any, code: str | None) -> Record:
    """The provider asked and no carrier knew the number."""
    return Record(number=number, raw=raw, text="", time=None, code=code or "NotFound_Other")


def _record(number: str, carrier: str | None, event: dict[str, Any]) -> Record:
    address = part(event, "address")
    return Record(
        number=number,
        raw=event,
        text=text_of(event, "description") or "",
        time=_time(event),
        carrier=carrier,
        code=text_of(event, "sub_status") or text_of(event, "stage"),
        country=text_of(address, "country"),
        province=text_of(address, "state"),
        city=text_of(address, "city"),
        zip=text_of(address, "postal_code"),
    )


def _time(event: dict[str, Any]) -> str | None:
    """As the carrier gave it: a zone that the provider worked out is not the carrier's."""
    raw = part(event, "time_raw")
    day, clock = text_of(raw, "date"), text_of(raw, "time")
    if day and clock and text_of(raw, "timezone") is None:
        return f"{day}T{clock}"
    return text_of(event, "time_iso") or text_of(event, "time_utc") or day
