"""Step 6 of the write path: everything a decision changes, in one short transaction.

The order first: its version is the guard against a second writer and its row is the lock that every
writer takes before any other. Then the journal, whose primary key (order, number) guards once more,
the case, clocks, transfers, outbox, texts. Every statement is a constant and carries one step or a
thousand alike. Nothing outside the database is called here.
"""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction

from fairhold.store import rows
from fairhold.store.parcel_rows import parcel_rows
from fairhold.store.rows import Step
from fairhold.store.sql import Rows, in_one, insert, update

TEXT, INT, BIG, TIME, FLAG, SMALL = "varchar", "int", "bigint", "timestamptz", "boolean", "smallint"
BALANCES = {
    "buyer": BIG,
    "held_goods": BIG,
    "held_freight": BIG,
    "seller_payable": BIG,
    "platform_fees": BIG,
    "platform_cover": BIG,
    "seller_debt": BIG,
    "card_network": BIG,
}
ORDER_CHANGES = {
    "standing": TEXT,
    "version": INT,
    "head_hash": TEXT,
    "head_at": TIME,
    "case_id": TEXT,
    "snapshot": "text",
    **BALANCES,
}
INSERT_ORDER = insert(
    "order_file",
    {
        "id": TEXT,
        "ref": TEXT,
        "buyer_id": TEXT,
        "seller_id": TEXT,
        "currency": TEXT,
        "book": TEXT,
        **ORDER_CHANGES,
    },
    guarded=False,
)
UPDATE_ORDER = update(
    "order_file",
    ORDER_CHANGES,
    key={"id": TEXT, "version": INT},
    kept=frozenset({"snapshot"}),
)
INSERT_ENTRY = insert(
    "journal_entry",
    {
        "order_id": TEXT,
        "seq": INT,
        "case_id": TEXT,
        "type": TEXT,
        "actor_id": TEXT,
        "actor_role": TEXT,
        "at": TIME,
        "payload": "text",
        "request": TEXT,
        "request_digest": TEXT,
        "prev_hash": TEXT,
        "hash": TEXT,
    },
)
UPSERT_CASE = insert(
    "dispute_case",
    {
        "id": TEXT,
        "number": TEXT,
        "order_id": TEXT,
        "order_ref": TEXT,
        "buyer_id": TEXT,
        "seller_id": TEXT,
        "title": TEXT,
        "state": TEXT,
        "reason": TEXT,
        "waiting_on": TEXT,
        "answered": FLAG,
        "due_at": TIME,
        "amount_minor": BIG,
        "currency": TEXT,
        "assigned_to": TEXT,
        "opened_at": TIME,
        "closed_at": TIME,
        "snapshot": "text",
    },
    upsert=("id",),
)
UPSERT_CLOCK = insert(
    "clock_row",
    {
        "order_id": TEXT,
        "seq": INT,
        "case_id": TEXT,
        "kind": TEXT,
        "must_act": TEXT,
        "starts_at": TIME,
        "due_at": TIME,
        "wake_at": TIME,
        "default_action": TEXT,
        "clause": TEXT,
        "notice_seq": INT,
        "paused_at": TIME,
        "extended_seconds": INT,
        "status": TEXT,
        "ended_seq": INT,
    },
    upsert=("order_id", "seq"),
)
INSERT_TRANSFER = insert(
    "ledger_transfer",
    {
        "order_id": TEXT,
        "seq": INT,
        "leg": SMALL,
        "case_id": TEXT,
        "source": TEXT,
        "target": TEXT,
        "amount_minor": BIG,
        "currency": TEXT,
        "authority_kind": TEXT,
        "authority_ref": TEXT,
        "at": TIME,
    },
)
INSERT_OUTBOX = insert(
    "outbox_message",
    {
        "topic": TEXT,
        "order_id": TEXT,
        "case_id": TEXT,
        "seq": INT,
        "recipient": TEXT,
        "next_at": TIME,
    },
)
UPSERT_PARCEL = insert(
    "parcel_row",
    {
        "order_id": TEXT,
        "direction": TEXT,
        "parcel": SMALL,
        "number": TEXT,
        "carrier": TEXT,
        "standing": TEXT,
    },
    upsert=("order_id", "direction", "parcel", "number"),
    also=", changed = parcel_row.changed + 1",
)
INSERT_TEXT = insert("sealed_text", {"id": TEXT, "order_id": TEXT, "salt": TEXT, "body": "text"})


GUARDS = (INSERT_ORDER, UPDATE_ORDER)
OTHERS = (
    INSERT_ENTRY,
    UPSERT_CASE,
    UPSERT_CLOCK,
    INSERT_TRANSFER,
    INSERT_OUTBOX,
    INSERT_TEXT,
    UPSERT_PARCEL,
)
EVERYTHING = in_one(GUARDS, OTHERS)


class LostRace(Exception):
    """Somebody else wrote to the order first; load again and decide again."""


def commit(steps: Sequence[Step]) -> None:
    """Write all of `steps`, or none.

    Raises: LostRace when another writer was first on one of the orders.
    """
    new = [step for step in steps if step.before.order is None]
    known = [step for step in steps if step.before.order is not None]
    guards: list[Rows] = [
        [rows.order_row(step) for step in new],
        [rows.order_change_row(step) for step in known],
    ]
    others: list[Rows] = [
        [rows.entry_row(entry) for step in steps for entry in step.entries],
        [rows.case_row(step) for step in steps if rows.case_changed(step)],
        [row for step in steps for row in rows.clock_rows(step)],
        [row for step in steps for row in rows.transfer_rows(step)],
        [row for step in steps for row in rows.outbox_rows(step)],
        [rows.text_row(step, text) for step in steps for text in step.texts],
        [row for step in steps for row in parcel_rows(step)],
    ]
    try:
        _write(guards, others, alone=len(steps) == 1)
    except IntegrityError as error:
        raise LostRace(str(error)) from error


def _write(guards: list[Rows], others: list[Rows], *, alone: bool) -> None:
    """One transaction. A single step needs none around it where it is a single statement."""
    if connection.vendor != "postgresql":
        with transaction.atomic():
            _write_tables(guards, others)
    elif alone and not connection.in_atomic_block:
        _write_at_once(guards, others)
    else:
        with transaction.atomic():
            _write_at_once(guards, others)


def _write_at_once(guards: list[Rows], others: list[Rows]) -> None:
    expected = sum(map(len, guards))
    parameters: list[Any] = [
        *(table.as_json(records) for table, records in zip(GUARDS, guards, strict=True)),
        expected,
        *(table.as_json(records) for table, records in zip(OTHERS, others, strict=True)),
    ]
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING, parameters)
        if not cursor.fetchone()[0]:
            raise LostRace("the order had moved on")


def _write_tables(guards: list[Rows], others: list[Rows]) -> None:
    tables = zip((*GUARDS, *OTHERS), (*guards, *others), strict=True)
    for table, records in tables:
        touched = table.run_on_sqlite(connection, records) if records else 0
        if table is UPDATE_ORDER and touched != len(records):
            raise LostRace("the order had moved on")
