"""The rows that a journal must have led to, beside the rows that are there. For the audit."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from fairhold.store import rows
from fairhold.store import unit_of_work as written
from fairhold.store.instants import from_database
from fairhold.store.rows import Step
from fairhold.store.sql import RowStatement

Rows = dict[Any, dict[str, Any]]
# Columns that the worker writes without an act of anybody: when it tries to deliver.
NOT_FROM_THE_JOURNAL = {"outbox_message": {"next_at"}}
# Rows whose notes by the worker cannot be: asleep without a failure, dead without a try.
CLOCKS_ASLEEP = """
SELECT seq FROM clock_row WHERE order_id = %s AND status = 'open' AND failures > 0
"""
DEAD_UNTRIED = """
SELECT id FROM outbox_message WHERE order_id = %s AND dead_at IS NOT NULL AND attempts = 0
"""
TABLES: tuple[tuple[str, RowStatement, tuple[str, ...]], ...] = (
    ("order_file", written.INSERT_ORDER, ("id",)),
    ("dispute_case", written.UPSERT_CASE, ("id",)),
    ("clock_row", written.UPSERT_CLOCK, ("order_id", "seq")),
    ("ledger_transfer", written.INSERT_TRANSFER, ("order_id", "seq", "leg")),
    ("outbox_message", written.INSERT_OUTBOX, ("order_id", "seq", "topic", "recipient")),
)
BY_ORDER = {
    table: f"SELECT {', '.join(statement.columns)} FROM {table} "
    f"WHERE {'id' if table == 'order_file' else 'order_id'} = %s"
    for table, statement, _ in TABLES
}
STRAYS = """
SELECT DISTINCT t.order_id FROM {table} t LEFT JOIN order_file o ON o.id = t.order_id
WHERE o.id IS NULL LIMIT 100
"""
WITH_ORDER = ("journal_entry", "dispute_case", "clock_row", "ledger_transfer", "outbox_message")


def expected_and_found(order_id: str, steps: Sequence[Step]) -> Iterator[tuple[str, Rows, Rows]]:
    """Table by table: the rows as they must be, and as they are, by key."""
    made = _made(steps)
    for table, statement, key in TABLES:
        left_out = NOT_FROM_THE_JOURNAL.get(table, set())
        wanted = _keyed(statement, made[table], key, left_out)
        with connection.cursor() as cursor:
            cursor.execute(BY_ORDER[table], [order_id])
            found = _keyed(statement, cursor.fetchall(), key, left_out)
        if table == "clock_row":
            _excuse(order_id, wanted, found)
        yield table, wanted, found


def _excuse(order_id: str, wanted: Rows, found: Rows) -> None:
    """A clock that failed waits longer than the journal says; that is the worker's doing."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS_ASLEEP, [order_id])
        for (seq,) in cursor.fetchall():
            key = (order_id, seq)
            if key in wanted and key in found:
                wanted[key] |= {"wake_at": found[key]["wake_at"]}


def undeliverable(order_id: str) -> list[int]:
    """Messages that are marked dead though nobody ever tried to deliver them."""
    with connection.cursor() as cursor:
        cursor.execute(DEAD_UNTRIED, [order_id])
        return [row[0] for row in cursor.fetchall()]


def strays() -> list[str]:
    """Orders that some row names and that do not exist."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in WITH_ORDER:
            cursor.execute(STRAYS.format(table=table))
            found |= {row[0] for row in cursor.fetchall()}
    return sorted(found)


def _made(steps: Sequence[Step]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the steps wrote; a later row with the same key stands in for the earlier."""
    return {
        "order_file": [rows.order_row(steps[-1])] if steps else [],
        "dispute_case": [rows.case_row(step) for step in steps if rows.case_changed(step)],
        "clock_row": [row for step in steps for row in rows.clock_rows(step)],
        "ledger_transfer": [row for step in steps for row in rows.transfer_rows(step)],
        "outbox_message": [row for step in steps for row in rows.outbox_rows(step)],
    }


def _keyed(
    statement: RowStatement,
    records: Sequence[tuple[Any, ...]],
    key: tuple[str, ...],
    without: set[str],
) -> Rows:
    keyed = {}
    for row in records:
        record = dict(zip(statement.columns, map(_comparable, row), strict=True))
        name = tuple(record[part] for part in key)
        keyed[name] = {column: record[column] for column in record if column not in without}
    return keyed


def _comparable(value: Any) -> Any:
    """Instants as aware UTC on both engines, whole numbers for SQLite's truth values."""
    if isinstance(value, datetime):
        return from_database(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and len(value) == 26 and value[10] == " ":
        return from_database(value)
    return value
