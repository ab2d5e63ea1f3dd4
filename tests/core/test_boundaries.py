"""The numbers of the sources, each one second before, at, and one second after."""

from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, State
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags
from pure import START, Pure
from world import (
    BUYER,
    DAY,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    SYSTEM,
    filing,
    terms,
    text,
)

SECOND = timedelta(seconds=1)


def on_its_way(promise_days: int) -> Pure:
    """An order dispatched exactly now."""
    case = Pure().registered(promise_days=promise_days, parcels=())
    parcel = ordered.NewParcel("EMS", "EE1", (), START)
    return case.do(OPERATOR, ordered.DeclareDispatch(parcel))


@pytest.mark.parametrize(
    ("after", "code"),
    [(10 * DAY - SECOND, "window_not_open"), (10 * DAY, None), (10 * DAY + SECOND, None)],
)
def test_filing_opens_ten_days_after_full_dispatch(after, code):
    case = on_its_way(5)
    case.now += after
    assert case.code(BUYER, filing()) == code


@pytest.mark.parametrize(("promise", "code"), [(4, None), (5, "window_not_open")])
def test_filing_opens_at_once_when_the_promise_is_under_five_days(promise, code):
    assert on_its_way(promise).code(BUYER, filing()) == code


def test_filing_never_opens_while_a_parcel_is_undispatched():
    case = Pure().registered(parcels=())
    case.now += 400 * DAY
    assert case.code(BUYER, filing()) == "not_dispatched"


def test_too_early_filing_names_the_opening_moment():
    refusal = on_its_way(20).ask(BUYER, filing())
    assert refusal.details["opens_at"] == (START + 10 * DAY).isoformat()


def test_virtual_order_needs_no_dispatch():
    assert Pure().registered(parcels=(), flags=Flags(virtual=True)).code(BUYER, filing()) is None


def negotiating() -> Pure:
    return Pure().registered().opened()


def answered() -> Pure:
    return negotiating().do(SELLER, asked.RefuseAndPropose(terms(ONLY, 9_000), ()))


def reviewing() -> Pure:
    return answered().do(SPECIALIST, asked.StepIn())


def proposed() -> Pure:
    return reviewing().do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 12_000)))


def returning() -> Pure:
    case = Pure().registered().opened(RETURN, (Item(GOODS, 1),))
    return case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))


def shipped() -> Pure:
    return returning().do(BUYER, asked.EnterReturnWaybill("EMS", "EE1"))


def escalated() -> Pure:
    return shipped().do(SELLER, asked.EscalateReturn(text("x"), ()))


# start, clock, length, an act of the one who must act, state after the default
CLOCKS = [
    (
        negotiating,
        "seller_response",
        5 * DAY,
        (SELLER, asked.AcceptPlan("buyer-1", 1, None)),
        State.CLOSED,
    ),
    (answered, "platform_entry", 7 * DAY, (SPECIALIST, asked.StepIn()), State.REVIEWING),
    (
        reviewing,
        "platform_proposal",
        14 * DAY,
        (SPECIALIST, lambda: asked.ProposePlatformPlan(terms(ONLY, 1))),
        State.CLOSED,
    ),
    (
        proposed,
        "proposal_phase",
        3 * DAY,
        (BUYER, asked.AcceptPlan("platform-1", 1, None)),
        State.REVIEWING,
    ),
    (
        returning,
        "buyer_return",
        10 * DAY,
        (BUYER, asked.EnterReturnWaybill("EMS", "EE1")),
        State.CLOSED,
    ),
    (shipped, "seller_confirmation", 30 * DAY, (SELLER, asked.ConfirmReturn()), State.CLOSED),
    (escalated, "return_entry", 2 * DAY, (SPECIALIST, asked.StepIn()), State.RETURN_ESCALATED),
]
IDS = [row[1] for row in CLOCKS]


@pytest.mark.parametrize(("start", "kind", "length", "act", "after"), CLOCKS, ids=IDS)
def test_the_last_instant_is_in_time(start, kind, length, act, after):
    for moment in (length - SECOND, length):
        case = start()
        clock = next(one for one in case.file.clocks() if one.kind == kind)
        assert clock.due_at == clock.starts_at + length
        case.now = clock.starts_at + moment
        assert case.code(SYSTEM, asked.LapseClock(clock.seq)) == "clock_not_due"
        role, command = act
        assert case.code(role, command() if callable(command) else command) is None


@pytest.mark.parametrize(("start", "kind", "length", "act", "after"), CLOCKS, ids=IDS)
def test_one_second_later_the_default_runs(start, kind, length, act, after):
    case = start()
    clock = next(one for one in case.file.clocks() if one.kind == kind)
    case.now = clock.due_at + SECOND
    assert case.code(SYSTEM, asked.LapseClock(clock.seq)) is None
    assert case.file.dispute.state is after
    assert case.code(SYSTEM, asked.LapseClock(clock.seq)) == "clock_ended"


@pytest.mark.parametrize(
    ("start", "act"),
    [
        (negotiating, (SELLER, asked.AcceptPlan("buyer-1", 1, None))),
        (negotiating, (BUYER, asked.WithdrawDispute())),
        (returning, (BUYER, asked.EnterReturnWaybill("EMS", "EE1"))),
        (shipped, (SELLER, asked.ConfirmReturn())),
    ],
)
def test_an_act_after_the_end_loses_even_before_the_worker_came(start, act):
    case = start()
    case.now = min(clock.due_at for clock in case.file.clocks()) + SECOND
    assert case.code(*act) == "deadline_passed"


def test_two_working_days_pass_over_the_weekend():
    case = shipped()
    case.now = START + 4 * DAY  # Friday
    case.do(SELLER, asked.EscalateReturn(text("x"), ()))
    assert case.file.dispute.clock("return_entry").due_at == case.now + 4 * DAY


def test_no_clock_runs_out_without_a_notice_on_record():
    from dataclasses import replace

    case = negotiating()
    dispute = case.file.dispute
    unnoticed = tuple(replace(clock, notice_seq=None) for clock in dispute.clocks)
    case.file = replace(case.file, dispute=replace(dispute, clocks=unnoticed))
    case.now += 6 * DAY
    assert case.code(SYSTEM, asked.LapseClock(unnoticed[0].seq)) == "clock_without_notice"


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ((Item(GOODS, 1, 40), Item(2_000)), None),
        ((Item(GOODS + 1, 1),), "item_unfit"),
        ((Item(40_000, 1), Item(40_000, 1)), "item_unfit"),
        ((Item(2_001),), "item_unfit"),
        ((Item(0, 1),), "item_unfit"),
        ((Item(100, 1, 41),), "item_unfit"),
        ((Item(100, 2),), "item_unfit"),
        ((), "amount_out_of_range"),
    ],
)
def test_the_amount_is_above_zero_and_at_most_what_was_paid(items, code):
    assert Pure().registered().code(BUYER, filing(items=items)) == code
