"""Goods that did not arrive: what the clauses make of every state of the tracking."""

import pytest

from questions import LATER, LOST, ask, differs, filed

FULL = {"decision": "full_refund", "liable_party": "seller", "refund_to_buyer": "110.00"}
PAID = {"decision": "release_to_seller", "refund_to_buyer": "0.00", "release_to_seller": "110.00"}
HERE = {"tracking.state": "delivered", "tracking.country": "match"}
CUSTOMS = {
    "tracking.state": "at_customs",
    "evidence.items": [filed("customs_detention_document", "buyer")],
}
CASES = {
    "an unknown carrier bars other evidence": (
        {"tracking.carrier_recognised": False, **HERE, "tracking.city": "match"},
        LATER,
        {**FULL, "seller_evidence": "ignored"},
    ),
    "a first record before the order bars everything": (
        {**HERE, "tracking.city": "match", "tracking.first_event_at": "2025-02-28T08:00:00Z"},
        LATER,
        {**FULL, "seller_evidence": "ignored"},
    ),
    "a first record at the moment of the order bars nothing": (
        {**HERE, "tracking.city": "match", "tracking.first_event_at": "2025-03-01T08:00:00Z"},
        LATER,
        PAID,
    ),
    "a number nobody knows is waited for until the last instant": (
        {"tracking.state": "not_found"},
        "2025-03-31T09:00:00Z",
        {
            "decision": "awaiting_proof",
            "auto_action": {
                "action": "full_refund",
                "at": "2025-03-31T09:00:00Z",
                "amount": "110.00",
            },
        },
    ),
    "a number nobody knows and nothing in time": (
        {"tracking.state": "not_found"},
        "2025-03-31T09:00:01Z",
        FULL,
    ),
    "a valid number in time is looked at again": (
        {"tracking.state": "not_found", "evidence.items": [filed("valid_waybill")]},
        LATER,
        {"decision": "awaiting_platform_verification"},
    ),
    "no tracking at all counts as not found once the time has lapsed": ({}, LATER, FULL),
    "delivered to the address": ({**HERE, "tracking.zip": "match"}, LATER, PAID),
    "delivered to another city without a word": (
        {**HERE, "tracking.city": "mismatch"},
        LATER,
        {**FULL, "clauses": ["N-2b", "S-3", "P-PLT-1"]},
    ),
    "delivered to another city as the buyer had asked": (
        {**HERE, "tracking.city": "mismatch", "evidence.items": [filed("address_change_record")]},
        LATER,
        {**PAID, "liable_party": "buyer"},
    ),
    "only the country is shown, and no receipt": (
        HERE,
        LATER,
        {**FULL, "proof_requests": [{"from": "seller", "documents": ["shipping_receipt"]}]},
    ),
    "only the country is shown, and a receipt": (
        {**HERE, "evidence.items": [filed("shipping_receipt")]},
        LATER,
        PAID,
    ),
    "held because of the seller, out of the buyer's reach": (
        {
            **CUSTOMS,
            "customs.document_attributes_to": "seller",
            "customs.buyer_can_retrieve": False,
        },
        LATER,
        FULL,
    ),
    "held because of the buyer": (
        {**CUSTOMS, "customs.document_attributes_to": "buyer"},
        LATER,
        {**PAID, "liable_party": "buyer"},
    ),
    "held, and the buyer shows no paper": (
        {"tracking.state": "at_customs", "customs.document_filed": False},
        LATER,
        PAID,
    ),
    "held because of the seller, and the papers do not come": (
        {**CUSTOMS, "customs.document_attributes_to": "seller", "customs.buyer_can_retrieve": True},
        LATER,
        FULL,
    ),
    "held because of the seller, who gives the papers": (
        {
            **CUSTOMS,
            "customs.document_attributes_to": "seller",
            "customs.buyer_can_retrieve": True,
            "customs.seller_papers_supplied": True,
        },
        LATER,
        PAID,
    ),
    "held, the paper names nobody, the duty was refused": (
        {
            **CUSTOMS,
            "customs.document_attributes_to": "unclear",
            "customs.reason": "buyer_refuses_duty",
        },
        LATER,
        PAID,
    ),
    "held, the paper names nobody, the import is forbidden": (
        {
            **CUSTOMS,
            "customs.document_attributes_to": "unclear",
            "customs.reason": "import_restriction",
        },
        LATER,
        FULL,
    ),
    "on its way until the last promised instant": (
        {"tracking.state": "in_transit"},
        "2025-04-02T10:00:00Z",
        {"decision": "hold", "hold_until": "2025-04-02T10:00:00Z"},
    ),
    "on its way a second too long": (
        {"tracking.state": "in_transit"},
        "2025-04-02T10:00:01Z",
        FULL,
    ),
    "came back because of the buyer, shown in time": (
        {
            "tracking.state": "returned_to_sender",
            "tracking.failure_cause": "buyer",
            "evidence.items": [filed("carrier_email_statement")],
        },
        LATER,
        {
            "decision": "goods_refund",
            "refund_to_buyer": "100.00",
            "release_to_seller": "10.00",
            "freight": {"outbound": "buyer"},
        },
    ),
    "came back because of the buyer, shown too late": (
        {
            "tracking.state": "returned_to_sender",
            "tracking.failure_cause": "buyer",
            "evidence.items": [filed("carrier_email_statement", at="2025-03-31T09:00:01Z")],
        },
        LATER,
        {**FULL, "freight": {"outbound": "seller", "return": "seller"}},
    ),
    "another service without consent, and nothing arrived": (
        {
            "tracking.state": "in_transit",
            "shipment.method_changed": True,
            "shipment.change_consent": "none",
        },
        "2025-03-29T09:00:00Z",
        FULL,
    ),
    "a cheaper service without consent, delivered": (
        {
            **HERE,
            "tracking.city": "match",
            "shipment.method_changed": True,
            "shipment.change_consent": "none",
            "shipment.selected_method_fee": "10.00",
            "shipment.used_method_fee": "4.00",
        },
        LATER,
        {"decision": "partial_refund", "refund_to_buyer": "6.00", "release_to_seller": "104.00"},
    ),
    "another service that the buyer wanted, delivered": (
        {
            **HERE,
            "tracking.city": "match",
            "shipment.method_changed": True,
            "shipment.change_consent": "before_dispatch",
            "evidence.items": [filed("chat_record")],
        },
        LATER,
        PAID,
    ),
    "a worry-free parcel that nobody finds": (
        {"tracking.state": "not_found", "shipment.worry_free": True},
        LATER,
        {
            "decision": "full_refund",
            "liable_party": "platform_finding",
            "release_to_seller": None,
            "seller_response_needed": False,
        },
    ),
    "sent although it had been cancelled": (
        {
            **HERE,
            "tracking.city": "match",
            "order.cancel_requested_at": "2025-03-02T08:00:00Z",
            "tracking.first_event_at": "2025-03-04T08:00:00Z",
        },
        LATER,
        {**FULL, "freight": {"outbound": "seller", "return": "seller"}},
    ),
    "on its way before it was cancelled": (
        {
            **HERE,
            "tracking.city": "match",
            "order.cancel_requested_at": "2025-03-05T08:00:00Z",
            "tracking.first_event_at": "2025-03-04T08:00:00Z",
        },
        LATER,
        PAID,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_not_received(name):
    facts, as_of, expected = CASES[name]
    found = ask({**LOST, **facts}, as_of)
    assert not differs(expected, found), {key: found.get(key) for key in expected}


def test_addresses_are_held_side_by_side_whatever_their_form():
    ours = {"country": "BR", "city": "São Paulo", "zip": "01310-100", "consignee": "Ana Lima"}
    theirs = {"country": "br", "city": "SAO PAULO", "zip": "01310100"}
    facts = {"order.delivery_address": ours, "tracking.shown_address": theirs}
    found = ask({**LOST, "tracking.state": "delivered", **facts})
    assert not differs(PAID, found)
    other = {**facts, "tracking.shown_address": {**theirs, "city": "Rio de Janeiro"}}
    assert not differs(FULL, ask({**LOST, "tracking.state": "delivered", **other}))
