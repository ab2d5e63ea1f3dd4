"""What a case file tells the rulebook: the order, the filing, the answer, the return, findings."""

from dataclasses import replace

from core.test_table import returning, shipped
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.facts import facts_of
from fairhold.core.cases.orders.state import Line, Unit
from pure import Pure
from questions import BOOK
from world import BUYER, FREIGHT, GOODS, ONLY, SELLER, SPECIALIST, photo, terms, text

LOT = Line(1, "LED desk lamp", "L1", Unit.LOT, 4, 10, 18_400)


def test_an_order_without_a_dispute_tells_what_was_agreed_and_paid():
    facts = facts_of(Pure().registered().file, BOOK)
    assert (facts["order.goods_amount"], facts["order.total_paid"]) == (GOODS, GOODS + FREIGHT)
    assert (facts["order.sales_unit"], facts["order.pieces_per_lot"]) == ("piece", 1)
    assert "dispute.reason" not in facts


def test_lots_are_told_as_lots_and_several_lines_as_no_single_unit():
    facts = facts_of(Pure().registered(lines=(LOT,)).file, BOOK)
    assert (facts["order.sales_unit"], facts["order.pieces_per_lot"]) == ("lot", 10)
    assert facts["order.quantity_agreed"] == 4
    two = (replace(LOT, quantity=2), replace(LOT, number=2, quantity=2))
    assert "order.sales_unit" not in facts_of(Pure().registered(lines=two).file, BOOK)


def test_a_filing_tells_its_request_and_only_files_that_stand_and_are_called_something():
    case = Pure().registered().opened()
    facts = facts_of(case.file, BOOK)
    assert (facts["dispute.request"], facts["dispute.requested_amount"]) == ("refund_only", 16_560)
    assert (facts["dispute.seller_response"], facts["evidence.items"]) == ("none", ())
    called = tuple(replace(one, kind="defect_photo_video") for one in photo("b"))
    case.do(BUYER, asked.AddEvidence(called))
    [item] = facts_of(case.file, BOOK)["evidence.items"]
    assert (item["type"], item["by"]) == ("defect_photo_video", "buyer")
    case.do(BUYER, asked.WithdrawEvidence(2))
    assert facts_of(case.file, BOOK)["evidence.items"] == ()


def test_an_answer_is_told_and_nobody_counts_as_asked_for_proof():
    case = Pure().registered().opened()
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    facts = facts_of(case.file, BOOK)
    assert facts["dispute.seller_response"] == "refused_with_solution"
    assert facts["dispute.seller_responded_at"] == case.now
    case.do(SPECIALIST, asked.StepIn())
    assert "dispute.platform_notice_at" not in facts_of(case.file, BOOK)


def test_a_return_is_told_step_by_step():
    case = returning()
    facts = facts_of(case.file, BOOK)
    assert (facts["dispute.seller_response"], facts["return.negotiated"]) == ("accepted", True)
    assert facts["return.waybill_filed_at"] is None
    case = shipped()
    assert facts_of(case.file, BOOK)["return.waybill_filed_at"] == case.now
    case.do(SELLER, asked.EscalateReturn(text("bad"), ()))
    assert facts_of(case.file, BOOK)["return.seller_action"] == "escalated"


def test_a_finding_stands_above_what_was_declared():
    case = Pure().registered().opened().do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.RecordFinding("tracking.state", '"delivered"', (1,), text("seen")))
    assert facts_of(case.file, BOOK)["tracking.state"] == "delivered"
