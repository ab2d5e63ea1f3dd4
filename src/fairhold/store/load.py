"""Step 3 of the write path: one consistent read, no lock.

One statement gives the order, the latest dispute on it, the balances, the head of the journal, the
answer already given to this idempotency key, and (PostgreSQL) the database's own time.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from fairhold.core.cases.disputes.state import Dispute
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Order
from fairhold.core.ledger.accounts import Balances
from fairhold.core.values.plain import PlainError, from_plain
from fairhold.store.instants import from_database

FILE_COLUMNS = """
o.id, o.snapshot, c.snapshot, o.version, o.head_hash, o.head_at, o.buyer, o.held_goods,
o.held_freight, o.seller_payable, o.platform_fees, o.platform_cover, o.seller_debt, o.card_network
"""
# The columns of FILE_COLUMNS that are balances, in the order of the chart of accounts.
FIRST_BALANCE, LAST_BALANCE = 6, 14
# Most snapshots have two to five kilobytes; larger ones are read anew each time.
ORDERS_REMEMBERED, LARGEST_REMEMBERED = 1_000, 16_384
NOW = {"postgresql": "clock_timestamp()", "sqlite": "NULL"}

ONE = {
    vendor: f"""
SELECT {FILE_COLUMNS}, j.order_id, j.seq, j.request_digest, {now}
FROM (SELECT %s AS id, %s AS request) AS wanted
LEFT JOIN order_file o ON o.id = wanted.id
LEFT JOIN dispute_case c ON c.id = o.case_id
LEFT JOIN journal_entry j ON j.request = wanted.request
"""
    for vendor, now in NOW.items()
}
ONE["postgresql"] = ONE["postgresql"].replace(
    "SELECT %s AS id, %s AS request", ("SELECT %s::varchar AS id, %s::varchar AS request")
)
OF_CASE = {
    vendor: re.sub(
        r"SELECT %s(::varchar)? AS id,",
        "SELECT (SELECT order_id FROM dispute_case WHERE id = %s) AS id,",
        one,
    )
    for vendor, one in ONE.items()
}
MANY = {
    "postgresql": f"""
SELECT {FILE_COLUMNS} FROM order_file o LEFT JOIN dispute_case c ON c.id = o.case_id
WHERE o.id = ANY(%s::varchar[])
""",
    "sqlite": f"""
SELECT {FILE_COLUMNS} FROM order_file o LEFT JOIN dispute_case c ON c.id = o.case_id
WHERE o.id IN (SELECT value FROM json_each(%s))
""",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """The command that an idempotency key already stands for: its last entry decides the answer."""

    order_id: str
    first_seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one read gave."""

    file: CaseFile
    answered: Answered | None
    database_time: datetime | None


def load(order_id: str, request: str | None) -> Loaded:
    """The file of one order (empty where there is none), and what `request` already led to."""
    return _loaded(ONE, order_id, request)


def load_of_case(case_id: str) -> Loaded:
    """The file of the order that a dispute is about; empty where there is no such dispute."""
    return _loaded(OF_CASE, case_id, None)


def _loaded(statements: dict[str, str], wanted: str, request: str | None) -> Loaded:
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor], [wanted, request])
        row = cursor.fetchone()
    answered_order, seq, digest, now = row[LAST_BALANCE:]
    file = file_of(row) if row[0] else CaseFile(wanted)
    answered = Answered(answered_order, seq, digest) if answered_order else None
    return Loaded(file, answered, from_database(now))


def load_many(order_ids: Sequence[str]) -> dict[str, CaseFile | PlainError]:
    """The files of many orders, by id; the fault in place of a file that cannot be read."""
    wanted: Any = list(order_ids)
    if connection.vendor != "postgresql":
        wanted = json.dumps(wanted)
    with connection.cursor() as cursor:
        cursor.execute(MANY[connection.vendor], [wanted])
        return {row[0]: _file_or_fault(row) for row in cursor.fetchall()}


def _file_or_fault(row: Sequence[Any]) -> CaseFile | PlainError:
    try:
        return file_of(row)
    except PlainError as fault:
        return fault


def file_of(row: Sequence[Any]) -> CaseFile:
    """The case file that one row of FILE_COLUMNS holds."""
    return CaseFile(
        order_id=row[0],
        order=_order(row[1]) if len(row[1]) <= LARGEST_REMEMBERED else _order.__wrapped__(row[1]),
        dispute=from_plain(Dispute, json.loads(row[2])) if row[2] else None,
        balances=Balances(*row[FIRST_BALANCE:LAST_BALANCE]),
        version=row[3],
        head=row[4],
        head_at=from_database(row[5]),
    )


@lru_cache(maxsize=ORDERS_REMEMBERED)
def _order(snapshot: str) -> Order:
    """The order of one snapshot. Orders are frozen and change seldom: read once, used again."""
    return from_plain(Order, json.loads(snapshot))
