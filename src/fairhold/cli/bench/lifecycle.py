"""Six durable steps through `flow`, beside the same writes as hand-written SQL, in one run."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from typing import Any

import dj_database_url
import psycopg
from django.db import connection

from fairhold.cli.bench.script import Script
from fairhold.config.databases import sqlite_modes
from fairhold.core.cases.decide import decide
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.refusal import Refusal
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.moments import moment_at
from fairhold.flow.request import Refused
from fairhold.flow.step import taken
from fairhold.store import rows
from fairhold.store import unit_of_work as written
from fairhold.store.instants import to_database
from fairhold.store.rows import Step

READ = """SELECT o.snapshot, c.snapshot, o.version, o.head_hash, o.buyer, o.held_goods,
o.held_freight FROM order_file o LEFT JOIN dispute_case c ON c.id = o.case_id WHERE o.id = %s"""
READ_KEY = "SELECT order_id, seq FROM journal_entry WHERE request = %s"


class BenchError(Exception):
    """A step of the script was refused: the benchmark measures nothing."""


def run(desk: Desk, url: str, lifecycles: int, repetitions: int) -> dict[str, Any]:
    """Lifecycles a second of both, as medians over `repetitions` taken in turn, and their ratio."""
    raw = raw_connection(url)
    ours, theirs = [], []
    for place in range(repetitions):
        ours.append(_rate(lifecycles, _through_flow(desk, f"F{place}", lifecycles)))
        theirs.append(_rate(lifecycles, _by_hand(desk, raw, f"H{place}", lifecycles)))
    raw.close()
    mine, hand = statistics.median(ours), statistics.median(theirs)
    return {
        "engine": connection.vendor,
        "lifecycles": lifecycles,
        "repetitions": repetitions,
        "flow_per_second": round(mine, 1),
        "hand_written_per_second": round(hand, 1),
        "ratio": round(mine / hand, 2),
        "step_milliseconds": round(1000 / mine / 6, 2),
    }


def raw_connection(url: str) -> Any:
    """The bare driver on the same database, with the same durability."""
    if connection.vendor == "postgresql":
        return psycopg.connect(url, prepare_threshold=2)
    found = sqlite3.connect(dj_database_url.parse(url)["NAME"], isolation_level=None, timeout=20)
    journal, synchronous = sqlite_modes()
    found.execute(f"PRAGMA journal_mode={journal}")
    found.execute(f"PRAGMA synchronous={synchronous}")
    return found


def _rate(count: int, work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def _through_flow(desk: Desk, prefix: str, count: int) -> Callable[[], None]:
    scripts = [Script(desk, f"{prefix}-{place}") for place in range(count)]
    for script in scripts:
        handle(desk, script.register())
    prepared = [request for script in scripts for request in script.steps()]

    def work() -> None:
        for request in prepared:
            if isinstance(handle(desk, request), Refused):
                raise BenchError("a step was refused")

    return work


def _by_hand(desk: Desk, raw: Any, prefix: str, count: int) -> Callable[[], None]:
    """The rows of every step are made beforehand: what is timed is SQL and nothing else."""
    prepared = []
    for place in range(count):
        script = Script(desk, f"{prefix}-{place}")
        first, *steps = decided(desk, [script.register(), *script.steps()])
        write_by_hand(raw, first)
        prepared += [(step, statements(step)) for step in steps]

    def work() -> None:
        for step, writes in prepared:
            write_by_hand(raw, step, writes)

    return work


def decided(desk: Desk, requests: list[Any]) -> list[Step]:
    """The steps that the requests lead to, decided in memory.

    Raises: BenchError for a refusal.
    """
    file, found = CaseFile(requests[0].order_id), []
    for request in requests:
        moment = moment_at(desk, file, request.viewer.actor, desk.clock.now())
        events = decide(file, request.command, moment)
        if isinstance(events, Refusal):
            raise BenchError(events.why)
        step = taken(file, events, request, moment.now)
        file = step.after
        found.append(step)
    return found


def statements(step: Step) -> list[tuple[str, list[Any]]]:
    """The writes of a step as a careful hand would send them: one statement a table."""
    tables = [
        (written.INSERT_ORDER, [rows.order_row(step)] if step.before.order is None else []),
        (written.UPDATE_ORDER, [rows.order_change_row(step)] if step.before.order else []),
        (written.INSERT_ENTRY, [rows.entry_row(entry) for entry in step.entries]),
        (written.UPSERT_CASE, [rows.case_row(step)] if rows.case_changed(step) else []),
        (written.UPSERT_CLOCK, rows.clock_rows(step)),
        (written.INSERT_TRANSFER, rows.transfer_rows(step)),
        (written.INSERT_OUTBOX, rows.outbox_rows(step)),
        (written.INSERT_TEXT, [rows.text_row(step, text) for text in step.texts]),
    ]
    found = []
    for statement, records in tables:
        if records:
            marks = f"({', '.join(['%s'] * len(records[0]))})"
            sql = statement.sqlite.replace(
                f"VALUES {marks}", "VALUES " + ", ".join([marks] * len(records))
            )
            found.append((sql, [_value(item) for record in records for item in record]))
    return found


def write_by_hand(raw: Any, step: Step, writes: list[tuple[str, list[Any]]] | None = None) -> None:
    """One transaction for one step: read, then each statement."""
    first = step.entries[0]
    with raw.transaction() if hasattr(raw, "transaction") else _immediate(raw):
        reads = [(READ_KEY, [first.request]), (READ, [first.order_id])]
        for sql, values in reads:
            raw.execute(_marks(sql), values).fetchall()
        for sql, values in writes or statements(step):
            raw.execute(_marks(sql), values)


class _immediate:  # noqa: N801 - reads like the context manager that it is
    """BEGIN IMMEDIATE and COMMIT for the bare sqlite3 driver."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def __enter__(self) -> None:
        self._raw.execute("BEGIN IMMEDIATE")

    def __exit__(self, *error: object) -> None:
        self._raw.execute("ROLLBACK" if error[0] else "COMMIT")


def _marks(sql: str) -> str:
    return sql if connection.vendor == "postgresql" else sql.replace("%s", "?")


def _value(value: Any) -> Any:
    return to_database(value, connection.vendor) if hasattr(value, "isoformat") else value
