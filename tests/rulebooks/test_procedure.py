"""Clocks, agreements and operations: questions that the live deciders answer."""

import pytest

from questions import FILED, ORDER, UNLIKE, ask, differs

OPEN = {
    **ORDER,
    "dispute.opened_at": "2025-03-25T09:00:00Z",
    "dispute.reason": "not_as_agreed",
    "dispute.subcase": "size",
    "dispute.request": "refund_only",
    "dispute.requested_amount": "50.00",
    "dispute.seller_response": "none",
}
BACK = {**OPEN, "dispute.request": "return_and_refund", "dispute.requested_amount": "110.00"}
FILE = {**ORDER, **OPEN, "op.actor": "buyer", "op.name": "file_dispute"}
AGREED = {
    **BACK,
    "dispute.seller_response": "accepted",
    "dispute.seller_responded_at": "2025-03-26T09:00:00Z",
    "return.agreed_at": "2025-03-26T09:00:00Z",
}
SENT = {**AGREED, "return.waybill_filed_at": "2025-04-01T09:00:00Z"}


def tried(facts, actor, name, at, **more):
    return {**facts, "op.actor": actor, "op.name": name, "op.at": at, **more}


CASES = {
    "filing a second too early": (
        {**FILE, "op.at": "2025-03-13T09:59:59Z", "dispute.opened_at": "2025-03-13T09:59:59Z"},
        "2025-03-13T09:59:59Z",
        {"decision": "filing_refused", "window_opens_at": "2025-03-13T10:00:00Z"},
    ),
    "filing at the first instant": (
        {**FILE, "op.at": "2025-03-13T10:00:00Z"},
        "2025-03-13T10:00:00Z",
        {"decision": "filing_accepted", "platform_intervention_by": "2025-03-20T10:00:00Z"},
    ),
    "filing at once with a short promise": (
        {**FILE, "op.at": "2025-03-03T10:00:00Z", "order.delivery_promise_days": 4},
        "2025-03-03T10:00:00Z",
        {"decision": "filing_accepted"},
    ),
    "filing while a part is not sent": (
        {**FILE, "op.at": "2025-03-20T10:00:00Z", "shipment.all_dispatched_at": None},
        "2025-03-20T10:00:00Z",
        {"decision": "filing_refused"},
    ),
    "filing for more than was paid": (
        {**FILE, "op.at": "2025-03-20T10:00:00Z", "dispute.requested_amount": "110.01"},
        "2025-03-20T10:00:00Z",
        {"decision": "filing_refused"},
    ),
    "filing without a word": (
        {**FILE, "op.at": "2025-03-20T10:00:00Z", "dispute.description_given": False},
        "2025-03-20T10:00:00Z",
        {"decision": "filing_refused", "missing": ["description"]},
    ),
    "the seller is silent to the last instant": (
        OPEN,
        "2025-03-30T09:00:00Z",
        {
            "decision": "hold",
            "auto_action": {"action": "execute_buyer_request_if_seller_silent", "amount": "50.00"},
        },
    ),
    "the seller was silent": (
        OPEN,
        "2025-03-30T09:00:01Z",
        {
            "decision": "auto_executed",
            "refund_to_buyer": "50.00",
            "release_to_seller": "60.00",
            "liable_party": "seller",
            "clauses": ["P-SIL-1", "S-3"],
        },
    ),
    "the seller was silent on a return": (
        BACK,
        "2025-03-30T09:00:01Z",
        {"decision": "auto_executed", "return_required": True, "refund_after_return": "110.00"},
    ),
    "the seller accepted": (
        {
            **OPEN,
            "dispute.seller_response": "accepted",
            "dispute.seller_responded_at": "2025-03-26T09:00:00Z",
        },
        "2025-03-27T09:00:00Z",
        {"decision": "settled", "refund_to_buyer": "50.00", "status_after": "completed"},
    ),
    "a refusal without a plan": (
        tried(
            OPEN,
            "seller",
            "refuse_with_solution",
            "2025-03-26T09:00:00Z",
            **{"op.plan": {"kind": None, "amount": None}},
        ),
        "2025-03-26T09:00:00Z",
        {"decision": "operation_refused", "missing": ["op.plan"]},
    ),
    "a refusal with a plan in time": (
        tried(
            OPEN,
            "seller",
            "refuse_with_solution",
            "2025-03-30T09:00:00Z",
            **{"op.plan": {"kind": "refund_only", "amount": "20.00"}},
        ),
        "2025-03-30T09:00:00Z",
        {"decision": "operation_allowed"},
    ),
    "a third plan": (
        tried(
            {
                **BACK,
                "dispute.plans": [
                    {"id": "a", "by": "buyer", "kind": "return_and_refund", "amount": "110.00"},
                    {"id": "b", "by": "buyer", "kind": "refund_only", "amount": "40.00"},
                ],
            },
            "buyer",
            "add_plan",
            "2025-03-26T09:00:00Z",
            **{"op.plan": {"kind": "refund_only", "amount": "30.00"}},
        ),
        "2025-03-26T09:00:00Z",
        {"decision": "operation_refused"},
    ),
    "somebody else's plan": (
        tried(OPEN, "seller", "delete_other_plan", "2025-03-26T09:00:00Z"),
        "2025-03-26T09:00:00Z",
        {"decision": "operation_refused"},
    ),
    "a message": (
        tried(OPEN, "seller", "send_message", "2025-03-26T09:00:00Z"),
        "2025-03-26T09:00:00Z",
        {"decision": "operation_allowed", "auto_action": {"at": "2025-03-30T09:00:00Z"}},
    ),
    "a raised amount gives the seller the whole time again": (
        tried(
            OPEN,
            "buyer",
            "change_plan",
            "2025-03-27T09:00:00Z",
            **{"op.plan": {"kind": "refund_only", "amount": "90.00"}},
        ),
        "2025-03-27T09:00:00Z",
        {
            "decision": "operation_allowed",
            "auto_action": {"at": "2025-04-01T09:00:00Z", "amount": "90.00"},
        },
    ),
    "the goods were not sent back": (
        AGREED,
        "2025-04-05T09:00:01Z",
        {"decision": "release_to_seller", "release_to_seller": "110.00", "liable_party": "buyer"},
    ),
    "the goods may still be sent back": (
        AGREED,
        "2025-04-05T09:00:00Z",
        {"decision": "return_in_progress", "return_address": "registered"},
    ),
    "the goods may go to a local address": (
        {**AGREED, "order.local_return_supported": True},
        "2025-04-05T09:00:00Z",
        {"return_address": "local_warehouse_shown_by_platform"},
    ),
    "the return waits for the seller": (
        SENT,
        "2025-05-01T09:00:00Z",
        {"auto_action": {"action": "refund_if_seller_silent", "at": "2025-05-01T09:00:00Z"}},
    ),
    "the seller never confirmed": (
        SENT,
        "2025-05-01T09:00:01Z",
        {"decision": "auto_executed", "refund_to_buyer": "110.00"},
    ),
    "the seller confirmed": (
        {
            **SENT,
            "return.seller_action": "confirmed",
            "return.seller_acted_at": "2025-04-20T09:00:00Z",
        },
        "2025-04-21T09:00:00Z",
        {"decision": "settled", "refund_to_buyer": "110.00"},
    ),
    "the seller escalates in time": (
        tried(SENT, "seller", "escalate_return", "2025-05-01T09:00:00Z"),
        "2025-05-01T09:00:00Z",
        {"decision": "escalated"},
    ),
    "nothing can be done in a case that is over": (
        tried(
            {
                **OPEN,
                "dispute.seller_response": "accepted",
                "dispute.seller_responded_at": "2025-03-26T09:00:00Z",
            },
            "buyer",
            "change_plan",
            "2025-03-28T09:00:00Z",
        ),
        "2025-03-28T09:00:00Z",
        {"decision": "operation_refused", "refund_to_buyer": "50.00"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_procedure(name):
    facts, as_of, expected = CASES[name]
    found = ask(facts, as_of)
    assert not differs(expected, found), {key: found.get(key) for key in [*expected, "why"]}


def test_the_platforms_own_silence_never_decides_a_question():
    found = ask({**UNLIKE, **FILED, "dispute.subcase": "color"}, "2026-03-25T09:00:00Z")
    assert found["decision"] == "release_to_seller"
    assert found["clauses"][0] == "A-1h"
