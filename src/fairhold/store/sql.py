"""Fixed statements, made once at import, that carry any number of rows.

PostgreSQL gets one statement over one JSON parameter; SQLite runs the row statement for each row,
which there costs no round trip. No SQL is put together while a command is being handled.
"""

import contextlib
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from fairhold.store.instants import to_database


@dataclass(frozen=True, slots=True)
class RowStatement:
    """A statement over rows of fixed columns, in the words of both engines."""

    columns: tuple[str, ...]
    postgres: str
    sqlite: str

    def run(self, connection: BaseDatabaseWrapper, rows: Sequence[tuple[Any, ...]]) -> Any:
        """Run it for `rows`; the cursor's `rowcount` tells how many it touched."""
        cursor = connection.cursor()
        if connection.vendor == "postgresql":
            records = [dict(zip(self.columns, row, strict=True)) for row in rows]
            cursor.execute(self.postgres, [json.dumps(records, default=datetime.isoformat)])
        else:
            cursor.executemany(self.sqlite, [_texts(row) for row in rows])
        return cursor


def together(connection: BaseDatabaseWrapper) -> AbstractContextManager[Any]:
    """Statements within leave in one round trip where the engine can do that."""
    if connection.vendor != "postgresql":
        return contextlib.nullcontext()
    connection.ensure_connection()
    pipeline: AbstractContextManager[Any] = connection.connection.pipeline()
    return pipeline


def _texts(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        to_database(value, "sqlite") if isinstance(value, datetime) else value for value in row
    )


def insert(table: str, columns: dict[str, str], *, upsert: tuple[str, ...] = ()) -> RowStatement:
    """INSERT of rows; with `upsert` (the key), a row that is there is overwritten.

    `columns` maps each name to its PostgreSQL type.
    """
    names = ", ".join(columns)
    tail = ""
    if upsert:
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in upsert)
        tail = f" ON CONFLICT ({', '.join(upsert)}) DO UPDATE SET {changes}"
    marks = ", ".join(["%s"] * len(columns))
    return RowStatement(
        columns=tuple(columns),
        postgres=f"INSERT INTO {table} ({names}) SELECT * FROM {_records(columns)}{tail}",
        sqlite=f"INSERT INTO {table} ({names}) VALUES ({marks}){tail}",
    )


def update(table: str, columns: dict[str, str], *, key: dict[str, str]) -> RowStatement:
    """UPDATE of `columns` in the rows named by `key`. Row values: columns first, then the key."""
    everything = {**columns, **{f"key_{name}": kind for name, kind in key.items()}}
    from_values = ", ".join(f"{name} = v.{name}" for name in columns)
    on = " AND ".join(f"t.{name} = v.key_{name}" for name in key)
    marks = ", ".join(f"{name} = %s" for name in columns)
    where = " AND ".join(f"{name} = %s" for name in key)
    return RowStatement(
        columns=tuple(everything),
        postgres=f"UPDATE {table} AS t SET {from_values} FROM {_records(everything)} WHERE {on}",
        sqlite=f"UPDATE {table} SET {marks} WHERE {where}",
    )


def _records(columns: dict[str, str]) -> str:
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"json_to_recordset(%s::json) AS v({typed})"
