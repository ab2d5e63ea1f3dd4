"""What the operations on tracking answer, for the OpenAPI document."""

from typing import Any

from pydantic import BaseModel


class RejectedOut(BaseModel):
    """A scan that was not taken: its place in the delivery, the field, what was expected."""

    index: int
    pointer: str
    detail: str


class TakenOut(BaseModel):
    """What became of a delivery: new, known before, kept but without effect as yet, rejected."""

    taken: int
    known: int
    marked: int
    rejected: list[RejectedOut]


class UnmappedText(BaseModel):
    """A text without meaning and how often it came."""

    source: str
    text: str
    times: int


class UnmappedOut(BaseModel):
    """Texts without meaning."""

    items: list[UnmappedText]


class CarrierOut(BaseModel):
    """A carrier whose numbers look like this, and its own page about the number."""

    key: str
    name: str
    page: str | None


class ExaminedOut(BaseModel):
    """What a number tells by itself."""

    typed: str
    number: str
    standing: str
    reason: str
    slips: list[str]
    carriers: list[CarrierOut]


class FlagOut(BaseModel):
    """A flag for the specialist, and the scans it rests on."""

    code: str
    explanation: str
    scans: list[str]


class ReminderOut(BaseModel):
    """A reminder to the viewer's side (the desk's staff reads all), sent or only suggested."""

    kind: str
    to: str
    sent: bool
    at: str
    title: str
    text: str


class EventOut(BaseModel):
    """One record of the carrier, in the time of its place."""

    kind: str
    text: str
    place: str
    local_time: str
    zone_assumed: bool
    source: str
    scan: str
    number: str
    counts: bool
    mark: str | None


class ParcelOut(BaseModel):
    """A parcel with its story, newest record first; flags for the desk's staff only."""

    direction: str
    number: int
    carrier: str
    waybill: str
    transfer_numbers: list[str]
    tracking_page: str | None
    waybill_examined: ExaminedOut
    state: str | None
    state_in_words: str
    first_event_at: str | None
    last_event_at: str | None
    delivered_at: str | None
    address: dict[str, dict[str, str]]
    route: list[str]
    flags: list[FlagOut]
    reminders: list[ReminderOut]
    events: list[EventOut]
    more_events: int


class ParcelsOut(BaseModel):
    """The parcels of an order."""

    items: list[ParcelOut]


class RawScanOut(BaseModel):
    """A scan as it was received. `scan` is the digest that the journal names."""

    scan: str
    number: str
    source: str
    received_at: str
    kind: str
    mark: str | None
    raw: Any


class ScansOut(BaseModel):
    """The raw scans of an order."""

    items: list[RawScanOut]
