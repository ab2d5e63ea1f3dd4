"""Scans in and out of the store. Raw records are never changed; the same record comes in once.

One statement carries any number of scans and marks the parcels that have news by them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from fairhold.core.logistics.scan import Place, Scan, ScanKind
from fairhold.store.instants import from_database, to_database
from fairhold.store.models import TrackingScan

COLUMNS = {
    "digest": "varchar",
    "number": "varchar",
    "carrier": "varchar",
    "source": "varchar",
    "received_at": "timestamptz",
    "raw": "text",
    "mark": "varchar",
    "kind": "varchar",
    "at": "timestamptz",
    "offset_minutes": "smallint",
    "zone_assumed": "boolean",
    "country": "varchar",
    "province": "varchar",
    "city": "varchar",
    "zip": "varchar",
    "signatory": "varchar",
    "weight_grams": "int",
    "reason": "varchar",
    "cause": "varchar",
    "ref": "varchar",
    "revised_at": "timestamptz",
    "text": "text",
}
NAMES = ", ".join(COLUMNS)
ARRAYS = ", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())
# New scans, and the parcels that have news by them, in one statement: both or neither.
POSTGRES_INSERT = f"""
WITH new AS (
  INSERT INTO tracking_scan ({NAMES}) SELECT * FROM unnest({ARRAYS})
  ON CONFLICT DO NOTHING RETURNING number
), marked AS (
  UPDATE parcel_row SET changed = changed + 1 WHERE number IN (SELECT number FROM new)
)
SELECT count(*) FROM new
"""
SQLITE_INSERT = (
    f"INSERT OR IGNORE INTO tracking_scan ({NAMES}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)
SQLITE_MARK = """
UPDATE parcel_row SET changed = changed + 1 WHERE number = %s
"""
# More scans than this no story is told from; the rest is kept all the same.
MOST_SCANS = 20_000
MOST_TEXTS = 1_000
Row = tuple[Any, ...]


def insert(rows: Sequence[Row]) -> int:
    """Keep scans, each once, whole or not at all; returns how many were new."""
    if not rows:
        return 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(POSTGRES_INSERT, [list(column) for column in zip(*rows, strict=True)])
            return int(cursor.fetchone()[0])
    with transaction.atomic(), connection.cursor() as cursor:
        return _insert_on_sqlite(cursor, rows)


def _insert_on_sqlite(cursor: Any, rows: Sequence[Row]) -> int:
    new = 0
    touched = set()
    for row in rows:
        cursor.execute(SQLITE_INSERT, [_stored(value) for value in row])
        if cursor.rowcount:
            new += 1
            touched.add(row[1])
    cursor.executemany(SQLITE_MARK, [(number,) for number in sorted(touched)])
    return new


def _stored(value: Any) -> Any:
    return to_database(value, "sqlite") if isinstance(value, datetime) else value


def numbers_with(source: str, text: str) -> list[str]:
    """The numbers that have a record of this text without meaning."""
    rows = TrackingScan.objects.filter(kind=ScanKind.UNMAPPED.value, source=source, text=text)
    return list(rows.values_list("number", flat=True).distinct()[:MOST_SCANS])


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan as it is kept. `mark` says why it counts for nothing, if so."""

    number: str
    carrier: str | None
    source: str
    received_at: datetime
    raw: str
    mark: str | None
    scan: Scan


def scans_of(numbers: Iterable[str]) -> list[Kept]:
    """Every scan of these numbers, by their digests."""
    rows = TrackingScan.objects.filter(number__in=sorted(set(numbers))).order_by("digest")
    return [_kept(row) for row in rows.values_list(*COLUMNS)[:MOST_SCANS]]


def raw_of(digests: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Number, source and raw record of scans, by digest; one that is gone is missing."""
    rows = TrackingScan.objects.filter(digest__in=digests)
    return {row[0]: row[1:] for row in rows.values_list("digest", "number", "source", "raw")}


def unmapped() -> Iterator[tuple[str, str, int]]:
    """Texts without meaning: source, text, how often; the most frequent first."""
    rows = TrackingScan.objects.filter(kind=ScanKind.UNMAPPED.value, mark="no_meaning")
    rows = rows.exclude(text="")
    counted = rows.values_list("source", "text").annotate(times=Count("digest"))
    yield from counted.order_by("-times", "source", "text")[:MOST_TEXTS]


def _kept(row: Sequence[Any]) -> Kept:
    found = dict(zip(COLUMNS, row, strict=True))
    place = Place(found["country"], found["province"], found["city"], found["zip"])
    scan = Scan(
        kind=ScanKind(found["kind"]),
        at=_instant(found["at"]),
        digest=found["digest"],
        place=place,
        offset_minutes=found["offset_minutes"],
        zone_assumed=found["zone_assumed"],
        signatory=found["signatory"],
        weight_grams=found["weight_grams"],
        reason=found["reason"],
        cause=found["cause"],
        ref=found["ref"],
        revised_at=from_database(found["revised_at"]),
        text=found["text"],
    )
    received_at = _instant(found["received_at"])
    return Kept(
        found["number"],
        found["carrier"],
        found["source"],
        received_at,
        found["raw"],
        found["mark"],
        scan,
    )


def _instant(value: Any) -> datetime:
    found = from_database(value)
    if found is None:
        raise ValueError("expected a time on a kept scan, got none")
    return found
