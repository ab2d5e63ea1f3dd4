"""The store contract: the same on SQLite and on PostgreSQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item
from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.cases.orders import commands as ordered
from fairhold.flow.audit import audit
from fairhold.flow.request import Done, Refused
from fairhold.store import queries, triggers
from fairhold.store.load import load
from fairhold.store.models import JournalEntry
from world import BUYER, DAY, ONLY, OPERATOR, RETURN, SELLER, SPECIALIST, Case, filing, terms, text

pytestmark = [pytest.mark.engines, pytest.mark.django_db]
MOST_STATEMENTS = 8
TABLES = (
    "order_file",
    "dispute_case",
    "journal_entry",
    "ledger_transfer",
    "clock_row",
    "outbox_message",
    "sealed_text",
)


def test_every_step_takes_at_most_eight_statements(statements):
    case = Case()
    acts = [
        (OPERATOR, lambda: ordered_for(case)),
        (BUYER, filing),
        (SELLER, lambda: asked.RefuseAndPropose(terms(ONLY, 9_000), ())),
        (BUYER, lambda: asked.PostMessage(text("hello"))),
        (SPECIALIST, asked.StepIn),
        (SPECIALIST, lambda: asked.ProposePlatformPlan(terms(ONLY, 8_000))),
        (BUYER, lambda: asked.AcceptPlan("platform-1", 1, None)),
        (OPERATOR, lambda: ordered.FreezeOrder(text("x"))),
        (OPERATOR, lambda: ordered.UnfreezeOrder(text("x"))),
        (SELLER, lambda: asked.AcceptPlan("platform-1", 1, None)),
    ]
    for role, command in acts:
        with statements as count:
            case.do(role, command())
        assert len(count.sql) <= MOST_STATEMENTS, count.sql


def ordered_for(case):
    from world import order_command

    return order_command(case.ref)


def test_the_number_of_statements_does_not_grow_with_the_case(case, statements):
    for place in range(30):
        case.do(BUYER, asked.PostMessage(text(f"message {place}")))
    with statements as count:
        case.do(BUYER, asked.PostMessage(text("one more")))
    assert len(count.sql) <= MOST_STATEMENTS


def test_same_key_and_same_content_give_the_same_answer(case):
    command = asked.PostMessage(text("once"))
    first = case.ask(BUYER, command, key="k", digest="d")
    case.do(SELLER, asked.PostMessage(text("between")))
    again = case.ask(BUYER, command, key="k", digest="d")
    assert isinstance(again, Done)
    assert again.replayed
    assert again.file == first.file
    assert case.file.dispute.messages == 2


def test_same_key_and_other_content_are_refused(case):
    case.ask(BUYER, asked.PostMessage(text("once")), key="k", digest="d")
    other = case.ask(BUYER, asked.PostMessage(text("other")), key="k", digest="e")
    assert isinstance(other, Refused)
    assert other.refusal.code.slug == "key_reused"


def test_every_entry_of_a_dispute_names_it_also_the_last_ones(case):
    from fairhold.store.models import LedgerTransfer

    case.pass_time(6 * DAY)
    dispute_id = case.file.dispute.id
    entries = queries.entries_of(case.order_id)
    first = next(one.seq for one in entries if one.type == "DisputeOpened")
    of_order = {"SandboxClockMoved"}
    assert {one.case_id for one in entries if one.seq >= first and one.type not in of_order} == {
        dispute_id
    }
    settled = LedgerTransfer.objects.filter(authority_ref__isnull=False)
    assert {one.case_id for one in settled} == {dispute_id}


def test_two_people_may_use_the_same_key(case):
    for role in (BUYER, SELLER):
        assert isinstance(case.ask(role, asked.PostMessage(text("x")), key="same"), Done)


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
@pytest.mark.parametrize("act", ["UPDATE {} SET order_id = 'x'", "DELETE FROM {}"])
def test_journal_and_ledger_refuse_to_be_changed(case, table, act):
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(act.format(table))


def test_the_database_refuses_accounts_that_do_not_sum_to_zero(case):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE order_file SET held_goods = held_goods + 1")


def test_the_database_refuses_a_clock_that_ends_without_an_entry(case):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE clock_row SET status = 'fired'")


def test_what_the_database_refuses_is_a_defect_and_leaves_nothing_behind(case, monkeypatch):
    from fairhold.store import unit_of_work

    monkeypatch.setattr(unit_of_work.rows, "clock_rows", lambda step: [("x", 1, *[None] * 13)])
    before = JournalEntry.objects.count()
    with pytest.raises(InvariantBroken):
        case.ask(SELLER, asked.RefuseAndPropose(terms(ONLY, 1), ()))
    assert JournalEntry.objects.count() == before


def every_table_filled() -> Case:
    case = Case().registered().opened(RETURN, (Item(1_000, 1),))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, text("88 Keji Road")))
    case.pass_time(11 * DAY)
    return case


def test_the_audit_of_an_untouched_desk_finds_nothing():
    every_table_filled()
    report = audit()
    assert report.findings == ()
    assert all(sum(accounts.values()) == 0 for accounts in report.totals.values())


def columns() -> list[tuple[str, str]]:
    from django.apps import apps

    found = []
    for model in apps.get_app_config("store").get_models():
        table = model._meta.db_table
        if table in TABLES:
            found += [(table, one.column) for one in model._meta.concrete_fields]
    # The worker's own notes: when it tried, how often, what went wrong.
    own = {
        ("clock_row", "wake_at"),
        ("clock_row", "failures"),
        ("outbox_message", "id"),
        ("sealed_text", "order_id"),
        ("sealed_text", "id"),
    }
    own |= {
        ("outbox_message", name)
        for name in ("next_at", "attempts", "done_at", "dead_at", "last_error")
    }
    return [one for one in found if one not in own]


@pytest.mark.parametrize(("table", "column"), columns())
def test_the_audit_finds_any_column_changed_by_hand(table, column):
    every_table_filled()
    with connection.cursor() as cursor:
        for statement in triggers.removals(connection.vendor):
            cursor.execute(statement)
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1")
        row = cursor.fetchone()
        if row is None:
            cursor.execute(f"UPDATE {table} SET {column} = %s", [filler(table, column)])
        else:
            changed = tampered(row[0])
            try:
                with transaction.atomic():
                    cursor.execute(
                        f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [changed, row[0]]
                    )
            except DatabaseError:
                return  # the database itself refused: better still
    assert audit().findings


def tampered(value):
    from datetime import datetime, timedelta

    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime):
        return value + timedelta(seconds=1)
    if len(value) == 26 and value[10] == " ":
        return value[:-1] + ("1" if value[-1] != "1" else "2")
    return ("x" if value[0] != "x" else "y") + value[1:]


def filler(table, column):
    model_types = {
        "assigned_to": "somebody",
        "paused_at": "2026-01-01 00:00:00",
        "due_at": "2026-01-01 00:00:00",
    }
    return model_types.get(column, 1 if column.endswith("seq") else "x")


def test_a_deleted_row_is_found(case):
    connection.cursor().execute("DELETE FROM clock_row")
    assert any("missing" in finding.what for finding in audit().findings)


def test_an_erased_text_breaks_nothing(case):
    connection.cursor().execute("DELETE FROM sealed_text")
    assert audit().findings == ()


def test_unknown_order_reads_as_an_empty_file(db):
    assert load("nowhere", None).file.order is None
    assert queries.order_by_ref("nowhere") is None
