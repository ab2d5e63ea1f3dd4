"""A number stands in the procedure; the clauses that repeat it say the same."""

import pytest

from fairhold.core.rules.conditions import Shifted
from fairhold.core.rules.conditions import tests_of as every_test
from fairhold.flow.adjudicate.notes import CLOSING_HOURS
from questions import BOOK, PROCESS

# Clause -> (the fact its time runs from, the clock of the procedure).
CLOCKS = {
    "P-SIL-1": ("dispute.opened_at", "seller_response"),
    "P-SIL-2": ("dispute.opened_at", "seller_response"),
    "P-PLT-1": ("dispute.opened_at", "platform_entry"),
    "P-AGR-1": ("return.agreed_at", "buyer_return"),
    "R-2": ("return.agreed_at", "buyer_return"),
    "R-1": ("return.waybill_filed_at", "seller_confirmation"),
    "R-4": ("return.waybill_filed_at", "seller_confirmation"),
}


def spans(clause_id: str, fact: str) -> list[Shifted]:
    """The spans from `fact` that a clause is held against."""
    operands = [test.operand for test in every_test(BOOK.clause(clause_id).when)]
    return [one for one in operands if isinstance(one, Shifted) and one.fact == fact]


@pytest.mark.parametrize("clause_id", CLOCKS)
def test_a_clause_counts_the_days_of_the_procedure(clause_id):
    fact, clock = CLOCKS[clause_id]
    [span] = spans(clause_id, fact)
    assert span.days == PROCESS.clocks[clock].span.days


@pytest.mark.parametrize("clause_id", ["P-WIN-1", "P-WIN-1/open"])
def test_the_filing_window_is_that_of_the_procedure(clause_id):
    [span] = spans(clause_id, "shipment.all_dispatched_at")
    assert span.days == PROCESS.limits.filing_opens_after_days


@pytest.mark.parametrize("clause_id", ["K-1", "K-1/closed"])
def test_a_risky_order_is_closed_within_the_hours_that_answers_tell(clause_id):
    [span] = spans(clause_id, "block.risk_result_at")
    assert span.hours == CLOSING_HOURS
