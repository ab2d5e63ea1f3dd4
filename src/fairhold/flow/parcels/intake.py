"""Scans as they come in: normalised, kept once, each standing or falling alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from fairhold.adapters.tracking import Record
from fairhold.adapters.tracking.normal import Normal, normalised, own_record
from fairhold.core.logistics.scan import ScanKind
from fairhold.flow.desk import Desk
from fairhold.flow.intake import shapes
from fairhold.store import scans

MOST_AT_ONCE = 5_000
HEAVIEST_GRAMS = 2_000_000
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Time = Annotated[str, StringConstraints(min_length=8, max_length=40)]


class PlaceShape(shapes.Shape):
    """Where a scan was made, as the carrier shows it."""

    country: Name | None = None
    province: Name | None = None
    city: Name | None = None
    zip: Code | None = None


class ScanShape(shapes.Shape):
    """One scan. `at` is ISO 8601 with or without a zone; `status` a kind of the vocabulary.

    `event_id` is the carrier's own id of the record: a later `revised_at` replaces it, and
    `withdrawn` takes it back.
    """

    waybill: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    carrier: Name | None = None
    at: Time | None = None
    text: Annotated[str, StringConstraints(max_length=1000)] = ""
    status: ScanKind | None = Field(default=None, strict=False)
    place: PlaceShape | None = None
    signatory: Name | None = None
    weight_grams: Annotated[int, Field(gt=0, le=HEAVIEST_GRAMS)] | None = None
    event_id: Name | None = None
    revised_at: Time | None = None
    withdrawn: bool = False

    @model_validator(mode="after")
    def _names_what_it_takes_back(self) -> "ScanShape":
        if self.withdrawn and self.event_id is None:
            raise ValueError("event_id: expected the id of the record that is withdrawn")
        return self


SCAN = TypeAdapter(ScanShape)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A scan that was not taken: where it stood, which field, what was expected."""

    index: int
    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery of scans. `marked` were kept but count for nothing as yet."""

    taken: int
    known: int
    marked: int
    rejected: tuple[Rejected, ...]


def take_own(desk: Desk, raws: list[Any], source: str, now: datetime) -> Taken:
    """Keep scans in the desk's own format; one that does not fit never holds up the others."""
    rejected: list[Rejected] = []
    records = []
    for index, raw in enumerate(raws):
        record = _record(raw, index, rejected)
        if record is not None:
            records.append(record)
    found = take(desk, records, source, now)
    return Taken(found.taken, found.known, found.marked, (*rejected, *found.rejected))


def take(desk: Desk, records: Iterable[Record], source: str, now: datetime) -> Taken:
    """Keep the records of a source, received at `now` (aware UTC)."""
    meanings = desk.parcels.meanings
    normal = {}
    count = 0
    rejected = []
    for index, record in enumerate(records):
        count += 1
        try:
            one = normalised(record, source, meanings, now)
        except (ValueError, OverflowError, TypeError) as error:
            rejected.append(Rejected(index, "", str(error)[:200]))
            continue
        normal[one.scan.digest] = one
    new = scans.insert([row_of(one) for one in normal.values()])
    marked = sum(one.mark is not None for one in normal.values())
    return Taken(new, count - new - len(rejected), marked, tuple(rejected))


def _record(raw: Any, index: int, rejected: list[Rejected]) -> Record | None:
    """The record of one raw scan; what does not fit is noted."""
    if not isinstance(raw, dict):
        rejected.append(Rejected(index, "", "expected one JSON object"))
        return None
    try:
        SCAN.validate_python(raw)
    except ValidationError as error:
        first = error.errors()[0]
        pointer = "/" + "/".join(str(part) for part in first["loc"])
        rejected.append(Rejected(index, pointer, first["msg"]))
        return None
    record = own_record(raw)
    if not any(sign.isascii() and sign.isalnum() for sign in record.number):
        rejected.append(Rejected(index, "/waybill", "expected letters and digits"))
        return None
    return record


def row_of(one: Normal) -> scans.Row:
    """The row of a scan, in the order of the store's columns."""
    scan, place = one.scan, one.scan.place
    return (
        scan.digest,
        one.number[:50],
        _cut(one.carrier),
        one.source,
        one.received_at,
        one.raw,
        one.mark,
        scan.kind.value,
        scan.at,
        scan.offset_minutes,
        scan.zone_assumed,
        _cut(place.country),
        _cut(place.province),
        _cut(place.city),
        _cut(place.zip, 40),
        _cut(scan.signatory),
        scan.weight_grams,
        scan.reason,
        scan.cause,
        _cut(scan.ref, 250),
        scan.revised_at,
        scan.text,
    )


def _cut(text: str | None, longest: int = 200) -> str | None:
    return text[:longest] if text else None
