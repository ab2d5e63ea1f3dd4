"""One dispute through every way it can go, over the write path, with the worker carrying clocks."""

from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Outcome, Reason, State
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags
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
    Case,
    filing,
    photo,
    terms,
    text,
)

pytestmark = [pytest.mark.engines, pytest.mark.django_db]
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def refuse(goods: int = 11_040) -> asked.RefuseAndPropose:
    return asked.RefuseAndPropose(terms(ONLY, goods), ())


def accept(plan: str, version: int = 1, address=None) -> asked.AcceptPlan:
    return asked.AcceptPlan(plan, version, address)


def test_opening_holds_the_money_and_sets_two_clocks(case):
    file = case.file
    assert file.dispute.state is State.NEGOTIATING
    assert file.balances.held == GOODS + FREIGHT
    assert {clock.kind for clock in file.clocks()} == {"seller_response", "platform_entry"}
    assert all(clock.notice_seq for clock in file.clocks())


def test_accepted_request_is_paid_with_the_fee_on_what_is_released(case):
    balances = case.do(SELLER, accept("buyer-1")).balances
    released = GOODS + FREIGHT - 16_560
    assert balances.buyer == -released
    assert balances.platform_fees == released * 5 // 100
    assert balances.seller_payable == released - balances.platform_fees
    assert balances.held == 0


def test_buyer_accepts_the_plan_of_the_seller(case):
    case.do(SELLER, refuse())
    file = case.do(BUYER, accept("seller-1"))
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (Outcome.AGREED, 11_040)


def test_silence_of_the_seller_executes_the_request_after_five_days(case):
    file = case.pass_time(5 * DAY + SECOND).file
    assert file.dispute.outcome is Outcome.SELLER_SILENT
    assert file.dispute.paid_back.total_minor == 16_560


def test_silence_on_a_return_request_starts_the_return_leg(order):
    order.opened(RETURN, (Item(GOODS, 1, 40),)).pass_time(5 * DAY + SECOND)
    assert order.file.dispute.state is State.RETURN_AGREED
    assert order.file.balances.held == GOODS + FREIGHT


def test_a_message_does_not_stop_the_clock(case):
    case.do(SELLER, asked.PostMessage(text("We look into it.")))
    assert case.pass_time(5 * DAY + SECOND).file.dispute.outcome is Outcome.SELLER_SILENT


def test_a_raised_amount_restarts_the_five_days_and_a_lowered_one_does_not(case):
    case.jump(4 * DAY)
    case.do(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 20_000)))
    assert case.pass_time(4 * DAY).file.dispute.outcome is None
    case.do(BUYER, asked.ChangePlan("buyer-1", 2, terms(ONLY, 10_000)))
    file = case.pass_time(DAY + SECOND).file
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (
        Outcome.SELLER_SILENT,
        10_000,
    )


def test_another_kind_of_request_restarts_the_five_days(case):
    case.jump(4 * DAY)
    case.do(BUYER, asked.ChangePlan("buyer-1", 1, terms(RETURN, 16_560)))
    assert case.pass_time(2 * DAY).file.dispute.state is State.NEGOTIATING


def test_platform_steps_in_at_the_end_of_day_seven(case):
    case.do(SELLER, refuse())
    assert case.pass_time(7 * DAY - MINUTE).file.dispute.state is State.NEGOTIATING
    assert case.pass_time(MINUTE).file.dispute.state is State.REVIEWING


def test_award_ends_the_case_after_the_proposal_phase(case):
    case.do(SELLER, refuse())
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 13_800)))
    assert case.refused(SPECIALIST, asked.IssueAward(terms(ONLY, 13_800))) == (
        "proposal_phase_running"
    )
    case.pass_time(3 * DAY + SECOND)
    file = case.do(SPECIALIST, asked.IssueAward(terms(ONLY, 14_000)))
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (Outcome.AWARDED, 14_000)


def test_both_accept_the_platform_plan_during_the_proposal_phase(case):
    case.do(SELLER, refuse())
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 13_800)))
    case.do(BUYER, accept("platform-1"))
    assert case.file.dispute.outcome is None
    assert case.do(SELLER, accept("platform-1")).dispute.outcome is Outcome.AGREED


def test_silence_of_the_platform_makes_its_standing_plan_the_award(case):
    case.do(SELLER, refuse())
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 13_800)))
    file = case.pass_time(3 * DAY + SECOND).pass_time(5 * DAY + SECOND).file
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (Outcome.AWARDED, 13_800)


def test_platform_that_never_proposes_leaves_what_the_seller_conceded(case):
    case.do(SELLER, refuse(9_000))
    case.do(SPECIALIST, asked.StepIn())
    file = case.pass_time(14 * DAY + SECOND).file
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (
        Outcome.PLATFORM_SILENT,
        9_000,
    )


@pytest.fixture
def returning(order) -> Case:
    order.opened(RETURN, (Item(GOODS, 1, 40),))
    order.do(SELLER, accept("buyer-1", 1, text("Dock 4, 88 Keji Road, Shenzhen")))
    return order


def test_unsent_return_gives_the_whole_amount_to_the_seller(returning):
    file = returning.pass_time(10 * DAY + SECOND).file
    assert file.dispute.outcome is Outcome.RETURN_NOT_SENT
    assert file.balances.seller_payable + file.balances.platform_fees == GOODS + FREIGHT


def test_confirmed_return_pays_the_agreed_refund(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    file = returning.do(SELLER, asked.ConfirmReturn())
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (
        Outcome.RETURN_CONFIRMED,
        GOODS,
    )


def test_unanswered_return_is_refunded_after_thirty_days(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    assert returning.pass_time(30 * DAY - MINUTE).file.dispute.outcome is None
    assert returning.pass_time(MINUTE).file.dispute.outcome is Outcome.RETURN_UNANSWERED


def test_escalated_return_is_taken_up_within_two_working_days_and_ruled(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    returning.do(SELLER, asked.EscalateReturn(text("Half of it is missing."), photo("c")))
    returning.pass_time(4 * DAY + SECOND)
    assert returning.file.dispute.leg.entered_at is not None
    file = returning.do(SPECIALIST, asked.IssueAward(terms(ONLY, 30_000)))
    assert (file.dispute.outcome, file.dispute.paid_back.total_minor) == (Outcome.AWARDED, 30_000)


def test_withdrawn_escalation_puts_the_original_thirty_days_back(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    due = returning.file.dispute.clock("seller_confirmation").due_at
    returning.pass_time(29 * DAY)
    returning.do(SELLER, asked.EscalateReturn(text("Missing."), ()))
    returning.jump(DAY)
    returning.do(SELLER, asked.WithdrawEscalation())
    assert returning.file.dispute.clock("seller_confirmation").due_at == due
    assert returning.pass_time(2 * SECOND).file.dispute.outcome is Outcome.RETURN_UNANSWERED


def test_escalation_withdrawn_after_the_thirty_days_fires_at_once(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    returning.jump(29 * DAY)
    returning.do(SELLER, asked.EscalateReturn(text("Missing."), ()))
    returning.pass_time(2 * DAY)
    returning.do(SELLER, asked.WithdrawEscalation())
    returning.work()
    assert returning.file.dispute.outcome is Outcome.RETURN_UNANSWERED


def test_local_address_replaces_the_registered_one_and_the_warehouse_confirms(db):
    case = Case().registered(
        flags=Flags(local_return=True), local_return_address=text("Hafenstrasse 5, Hamburg")
    )
    case.opened(RETURN, (Item(GOODS, 1),))
    case.do(SELLER, accept("buyer-1"))
    assert case.file.dispute.leg.local
    case.do(BUYER, asked.EnterReturnWaybill("DHL", "00340434161094"))
    assert case.do(OPERATOR, asked.ConfirmReturn()).dispute.outcome is Outcome.RETURN_CONFIRMED


def test_operator_cannot_confirm_a_return_to_the_seller(returning):
    returning.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    assert returning.refused(OPERATOR, asked.ConfirmReturn()) == "not_local"


def test_worry_free_non_receipt_goes_to_the_platform_and_needs_no_seller(db):
    case = Case().registered(flags=Flags(worry_free=True))
    case.opened(reason=Reason.NOT_RECEIVED, evidence=())
    assert case.file.dispute.state is State.REVIEWING
    assert case.file.dispute.clock("seller_response") is None
    assert case.pass_time(5 * DAY + SECOND).file.dispute.outcome is None


def test_worry_free_with_another_reason_takes_the_ordinary_way(db):
    case = Case().registered(flags=Flags(worry_free=True)).opened()
    assert case.file.dispute.clock("seller_response") is not None


def test_withdrawn_dispute_releases_everything_to_the_seller(case):
    balances = case.do(BUYER, asked.WithdrawDispute()).balances
    assert balances.buyer == -(GOODS + FREIGHT)


def test_unagreed_return_is_an_entry_and_moves_nothing(case):
    command = asked.RecordUnagreedReturn("EMS", "EE123456785MA", text("It was broken."), ())
    file = case.do(BUYER, command)
    assert (file.dispute.state, file.dispute.leg) == (State.NEGOTIATING, None)


def test_freeze_stops_clocks_and_money_and_gives_the_pause_back(case):
    case.jump(4 * DAY)
    case.do(OPERATOR, ordered.FreezeOrder(text("chargeback notice")))
    assert case.refused(SELLER, accept("buyer-1")) == "order_frozen"
    assert case.pass_time(30 * DAY).file.dispute.outcome is None
    case.do(OPERATOR, ordered.UnfreezeOrder(text("won")))
    assert case.pass_time(23 * timedelta(hours=1)).file.dispute.outcome is None
    assert case.pass_time(timedelta(hours=2)).file.dispute.outcome is Outcome.SELLER_SILENT


def test_a_forgotten_freeze_ends_by_itself(case):
    case.do(OPERATOR, ordered.FreezeOrder(text("risk")))
    file = case.pass_time(181 * DAY).pass_time(6 * DAY).file
    assert file.dispute.outcome is Outcome.SELLER_SILENT


def test_a_case_is_driven_through_years(case):
    case.do(SELLER, refuse())
    for _ in range(3):
        case.pass_time(365 * DAY)
    assert case.file.dispute.state is State.CLOSED


def test_completion_releases_and_is_blocked_by_an_open_dispute(order):
    order.opened()
    assert order.refused(OPERATOR, ordered.CompleteOrder()) == "dispute_blocks"
    other = Case().registered()
    balances = other.do(OPERATOR, ordered.CompleteOrder()).balances
    assert balances.held == 0
    assert other.refused(BUYER, filing()) in {"dispute_open", "nothing_held"}
