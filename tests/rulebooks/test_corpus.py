"""Cases written from the decision table by somebody who had not seen the clauses as data.

Each line differs from an ordinary case of a refund that the seller refused; null takes a fact away.
"""

import json
from pathlib import Path

import pytest

from questions import FILED, ORDER, ask, differs

LINES = (Path(__file__).with_name("corpus.jsonl")).read_text().splitlines()
CASES = [json.loads(line) for line in LINES]
ORDINARY = {
    **ORDER,
    **FILED,
    "dispute.platform_notice_at": "2025-03-27T09:00:00Z",
    "order.origin_country": "CN",
    "order.destination_country": "DE",
}


@pytest.mark.parametrize("case", CASES, ids=[f"{one['id']} {one['title']}" for one in CASES])
def test_a_case_ends_as_the_table_has_it(case):
    facts = {**ORDINARY, **case["facts"]}
    told = ask({name: value for name, value in facts.items() if value is not None}, case["as_of"])
    assert not differs(case["expected"], told), told
