"""Clocks in the worker: outages given back, one bad case set aside, letters written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from fairhold.adapters.clock import SetClock
from fairhold.adapters.mail import MailFault
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Outcome
from fairhold.flow import sweep as sweeping
from fairhold.flow.desk import current
from fairhold.flow.relay import MOST_TRIES, relay
from fairhold.flow.sweep import give_back_outages, sweep
from fairhold.store import due
from fairhold.store.models import ClockRow, DisputeCase, Outage, OutboxMessage
from fairhold.store.queries import entries_of
from world import DAY, ONLY, SELLER, Case, terms

pytestmark = [pytest.mark.engines, pytest.mark.django_db]
HOUR = timedelta(hours=1)


def later(span: timedelta):
    """The desk as it will be after `span`."""
    return replace(current(), clock=SetClock(current().clock.now() + span))


def outage(case: Case, hours: int) -> Outage:
    now = current().clock.now()
    return Outage.objects.create(started_at=now, ended_at=now + hours * HOUR)


def test_an_outage_is_given_back_to_the_clocks_of_the_parties(case):
    before = case.file.dispute.clock("seller_response").due_at
    platform = case.file.dispute.clock("platform_entry").due_at
    outage(case, 6)
    assert give_back_outages(current()) == 1
    dispute = case.file.dispute
    assert abs(dispute.clock("seller_response").due_at - before - 6 * HOUR) < HOUR / 60
    assert dispute.clock("platform_entry").due_at == platform
    types = [entry.type for entry in entries_of(case.order_id)]
    assert types[-2:] == ["ClockExtended", "NoticeIssued"]


def test_an_outage_is_given_back_once(case):
    outage(case, 6)
    give_back_outages(current())
    due_at = case.file.dispute.clock("seller_response").due_at
    Outage.objects.update(given_back_at=None)
    give_back_outages(current())
    assert case.file.dispute.clock("seller_response").due_at == due_at


def test_a_gap_in_the_beat_is_an_outage_and_a_short_one_is_not(db):
    now = current().clock.now()
    assert due.beat(now, 120) is None
    assert due.beat(now + timedelta(seconds=119), 120) is None
    found = due.beat(now + timedelta(seconds=400), 120)
    assert found.ended_at - found.started_at == timedelta(seconds=281)


def test_nothing_runs_out_while_the_desk_cannot_be_reached(case):
    due.beat(current().clock.now() - HOUR, 120)
    case.jump(6 * DAY)
    assert sweep(current()).fired == 0
    due.beat(current().clock.now(), 10_000)
    assert sweep(current()).fired == 1


def test_one_bad_case_does_not_hold_up_the_others(monkeypatch):
    cases = [Case().registered().opened() for _ in range(4)]
    for one in cases:
        one.jump(6 * DAY)
    bad = cases[1].order_id
    real = sweeping.taken

    def broken(file, events, request, now):
        if file.order_id == bad:
            raise LookupError("planted")
        return real(file, events, request, now)

    monkeypatch.setattr(sweeping, "taken", broken)
    swept = sweep(current())
    assert (swept.fired, swept.failed) == (3, 1)
    assert ClockRow.objects.get(order_id=bad, kind="seller_response").failures == 1
    monkeypatch.undo()
    sweep(current())
    assert ClockRow.objects.get(order_id=bad, kind="seller_response").status == "open"


def test_whoever_must_act_is_reminded_once_before_the_clock_runs_out(parties, case):
    case.jump(4 * DAY + HOUR)
    assert [sweep(current()).fired for _ in range(3)] == [1, 0, 0]
    entry = entries_of(case.order_id)[-1]
    assert (entry.type, entry.payload["to"]) == ("ReminderIssued", ["seller"])
    assert case.file.dispute.clock("seller_response") is not None
    while relay(current()):
        pass
    [reminder] = [one for one in mail.outbox if "Reminder" in one.subject]
    assert reminder.to == ["seller@fairhold.example"]
    assert "If nothing is done" in reminder.body


def test_a_reminder_moves_with_time_given_back(case):
    remind_at = case.file.dispute.clock("seller_response").remind_at
    outage(case, 6)
    give_back_outages(current())
    moved = case.file.dispute.clock("seller_response").remind_at - remind_at
    assert abs(moved - 6 * HOUR) < HOUR / 60


def test_no_reminder_after_the_answer(case):
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.jump(4 * DAY + HOUR)
    assert sweep(current()).fired == 0


def unreadable(case: Case) -> None:
    """Somebody spoiled the snapshot of this case by hand."""
    row = DisputeCase.objects.get(order_id=case.order_id)
    spoiled = row.snapshot.replace('"not_as_agreed"', '"not_a_reason"')
    DisputeCase.objects.filter(id=row.id).update(snapshot=spoiled)


def test_a_case_that_cannot_be_read_does_not_hold_up_the_others():
    cases = [Case().registered().opened() for _ in range(3)]
    for one in cases:
        one.jump(6 * DAY)
    unreadable(cases[0])
    assert sweep(current()) == sweeping.Swept(fired=2, failed=1)
    assert cases[1].file.dispute.outcome is Outcome.SELLER_SILENT


def test_an_outage_is_given_back_to_all_but_the_case_that_cannot_be_read():
    cases = [Case().registered().opened() for _ in range(3)]
    unreadable(cases[1])
    outage(cases[0], 6)
    assert give_back_outages(current()) == 2
    assert not due.open_outages()


def test_a_reminder_that_fails_does_not_put_off_the_end(case):
    clock = ClockRow.objects.get(order_id=case.order_id, kind="seller_response")
    ClockRow.objects.filter(pk=clock.pk).update(failures=11)
    due.set_aside(due.DueClock(case.order_id, clock.seq), clock.wake_at)
    assert ClockRow.objects.get(pk=clock.pk).wake_at <= clock.due_at


def test_a_clock_fires_exactly_once_however_often_it_is_swept(case):
    case.jump(6 * DAY)
    assert [sweep(current()).fired for _ in range(3)] == [1, 0, 0]


def test_overdue_clocks_are_caught_up_after_the_worker_was_away(case):
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.jump(40 * DAY)
    case.work()
    assert case.file.dispute.stepped_in_at is not None
    case.pass_time(15 * DAY)
    assert case.file.dispute.outcome is Outcome.PLATFORM_SILENT


def test_letters_go_to_both_sides_with_clock_and_fingerprint(parties, case):
    assert relay(current()) > 0
    to_seller = [one for one in mail.outbox if one.to == ["seller@fairhold.example"]]
    assert "opened the dispute" in to_seller[0].subject
    assert f"{current().public_url}/d/{case.file.dispute.number}" in to_seller[0].body
    assert "the seller's time to answer, until" in to_seller[0].body
    assert case.file.head in to_seller[0].body
    assert any(one.to == ["buyer@fairhold.example"] for one in mail.outbox)
    assert relay(current()) == 0


def test_a_letter_that_does_not_leave_is_tried_again_and_dies_visibly(parties, case):
    class Broken:
        def send(self, to, subject, body):
            raise MailFault("the server is away")

    for attempt in range(MOST_TRIES + 1):
        relay(replace(later(attempt * 40 * DAY), mail=Broken()), limit=500)
    letters = OutboxMessage.objects.filter(topic="mail")
    assert letters.filter(dead_at=None, done_at=None).count() == 0
    assert letters.filter(last_error="the server is away").count() == letters.count()


@pytest.fixture
def parties(db):
    from fairhold.accounts.models import Party

    for kind in ("buyer", "seller"):
        Party.objects.create(
            id=f"party-{kind}",
            kind=kind,
            ref=kind,
            name=f"A {kind}",
            email=f"{kind}@fairhold.example",
            country="DE",
        )
