"""Random commands with random silence: whatever people do, what must always hold holds."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.options import foresee
from fairhold.core.cases.disputes.state import Item, Reason, State
from fairhold.core.cases.events import ClockEnded, ClockSet, MoneyMoved
from fairhold.core.cases.evolve import evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags
from fairhold.core.cases.refusal import Refusal
from fairhold.core.ledger.accounts import Account
from fairhold.core.values.plain import from_plain, to_plain
from fairhold.core.values.roles import PLATFORM
from fairhold.flow.desk import current
from fairhold.flow.moments import moment_at
from pure import Pure
from world import (
    BUYER,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    filing,
    photo,
    terms,
    text,
)

# With everybody silent a case ends within the sum of its longest chain of clocks, freeze included.
LONGEST_SILENCE = timedelta(days=180 + 7 + 14 + 10 + 30 + 30)
AMOUNTS = st.integers(min_value=0, max_value=GOODS)
KINDS = st.sampled_from([ONLY, RETURN])
PLANS = st.sampled_from(["buyer-1", "buyer-2", "seller-1", "seller-2", "platform-1"])
VERSIONS = st.integers(min_value=1, max_value=3)


def new_terms(kind, goods, freight):
    return terms(kind, goods, freight)


TERMS = st.builds(new_terms, KINDS, AMOUNTS, st.integers(min_value=0, max_value=2_000))
PARTY = st.sampled_from([BUYER, SELLER])
ACTS = st.one_of(
    st.tuples(PARTY, st.builds(asked.AcceptPlan, PLANS, VERSIONS, st.none())),
    st.tuples(st.just(SELLER), st.builds(asked.RefuseAndPropose, TERMS, st.just(()))),
    st.tuples(PARTY, st.builds(asked.ProposePlan, TERMS)),
    st.tuples(PARTY, st.builds(asked.ChangePlan, PLANS, VERSIONS, TERMS)),
    st.tuples(PARTY, st.builds(asked.WithdrawPlan, PLANS)),
    st.tuples(PARTY, st.builds(lambda: asked.PostMessage(text("hello")))),
    st.tuples(PARTY, st.builds(lambda: asked.AddEvidence(photo()))),
    st.tuples(st.just(SPECIALIST), st.builds(asked.StepIn)),
    st.tuples(st.just(SPECIALIST), st.builds(asked.ProposePlatformPlan, TERMS)),
    st.tuples(st.just(SPECIALIST), st.builds(asked.IssueAward, TERMS)),
    st.tuples(
        st.just(SPECIALIST),
        st.builds(lambda: asked.RecordFinding("tracking.state", '"delivered"', (1,), text("x"))),
    ),
    st.tuples(st.just(BUYER), st.just(asked.EnterReturnWaybill("EMS", "EE1"))),
    st.tuples(st.just(BUYER), st.just(asked.CorrectReturnWaybill("EMS", "EE2"))),
    st.tuples(
        st.just(SELLER), st.builds(lambda: asked.ConfirmReturnAddress(text("1 Quay, Lisbon")))
    ),
    st.tuples(st.just(SELLER), st.just(asked.ConfirmReturn())),
    st.tuples(st.just(SELLER), st.builds(lambda: asked.EscalateReturn(text("x"), ()))),
    st.tuples(st.just(SELLER), st.just(asked.WithdrawEscalation())),
    st.tuples(st.just(OPERATOR), st.builds(lambda: ordered.FreezeOrder(text("x")))),
    st.tuples(st.just(OPERATOR), st.builds(lambda: ordered.UnfreezeOrder(text("x")))),
    st.tuples(st.just(BUYER), st.just(asked.WithdrawDispute())),
)
SILENCE = st.integers(min_value=0, max_value=12 * 24).map(lambda hours: timedelta(hours=hours))
STEPS = st.lists(st.tuples(SILENCE, ACTS), max_size=14)
THOROUGH = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def played(kind, goods, worry_free, steps) -> Pure:
    """A case in which all this was tried; clocks run out as the worker would let them."""
    case = Pure().registered(flags=Flags(worry_free=worry_free))
    reason = Reason.NOT_RECEIVED if worry_free else Reason.NOT_AS_AGREED
    case.do(BUYER, filing(kind, (Item(max(goods, 1), 1),), reason))
    for silence, (role, command) in steps:
        case.now += silence
        while case.lapse_due():
            pass
        case.ask(role, command)
    return case


def money_holds(case: Pure) -> None:
    """M1, M2, M3, M4, M5, M9 of one file."""
    moved = [event for event, _ in case.events if isinstance(event, MoneyMoved)]
    paid = case.file.order.paid_minor
    balances = case.file.balances
    assert balances.total() == 0
    fees, out = balances.platform_fees, balances.seller_payable
    refunded = paid + balances.buyer
    assert paid == refunded + out + fees + balances.held
    assert 0 <= refunded <= paid
    assert balances.held >= 0
    authorities = [event.authority for event in moved if event.authority]
    assert len(authorities) <= 1
    assert all(one.amount_minor > 0 for event in moved for one in event.transfers)


def clocks_hold(case: Pure) -> None:
    """D1, D2: each clock ended once, and none fired early."""
    running: dict[str, object] = {}
    for event, at in case.events:
        if isinstance(event, ClockSet):
            assert event.kind not in running
            running[event.kind] = event
        elif isinstance(event, ClockEnded):
            began = running.pop(event.kind)
            assert event.ending.value != "fired" or at > began.due_at
    assert set(running) == {clock.kind for clock in case.file.clocks()}


@THOROUGH
@given(KINDS, AMOUNTS, st.booleans(), STEPS)
def test_money_and_clocks_hold_whatever_is_done(kind, goods, worry_free, steps):
    case = played(kind, goods, worry_free, steps)
    money_holds(case)
    clocks_hold(case)


@THOROUGH
@given(KINDS, AMOUNTS, st.booleans(), STEPS)
def test_silence_always_ends_the_case_and_leaves_no_money_behind(kind, goods, worry_free, steps):
    case = played(kind, goods, worry_free, steps)
    assert case.everybody_silent() <= LONGEST_SILENCE
    assert case.file.dispute.state is State.CLOSED
    assert case.file.balances.held == 0
    money_holds(case)
    clocks_hold(case)


@THOROUGH
@given(KINDS, AMOUNTS, st.booleans(), STEPS)
def test_the_state_is_the_fold_of_its_events_and_survives_its_snapshot(
    kind, goods, worry_free, steps
):
    case = played(kind, goods, worry_free, steps)
    folded = CaseFile("order-1")
    for event, at in case.events:
        read = from_plain(type(event), to_plain(event))
        assert read == event
        folded = evolve(folded, read, at)
    assert folded == case.file
    assert from_plain(type(case.file.dispute), to_plain(case.file.dispute)) == case.file.dispute
    assert from_plain(type(case.file.order), to_plain(case.file.order)) == case.file.order


@THOROUGH
@given(KINDS, AMOUNTS, st.booleans(), STEPS)
def test_what_silence_is_said_to_cost_is_what_it_costs(kind, goods, worry_free, steps):
    case = played(kind, goods, worry_free, steps)
    running = [clock for clock in case.file.clocks() if clock.paused_at is None]
    if not running:
        return
    clock = min(running, key=lambda one: one.due_at)
    said = foresee(case.file, clock, moment_at(current(), case.file, PLATFORM, case.now))
    before = case.file.balances
    case.now = max(case.now, clock.due_at + timedelta(microseconds=1))
    case.lapse_due()
    if said.to_buyer_minor is not None:
        after = case.file.balances
        assert after.of(Account.BUYER) - before.of(Account.BUYER) == said.to_buyer_minor
        assert after.seller_payable - before.seller_payable == said.to_seller_minor


@THOROUGH
@given(KINDS, AMOUNTS, st.booleans(), STEPS, ACTS)
def test_a_refusal_changes_nothing(kind, goods, worry_free, steps, act):
    case = played(kind, goods, worry_free, steps)
    before = replace(case.file)
    if isinstance(case.ask(*act), Refusal):
        assert case.file == before
