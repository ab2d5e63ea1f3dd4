"""Another marketplace is data alone: other words, other days, other outcomes, the same code."""

import json
import os
import subprocess
import sys

import pytest

from questions import ROOT

CLAIM = {
    "order.currency": "EUR",
    "order.goods_amount": "40.00",
    "order.freight_amount": "5.00",
    "claim.opened_at": "2026-03-20T09:00:00Z",
    "claim.latest_delivery_at": "2026-03-18T00:00:00Z",
    "dispute.platform_notice_at": "2026-03-21T09:00:00Z",
}
LOST = {**CLAIM, "claim.kind": "item_not_received"}
WRONG = {**CLAIM, "claim.kind": "not_as_described"}
PAGE = {"type": "tracking_page", "by": "seller", "at": "2026-03-25T09:00:00Z"}
CASES = [
    (LOST, "2026-03-25T09:00:00Z", "awaiting_proof", None),
    (LOST, "2026-03-25T09:00:01Z", "full_refund", "45.00"),
    (
        {**LOST, "claim.latest_delivery_at": "2026-04-01T00:00:00Z"},
        "2026-03-30T09:00:00Z",
        "hold",
        None,
    ),
    (
        {**LOST, "evidence.items": [PAGE]},
        "2026-03-26T09:00:00Z",
        "awaiting_platform_verification",
        None,
    ),
    ({**LOST, "parcel.delivered": True}, "2026-03-26T09:00:00Z", "release_to_seller", "0.00"),
    (WRONG, "2026-03-23T09:00:01Z", "release_to_seller", "0.00"),
    ({**WRONG, "item.fault_shown": True}, "2026-03-23T09:00:00Z", "return_in_progress", None),
    (
        {**WRONG, "item.fault_shown": True, "item.sent_back": True},
        "2026-03-23T09:00:00Z",
        "full_refund",
        "45.00",
    ),
    (
        {**CLAIM, "claim.kind": "changed_mind", "item.sent_back": True},
        "2026-03-23T09:00:00Z",
        "goods_refund",
        "40.00",
    ),
]


@pytest.fixture(scope="module")
def answers():
    """All claims in one call of the command."""
    asked = [
        {"id": str(n), "as_of": at, "rulebook": "example-market@latest", "facts": facts}
        for n, (facts, at, _, _) in enumerate(CASES)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "fairhold", "adjudicate", "-"],
        input=json.dumps(asked),
        env={**os.environ, "FAIRHOLD_RULEBOOKS": str(ROOT / "rulebooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("place", range(len(CASES)))
def test_a_claim_under_the_guarantee(answers, place):
    _, _, decision, refund = CASES[place]
    found = answers[place]
    assert found["decision"] == decision
    assert found.get("refund_to_buyer") == refund
    assert found["counts_in_filing_rate"] is True
    assert all(one["citation"].startswith("“Example Market") for one in found["because"])
