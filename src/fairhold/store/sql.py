"""Fixed statements, made once at import, that carry any number of rows.

PostgreSQL gets all tables of a commit in one statement, each over one JSON parameter: one round
trip, whatever is written. SQLite runs the row statement for each row, which there costs no round
trip. No SQL is put together while a command is being handled.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from fairhold.store.instants import to_database

RECORDS = json.JSONEncoder(ensure_ascii=False, default=datetime.isoformat)
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class RowStatement:
    """A statement over rows of fixed columns, in the words of both engines.

    `postgres` reads its rows from `{records}`, which a commit puts in.
    """

    columns: tuple[str, ...]
    postgres: str
    records: str
    sqlite: str

    def run_on_sqlite(self, connection: BaseDatabaseWrapper, rows: Rows) -> int:
        """Run it for `rows`; returns how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.executemany(self.sqlite, [_texts(row) for row in rows])
            touched: int = cursor.rowcount
        return touched

    def as_json(self, rows: Rows) -> str:
        """The rows as the JSON parameter of this table."""
        records = [dict(zip(self.columns, row, strict=True)) for row in rows]
        return RECORDS.encode(records)


def in_one(guards: Sequence[RowStatement], others: Sequence[RowStatement]) -> str:
    """One PostgreSQL statement for all tables: guards first, the others only if every guard held.

    Parameters: the rows of each guard, how many rows the guards must touch, the rows of each other
    statement. Answer: whether the guards held.
    """
    parts = [
        f"g{place} AS ({one.postgres.format(records=one.records, when='')} RETURNING 1)"
        for place, one in enumerate(guards)
    ]
    touched = " + ".join(f"(SELECT count(*) FROM g{place})" for place in range(len(guards)))
    parts.append(f"guard AS (SELECT {touched} = %s AS held)")
    parts += [
        f"w{place} AS ({one.postgres.format(records=one.records, when=' WHERE guard.held')})"
        for place, one in enumerate(others)
    ]
    return f"WITH {', '.join(parts)} SELECT held FROM guard"


def _texts(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        to_database(value, "sqlite") if isinstance(value, datetime) else value for value in row
    )


def insert(
    table: str,
    columns: dict[str, str],
    *,
    upsert: tuple[str, ...] = (),
    guarded: bool = True,
    also: str = "",
) -> RowStatement:
    """INSERT of rows; with `upsert` (the key), a row that is there is overwritten.

    `columns` maps each name to its PostgreSQL type. `guarded`: written only if the guards held.
    `also`: what else changes in a row that is there.
    """
    names = ", ".join(columns)
    tail = ""
    if upsert:
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in upsert)
        tail = f" ON CONFLICT ({', '.join(upsert)}) DO UPDATE SET {changes}{also}"
    marks = ", ".join(["%s"] * len(columns))
    source = "{records}, guard{when}" if guarded else "{records}"
    return RowStatement(
        columns=tuple(columns),
        postgres=f"INSERT INTO {table} ({names}) SELECT v.* FROM {source}{tail}",
        records=_records(columns),
        sqlite=f"INSERT INTO {table} ({names}) VALUES ({marks}){tail}",
    )


def update(
    table: str, columns: dict[str, str], *, key: dict[str, str], kept: frozenset[str]
) -> RowStatement:
    """UPDATE of `columns` in the rows named by `key`. Row values: columns first, then the key.

    A column of `kept` stays as it is where the row brings NULL for it.
    """
    everything = {**columns, **{f"key_{name}": kind for name, kind in key.items()}}
    from_values = ", ".join(
        f"{name} = coalesce(v.{name}, t.{name})" if name in kept else f"{name} = v.{name}"
        for name in columns
    )
    on = " AND ".join(f"t.{name} = v.key_{name}" for name in key)
    marks = ", ".join(
        f"{name} = coalesce(%s, {name})" if name in kept else f"{name} = %s" for name in columns
    )
    where = " AND ".join(f"{name} = %s" for name in key)
    return RowStatement(
        columns=tuple(everything),
        postgres=f"UPDATE {table} AS t SET {from_values} FROM {{records}} WHERE {on}",
        records=_records(everything),
        sqlite=f"UPDATE {table} SET {marks} WHERE {where}",
    )


def _records(columns: dict[str, str]) -> str:
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"json_to_recordset(%s::json) AS v({typed})"
