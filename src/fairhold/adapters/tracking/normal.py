"""A record of a source in the one vocabulary, with its raw form and the digest of that.

What cannot be read is kept and marked: a text without meaning, a time that is none, one ahead of
the time of receipt. Marked records count for nothing until somebody maps them.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from fairhold.adapters.places import country_of, resolved, zone_of
from fairhold.adapters.tracking import Record
from fairhold.adapters.tracking.meanings import UNMAPPED, Meaning, Meanings
from fairhold.core.logistics.scan import NOWHERE, Place, Scan, ScanKind
from fairhold.core.logistics.waybill import plain as bare_number

# Clocks of carriers run ahead of ours by their zone at most, and a little.
FARTHEST_AHEAD = timedelta(hours=26)
EARLIEST_YEAR, LATEST_YEAR = 2000, 2199
# What needs no time of its own: nothing was found, a record is taken back.
WITHOUT_TIME = frozenset({ScanKind.NOT_FOUND, ScanKind.WITHDRAWN})
NO_TIME, AHEAD, NO_MEANING = "no_time", "ahead", "no_meaning"
# ASCII, so that whatever signs a record has can be kept.
COMPACT = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))
CLOCK = re.compile("[T :]")
MOST_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class Normal:
    """A scan with everything that is stored of it. `mark` says why it does not count, if so."""

    number: str
    carrier: str | None
    source: str
    received_at: datetime
    raw: str
    mark: str | None
    scan: Scan


def normalised(record: Record, source: str, meanings: Meanings, received_at: datetime) -> Normal:
    """The scan of a record that was received at `received_at` (aware UTC)."""
    raw = COMPACT.encode(record.raw)
    number = bare_number(record.number)
    place = _place(record.country, record.province, record.city, record.zip)
    at, offset, assumed = _moment(record.time, place, received_at)
    meaning = _meaning(record, source, meanings)
    mark = _mark(meaning, at, record.time, received_at)
    if at is None or mark == AHEAD:
        meaning = meaning if meaning.kind in WITHOUT_TIME else UNMAPPED
    scan = Scan(
        kind=meaning.kind,
        at=at or received_at,
        digest=digest_of(number, source, raw),
        place=place,
        offset_minutes=offset,
        zone_assumed=assumed,
        signatory=_storable(record.signatory) if record.signatory else None,
        weight_grams=record.weight_grams,
        reason=meaning.reason,
        cause=meaning.cause,
        ref=f"{source}:{number}:{record.ref}" if record.ref else None,
        revised_at=_moment(record.revised_at, NOWHERE, received_at)[0],
        text=_storable(record.text)[:1000],
    )
    return Normal(number, record.carrier, source, received_at, raw, mark, scan)


def _storable(text: str) -> str:
    """The text with a sign in place of each that no database keeps."""
    return text.replace("\0", "").encode(errors="replace").decode()


def digest_of(number: str, source: str, raw: str) -> str:
    """SHA-256 over number, source and raw record: the same record again has the same."""
    return hashlib.sha256(f"{number}\n{source}\n{raw}".encode()).hexdigest()


def _meaning(record: Record, source: str, meanings: Meanings) -> Meaning:
    if record.withdrawn:
        return Meaning(ScanKind.WITHDRAWN)
    found = meanings.of(record.text, source, record.code)
    return UNMAPPED if found.needs_country and not record.country else found


def _mark(
    meaning: Meaning, at: datetime | None, given: str | None, received_at: datetime
) -> str | None:
    if meaning.kind in WITHOUT_TIME and given is None:
        return None
    if at is None:
        return NO_TIME
    if at > received_at + FARTHEST_AHEAD:
        return AHEAD
    return NO_MEANING if meaning.kind is ScanKind.UNMAPPED else None


@lru_cache(MOST_REMEMBERED)
def _place(
    country: str | None, province: str | None, city: str | None, postcode: str | None
) -> Place:
    """The place with its country as two letters; a country nobody knows stays as it is shown."""
    named = (country_of(country) or country) if country else None
    told = (_storable(one) if one else None for one in (named, province, city, postcode))
    return Place(*told)


def _moment(
    time: str | None, place: Place, received_at: datetime
) -> tuple[datetime | None, int, bool]:
    """The moment in UTC, its distance from UTC in minutes, and whether the zone was assumed."""
    read = _read(time) if time else None
    if read is None or not EARLIEST_YEAR <= read.year <= LATEST_YEAR:
        return None, 0, False
    offset = read.utcoffset()
    zone = zone_of(place.country, place.city)
    if offset is not None:
        at = read.astimezone(UTC)
        # A record in UTC does not say what time it was at the place.
        told = offset or (at.astimezone(ZoneInfo(zone)).utcoffset() if zone else None) or offset
        return at, int(told.total_seconds()) // 60, False
    date_only = not CLOCK.search(time or "")
    if zone is None:
        return read.replace(tzinfo=UTC), 0, True
    at, minutes = resolved(read, zone)
    return at, minutes, date_only


def _read(time: str) -> datetime | None:
    try:
        return datetime.fromisoformat(time)
    except ValueError:
        return None


def own_record(raw: dict[str, Any]) -> Record:
    """A record of the desk's own format (API and files), whose fields are checked already."""
    place = raw.get("place") or {}
    return Record(
        number=raw["waybill"],
        raw=raw,
        text=raw.get("text") or "",
        time=raw.get("at"),
        carrier=raw.get("carrier"),
        code=raw.get("status"),
        country=place.get("country"),
        province=place.get("province"),
        city=place.get("city"),
        zip=place.get("zip"),
        signatory=raw.get("signatory"),
        weight_grams=raw.get("weight_grams"),
        ref=raw.get("event_id"),
        revised_at=raw.get("revised_at"),
        withdrawn=bool(raw.get("withdrawn")),
    )
