"""Decisions beside the rulebook: reasons and a second person. Decisions by the rulebook alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.test_inquiry import find, hand_in, lapse, lost, ruling, short
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.decide.plans import MOST_VERSIONS_OF_A_PLAN
from fairhold.core.cases.disputes.events import AwardIssued, RulingRecorded
from fairhold.core.cases.disputes.state import Item, Outcome, Reason, State, Subcase
from fairhold.core.values.roles import Actor, Role
from fairhold.flow import desk as wired
from fairhold.flow.desk import current
from pure import Pure
from world import (
    BUYER,
    DAY,
    FREIGHT,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    VIEWERS,
    terms,
    text,
)

ALL = terms(ONLY, GOODS, FREIGHT)
HALF = terms(ONLY, GOODS // 2)
SECOND = timedelta(seconds=1)


def untraceable() -> Pure:
    """Nobody knows the number, and none came in time: N-1a refunds everything."""
    return lapse(find(lost(), "tracking.state", '"not_found"'))


def departing() -> Pure:
    return untraceable().do(SPECIALIST, asked.ProposePlatformPlan(HALF, text("both lost papers")))


def test_a_plan_that_follows_the_rulebook_needs_nobody_else_and_stands_on_record():
    case = untraceable().do(SPECIALIST, asked.ProposePlatformPlan(ALL))
    assert case.file.dispute.plan("platform-1").terms.refund.total_minor == GOODS + FREIGHT
    [event] = [event for event, _ in case.events if isinstance(event, RulingRecorded)]
    assert (event.record.clauses[0].id, event.alone) == ("N-1a", False)
    assert event.record.book == case.file.order.book


def test_another_plan_is_refused_without_reasons_and_says_where_the_rulebook_leads():
    refusal = untraceable().ask(SPECIALIST, asked.ProposePlatformPlan(HALF))
    assert (refusal.code.slug, refusal.field) == ("departure_unexplained", "departs")
    assert "“full_refund” by N-1a" in refusal.why
    assert refusal.details["refund_minor"] == GOODS + FREIGHT
    blank = asked.ProposePlatformPlan(HALF, text("  "))
    assert untraceable().code(SPECIALIST, blank) == "departure_unexplained"


def test_before_the_facts_are_established_every_plan_departs():
    case = lost()
    refusal = case.ask(SPECIALIST, asked.ProposePlatformPlan(ALL))
    assert refusal.code.slug == "departure_unexplained"
    assert "tracking.state" in refusal.details["missing"]
    assert "Establish what is missing" in refusal.what_now


def test_a_departure_waits_for_a_second_person_and_puts_nothing_up():
    case = departing()
    assert case.file.dispute.plan("platform-1") is None
    assert case.code(SPECIALIST, asked.ConfirmDeparture()) == "second_person_needed"
    case.do(OPERATOR, asked.ConfirmDeparture())
    assert case.file.dispute.plan("platform-1").terms.refund.total_minor == GOODS // 2
    assert case.file.dispute.departure is None


def test_another_specialist_is_a_second_person_too():
    case = departing()
    colleague = replace(VIEWERS[SPECIALIST], actor=Actor("person-other", SPECIALIST))
    VIEWERS[Role.SPECIALIST], before = colleague, VIEWERS[Role.SPECIALIST]
    try:
        case.do(SPECIALIST, asked.ConfirmDeparture())
    finally:
        VIEWERS[Role.SPECIALIST] = before
    assert case.file.dispute.plan("platform-1") is not None


def test_a_departure_can_be_dropped():
    case = departing().do(SPECIALIST, asked.DropDeparture())
    assert case.file.dispute.departure is None
    assert case.code(OPERATOR, asked.ConfirmDeparture()) == "no_departure"


def test_what_is_put_up_meanwhile_takes_the_place_of_a_departure():
    case = departing()
    case.do(SPECIALIST, asked.ProposePlatformPlan(ALL))
    assert case.file.dispute.departure is None
    case.do(BUYER, asked.AcceptPlan("platform-1", 1, None))
    assert case.code(OPERATOR, asked.ConfirmDeparture()) == "no_departure"
    assert case.file.dispute.plan("platform-1").accepted_by == (BUYER,)


def test_an_award_by_the_rulebook_takes_the_place_of_a_departure():
    case = untraceable().do(SPECIALIST, asked.ProposePlatformPlan(ALL))
    lapse(case)
    case.do(SPECIALIST, asked.IssueAward(HALF, text("x")))
    assert case.file.dispute.departure is not None
    case.do(SPECIALIST, asked.IssueAward(ALL))
    assert (case.file.dispute.departure, case.file.dispute.outcome) == (None, Outcome.AWARDED)


def test_a_departing_plan_is_not_put_up_after_the_last_version():
    case = untraceable().do(SPECIALIST, asked.ProposePlatformPlan(ALL))
    case.do(SPECIALIST, asked.ProposePlatformPlan(HALF, text("both lost papers")))
    [plan] = (one for one in case.file.dispute.plans if one.side is Role.PLATFORM)
    last = replace(plan, version=MOST_VERSIONS_OF_A_PLAN)
    plans = tuple(last if one is plan else one for one in case.file.dispute.plans)
    case.file = replace(case.file, dispute=replace(case.file.dispute, plans=plans))
    assert case.code(OPERATOR, asked.ConfirmDeparture()) == "limit_reached"


def test_an_award_of_the_standing_plan_stands_on_what_the_plan_stood_on():
    case = departing().do(OPERATOR, asked.ConfirmDeparture())
    lapse(case)
    award = asked.IssueAward(HALF)
    same = Pure(case.file, case.now)
    same.do(SPECIALIST, award)
    assert same.file.dispute.outcome is Outcome.AWARDED
    find(case, "tracking.state", '"delivered"')
    find(case, "tracking.country", '"match"')
    find(case, "tracking.city", '"match"')
    assert case.code(SPECIALIST, award) == "departure_unexplained"
    case.do(SPECIALIST, asked.IssueAward(HALF, text("as agreed on the phone")))
    assert case.file.dispute.state is State.REVIEWING
    case.do(OPERATOR, asked.ConfirmDeparture())
    assert case.file.dispute.paid_back.total_minor == GOODS // 2


def test_a_departure_is_not_confirmed_while_proof_may_still_come():
    case = untraceable().do(SPECIALIST, asked.ProposePlatformPlan(HALF, text("x")))
    find(case, "tracking.state", '"at_customs"')
    assert case.code(OPERATOR, asked.ConfirmDeparture()) == "proof_time_running"


def test_a_departing_plan_with_more_than_is_held_is_refused_when_it_is_confirmed():
    case = departing()
    balances = replace(case.file.balances, held_goods=1)
    case.file = replace(case.file, balances=balances)
    assert case.code(OPERATOR, asked.ConfirmDeparture()) == "amount_out_of_range"


def test_inside_what_a_clause_leaves_nobody_departs():
    case = Pure().registered().opened(subcase=Subcase.COLOR)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    hand_in(case, "defect_photo_video", role=BUYER)
    find(case, "goods.discrepancy_proven", "true")
    assert ruling(case).result.range_minor == (0, 16_560)
    for goods, code in ((16_560, None), (0, None), (16_561, "departure_unexplained")):
        assert case.code(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, goods))) == code
    back = asked.ProposePlatformPlan(terms(RETURN, 16_560))
    assert case.code(SPECIALIST, back) == "departure_unexplained"


def test_a_return_that_the_rulebook_orders_names_who_pays_its_freight():
    case = Pure().registered().opened(RETURN, (Item(GOODS, 1),), subcase=Subcase.COLOR)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    hand_in(case, "defect_photo_video", role=BUYER)
    find(case, "goods.discrepancy_proven", "true")
    by_buyer = asked.ProposePlatformPlan(terms(RETURN, GOODS, FREIGHT))
    assert case.code(SPECIALIST, by_buyer) == "departure_unexplained"
    right = replace(by_buyer.terms, return_freight=Role.SELLER)
    case.do(SPECIALIST, asked.ProposePlatformPlan(right))


def test_a_promise_that_still_runs_is_no_decision_to_follow():
    case = find(lost(), "tracking.state", '"in_transit"')
    case.file = replace(
        case.file,
        order=replace(
            case.file.order, agreement=replace(case.file.order.agreement, promise_days=300)
        ),
    )
    assert ruling(case).result.decision == "hold"
    assert case.code(SPECIALIST, asked.ProposePlatformPlan(ALL)) == "departure_unexplained"


@pytest.fixture
def alone():
    """The operator lets some clauses decide without a person."""
    before = current()
    wired.install(replace(before, alone=frozenset({"N-0b", "N-1a", "N-2a", "N-4a"})))
    yield
    wired.install(before)


def report(case: Pure, **facts: str) -> Pure:
    """What the carrier's record says, handed over by the marketplace."""
    for name, value in facts.items():
        find(case, f"tracking.{name}", value, OPERATOR)
    return case


def unasked() -> Pure:
    """A parcel that did not arrive, in the worry-free service: straight to the platform."""
    items = (Item(GOODS, 1), Item(FREIGHT))
    case = Pure().registered()
    flags = replace(case.file.order.agreement.flags, worry_free=True)
    case = Pure().registered(flags=flags)
    return case.opened(ONLY, items, Reason.NOT_RECEIVED, evidence=())


def test_a_delivery_to_the_right_address_is_decided_without_a_person(alone):
    case = report(unasked(), country='"match"', city='"match"', state='"delivered"')
    plan = case.file.dispute.plan("platform-1")
    assert (plan.terms.refund.total_minor, case.file.dispute.ruled.alone) == (0, True)
    lapse(case)
    assert (case.file.dispute.outcome, case.file.dispute.paid_back.total_minor) == (
        Outcome.AWARDED,
        0,
    )
    assert case.file.balances.held == 0


def test_a_number_older_than_the_order_is_decided_without_a_person(alone):
    early = (lost().file.order.agreement.ordered_at - DAY).isoformat()
    case = report(unasked(), first_event_at=f'"{early}"', state='"in_transit"')
    lapse(case)
    assert case.file.dispute.paid_back.total_minor == GOODS + FREIGHT


def test_a_number_nobody_knows_is_decided_without_a_person_after_three_days(alone):
    case = report(lost(), state='"not_found"')
    assert case.file.dispute.plan("platform-1") is None
    lapse(case)
    assert case.file.dispute.plan("platform-1").terms.refund.total_minor == GOODS + FREIGHT
    lapse(case)
    assert case.file.dispute.paid_back.total_minor == GOODS + FREIGHT
    [award] = [event for event, _ in case.events if isinstance(event, AwardIssued)]
    assert not award.by_default


def test_what_a_person_found_is_for_a_person_to_decide(alone):
    case = find(unasked(), "tracking.state", '"delivered"')
    find(case, "tracking.country", '"match"')
    find(case, "tracking.city", '"match"')
    assert ruling(case).decided
    assert case.file.dispute.plan("platform-1") is None


def test_nothing_is_decided_alone_where_the_operator_does_not_say_so():
    case = report(lost(), country='"match"', city='"match"', state='"delivered"')
    assert ruling(case).decided
    assert case.file.dispute.plan("platform-1") is None


def test_what_became_of_a_worry_free_parcel_the_platform_finds_out_by_itself():
    case = report(unasked(), country='"match"', city='"match"', state='"delivered"')
    assert case.file.dispute.plan("platform-1").terms.refund.total_minor == 0
    lapse(case)
    assert case.file.dispute.outcome is Outcome.AWARDED
    person = find(unasked(), "tracking.state", '"not_found"')
    assert person.file.dispute.plan("platform-1") is None


def test_a_plan_of_the_rulebook_goes_to_a_person_when_the_facts_change(alone):
    case = report(unasked(), country='"match"', city='"match"', state='"delivered"')
    find(case, "tracking.city", '"mismatch"')
    assert case.file.dispute.standing(Role.PLATFORM) == ()
    assert case.file.dispute.clock("proposal_phase") is None
    assert case.file.dispute.clock("platform_proposal") is not None
    lapse(case)
    assert case.file.dispute.outcome is None


def test_clauses_that_leave_something_to_a_person_never_decide_alone():
    before = current()
    every = frozenset(
        one.id.partition("/")[0] for one in current().shelf.book(before.shelf.in_force).clauses
    )
    wired.install(replace(before, alone=every))
    try:
        case = short()
        lapse(case)
        assert case.file.dispute.plan("platform-1") is None
        find(case, "goods.quantity_received_pieces", "30")
        assert case.file.dispute.plan("platform-1") is None
    finally:
        wired.install(before)
