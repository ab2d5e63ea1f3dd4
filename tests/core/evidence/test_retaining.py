"""Legal hold, the date of deletion, and deletion itself."""

from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.evolve import evolve
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.decide.retaining import (
    AFTER_RETENTION,
    ON_REQUEST,
    SHORTEST_NOTICE,
    SHORTEST_RETENTION,
)
from fairhold.core.cases.orders.events import DeletionAnnounced
from fairhold.core.cases.refusal import Refusal
from pure import START, Pure
from world import BUYER, OPERATOR, SELLER, SYSTEM, text

DAY = timedelta(days=1)
LATER = START + SHORTEST_RETENTION + DAY
HOLD = ordered.PlaceHold(text("claim 7"), START + 90 * DAY)
PURGE = ordered.PurgeMaterial(AFTER_RETENTION, ("text-1",), ("a" * 64,))
ERASE = ordered.PurgeMaterial(ON_REQUEST, ("text-1",), ())


def closed() -> Pure:
    return Pure().registered().opened().do(BUYER, asked.WithdrawDispute())


def announced() -> Pure:
    return closed().do(SYSTEM, ordered.AnnounceDeletion(LATER))


def over() -> Pure:
    case = announced()
    case.now = LATER
    return case


def held() -> Pure:
    return over().do(OPERATOR, ordered.PlaceHold(text("claim"), LATER + DAY))


def test_both_sides_are_told_the_date_and_after_it_the_material_goes():
    case = over()
    purged, notice = case.ask(OPERATOR, PURGE)
    assert (purged.texts, purged.files) == (("text-1",), ("a" * 64,))
    assert set(notice.to) == {BUYER, SELLER}


def test_one_instant_before_the_date_nothing_goes():
    case = announced()
    case.now = LATER - timedelta(microseconds=1)
    assert case.code(OPERATOR, PURGE) == "retention_running"


def test_the_date_is_never_earlier_than_the_law_and_the_notice_allow():
    first = START + SHORTEST_RETENTION
    early = ordered.AnnounceDeletion(first - timedelta(microseconds=1))
    assert closed().code(SYSTEM, early) == "retention_running"
    closed().do(SYSTEM, ordered.AnnounceDeletion(first))
    late = closed()
    late.now = first
    soon = first + SHORTEST_NOTICE
    assert late.code(SYSTEM, ordered.AnnounceDeletion(soon - DAY)) == "retention_running"
    late.do(SYSTEM, ordered.AnnounceDeletion(soon))


def test_a_hold_keeps_everything_and_says_until_when_it_is_looked_at():
    case = held()
    for command in (PURGE, ERASE):
        refusal = case.ask(OPERATOR, command)
        assert isinstance(refusal, Refusal)
        assert refusal.code.slug == "legal_hold"
        assert refusal.details["review_at"].startswith("2029")
    case.do(OPERATOR, ordered.LiftHold(text("settled")))
    case.do(OPERATOR, PURGE)


def test_an_erasure_request_needs_no_date():
    closed().do(OPERATOR, ERASE)


def test_nobody_but_the_desk_learns_of_a_hold():
    case = closed()
    [placed] = case.ask(OPERATOR, HOLD)
    assert placed.hold.by == "person-operator"


@pytest.mark.parametrize(
    ("made", "role", "command", "code"),
    [
        (lambda: Pure().registered().opened(), OPERATOR, PURGE, "dispute_blocks"),
        (lambda: Pure().registered().opened(), OPERATOR, ERASE, "dispute_blocks"),
        (lambda: Pure().registered(), OPERATOR, PURGE, "dispute_blocks"),
        (lambda: Pure().registered(), SYSTEM, ordered.AnnounceDeletion(LATER), "dispute_blocks"),
        (
            lambda: Pure().registered().opened(),
            SYSTEM,
            ordered.AnnounceDeletion(LATER),
            "dispute_blocks",
        ),
        (closed, OPERATOR, PURGE, "retention_running"),
        (announced, SYSTEM, ordered.AnnounceDeletion(LATER), "already_done"),
        (over, OPERATOR, ordered.PurgeMaterial(AFTER_RETENTION, (), ()), "already_done"),
        (held, OPERATOR, HOLD, "already_done"),
        (closed, OPERATOR, ordered.LiftHold(text("x")), "already_done"),
        (closed, OPERATOR, ordered.PlaceHold(text("x"), START), "time_unfit"),
    ],
)
def test_is_refused(made, role, command, code):
    case = made()
    before = case.file
    refusal = case.ask(role, command)
    assert isinstance(refusal, Refusal)
    assert refusal.code.slug == code
    assert refusal.what_now
    assert case.file == before


def test_a_date_told_before_a_later_dispute_does_not_count_for_it():
    case = closed()
    case.file = evolve(case.file, DeletionAnnounced(START + DAY), case.now)
    case.now = START + 2 * DAY
    assert case.code(OPERATOR, PURGE) == "retention_running"
