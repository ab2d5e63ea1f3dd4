"""Ways through a dispute that once led astray: changed reasons, frozen time, late money."""

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Outcome, Reason, State, Subcase
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags
from fairhold.core.values.roles import Role
from fairhold.flow.desk import current
from fairhold.flow.query import view_of_case
from world import (
    BUYER,
    DAY,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    VIEWERS,
    Case,
    filing,
    terms,
    text,
)

pytestmark = [pytest.mark.engines, pytest.mark.django_db]
NOT_RECEIVED = asked.ChangeReason(Reason.NOT_RECEIVED, Subcase.NONE)
COLOR = asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.COLOR)


def worry_free() -> Case:
    return Case().registered(flags=Flags(worry_free=True))


def test_withdrawn_escalation_keeps_the_time_a_freeze_gave_back(order):
    order.opened(RETURN, (Item(GOODS, 1),))
    order.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    order.do(BUYER, asked.EnterReturnWaybill("EMS", "EE987654321MA"))
    order.do(OPERATOR, ordered.FreezeOrder(text("chargeback")))
    order.jump(40 * DAY)
    order.do(OPERATOR, ordered.UnfreezeOrder(text("won")))
    due_at = order.file.dispute.clock("seller_confirmation").due_at
    order.do(SELLER, asked.EscalateReturn(text("missing"), ()))
    order.do(SELLER, asked.WithdrawEscalation())
    order.work()
    assert order.file.dispute.clock("seller_confirmation").due_at == due_at


def test_reason_changed_to_worry_free_non_receipt_leaves_the_seller_out(db):
    case = worry_free().opened()
    case.do(BUYER, NOT_RECEIVED)
    assert case.file.dispute.state is State.REVIEWING
    assert case.pass_time(6 * DAY).file.dispute.outcome is None


def test_reason_changed_from_worry_free_non_receipt_asks_the_seller(db):
    case = worry_free().opened(reason=Reason.NOT_RECEIVED)
    assert case.file.dispute.clock("seller_response") is None
    case.do(BUYER, COLOR)
    assert case.file.dispute.clock("seller_response") is not None
    assert case.pass_time(6 * DAY).file.dispute.outcome is Outcome.SELLER_SILENT


def test_another_reason_needs_evidence_as_a_filing_does(db):
    case = Case().registered().opened(reason=Reason.NOT_RECEIVED, evidence=())
    assert case.refused(BUYER, COLOR) == "evidence_missing"
    assert case.refused(BUYER, asked.ChangeReason(Reason.OWN_REASONS, Subcase.NONE)) == (
        "evidence_missing"
    )


def test_own_reasons_without_agreement_leave_the_money_with_the_seller(db):
    case = Case().registered().opened(reason=Reason.OWN_REASONS)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 3_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    file = case.pass_time(15 * DAY).file
    assert file.dispute.outcome is Outcome.PLATFORM_SILENT
    assert file.dispute.paid_back.total_minor == 0


def test_seller_cannot_mistake_a_plan_for_an_answer(case):
    assert case.refused(SELLER, asked.ProposePlan(terms(ONLY, 100))) == "answer_first"


def test_seller_who_accepted_the_platform_plan_can_propose_again_when_it_changes(case):
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 8_000)))
    case.do(SELLER, asked.AcceptPlan("platform-1", 1, None))
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 9_000)))
    case.do(SELLER, asked.ProposePlan(terms(ONLY, 100)))


def test_freight_moved_to_the_seller_restarts_the_five_days(order):
    order.opened(RETURN, (Item(GOODS, 1),), return_freight=Role.BUYER)
    order.jump(4 * DAY)
    to_seller = asked.NewTerms(RETURN, terms(RETURN, GOODS).refund, Role.SELLER, None)
    order.do(BUYER, asked.ChangePlan("buyer-1", 1, to_seller))
    assert order.pass_time(2 * DAY).file.dispute.state is State.NEGOTIATING


@pytest.mark.parametrize("payer", [Role.PLATFORM, Role.INSPECTOR])
def test_parties_cannot_bill_others_for_the_return(case, payer):
    plan = asked.NewTerms(RETURN, terms(RETURN, 100).refund, payer, None)
    assert case.refused(BUYER, asked.ProposePlan(plan)) == "freight_unfit"


def test_a_buyer_cannot_date_a_cancellation_back(order):
    long_ago = order.file.order.agreement.ordered_at - 365 * DAY
    assert order.refused(OPERATOR, ordered.RequestCancellation(long_ago)) == "time_unfit"
    file = order.do(BUYER, ordered.RequestCancellation(long_ago))
    assert file.order.cancellation_requested_at > file.order.agreement.ordered_at


def test_the_rest_of_a_payment_may_come_after_a_closed_dispute(db):
    case = Case().registered(payment=ordered.Payment(40_000, 0)).opened()
    case.do(BUYER, asked.WithdrawDispute())
    first = case.file.dispute.id
    case.do(OPERATOR, ordered.CapturePayment(ordered.Payment(33_600, 2_000)))
    case.opened()
    earlier = view_of_case(current(), first, VIEWERS[BUYER])
    assert earlier.file.dispute.outcome is Outcome.WITHDRAWN
    assert case.file.dispute.id != first


def test_the_waybill_of_the_goods_is_not_that_of_the_return(order):
    order.opened(RETURN, (Item(GOODS, 1),))
    order.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    assert order.refused(BUYER, asked.EnterReturnWaybill("x", "LX123456785CN")) == "waybill_unfit"


def test_a_sandbox_goes_a_hundred_years_ahead_and_no_farther(order):
    order.jump(99 * 365 * DAY)
    assert order.refused(OPERATOR, ordered.MoveSandboxClock(2 * 365 * 86_400)) == "time_unfit"


def test_filing_a_return_names_who_pays_the_freight(order):
    order.do(BUYER, filing(RETURN, return_freight=None))
    assert order.file.dispute.request.terms.return_freight is Role.BUYER


def returning(order: Case) -> Case:
    """The buyer accepted the seller's plan of a return: the address was never confirmed."""
    order.opened(ONLY)
    order.do(SELLER, asked.RefuseAndPropose(terms(RETURN, 5_000), ()))
    order.do(BUYER, asked.AcceptPlan("seller-1", 1, None))
    return order


def test_seller_confirms_the_return_address_after_the_buyer_accepted(order):
    due_at = returning(order).file.dispute.clock("buyer_return").due_at
    order.do(SELLER, asked.ConfirmReturnAddress(None))
    dispute = order.file.dispute
    assert dispute.leg.address_confirmed_at is not None
    assert dispute.clock("buyer_return").due_at == due_at


def test_seller_names_another_return_address_once_and_the_days_begin_anew(order):
    returning(order).jump(4 * DAY)
    due_at = order.file.dispute.clock("buyer_return").due_at
    refused = order.refused(SELLER, asked.ConfirmReturnAddress(text("深圳市南山区")))
    assert refused == "address_not_latin"
    order.do(SELLER, asked.ConfirmReturnAddress(text("2 Harbour Road, Ningbo")))
    assert order.file.dispute.clock("buyer_return").due_at - due_at >= 4 * DAY
    again = asked.ConfirmReturnAddress(text("3 Harbour Road, Ningbo"))
    assert order.refused(SELLER, again) == "address_fixed"


def test_buyer_corrects_a_mistyped_waybill_and_the_sellers_days_begin_anew(order):
    returning(order).do(BUYER, asked.EnterReturnWaybill("EMS", "EE1O"))
    order.jump(20 * DAY)
    assert order.refused(BUYER, asked.CorrectReturnWaybill("EMS", "EE1O")) == "already_done"
    for number in ("EE11", "EE12", "EE10"):
        due_at = order.file.dispute.clock("seller_confirmation").due_at
        order.do(BUYER, asked.CorrectReturnWaybill("EMS", number))
        assert order.file.dispute.clock("seller_confirmation").due_at > due_at
    assert order.file.dispute.leg.waybill == "EE10"
    assert order.refused(BUYER, asked.CorrectReturnWaybill("EMS", "EE13")) == "limit_reached"


def test_buyer_corrects_the_waybill_of_an_escalated_return_and_no_clock_moves(order):
    returning(order).do(BUYER, asked.EnterReturnWaybill("EMS", "EE1O"))
    order.do(SELLER, asked.EscalateReturn(text("this number is unknown"), ()))
    clocks = order.file.dispute.clocks
    order.do(BUYER, asked.CorrectReturnWaybill("EMS", "EE10"))
    assert (order.file.dispute.leg.waybill, order.file.dispute.clocks) == ("EE10", clocks)


def test_buyer_withdraws_the_request_and_the_second_plan_stands_in_for_it(order):
    order.opened(ONLY, (Item(5_000, 1),))
    order.do(BUYER, asked.ProposePlan(terms(RETURN, 9_000)))
    order.jump(DAY)
    due_at = order.file.dispute.clock("seller_response").due_at
    order.do(BUYER, asked.WithdrawPlan("buyer-1"))
    assert order.file.dispute.request.id == "buyer-2"
    assert order.file.dispute.clock("seller_response").due_at > due_at


def test_reason_changed_while_the_platform_reviews_ends_only_the_sellers_clock(db):
    case = worry_free().opened()
    case.do(SPECIALIST, asked.StepIn())
    case.do(BUYER, NOT_RECEIVED)
    dispute = case.file.dispute
    assert (dispute.state, dispute.clock("seller_response")) == (State.REVIEWING, None)
