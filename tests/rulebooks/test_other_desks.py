"""Contracts, offline deals, correspondence, chargebacks, blocks, rights: decisions over facts."""

import pytest

from questions import ORDER, ask, differs

AT = "2025-05-01T09:00:00Z"
COVERED = {
    "order.channel": "trade_assurance",
    "order.total_paid": "9000.00",
    "ta.amount": "9000.00",
    "ta.contract_signed_by": ["buyer", "seller"],
    "ta.order_fields_complete": True,
    "ta.coverage": "post_delivery",
    "order.payment_route": "platform_escrow",
}
QUALITY = {**COVERED, "ta.breach": "quality"}
OFFLINE = {"order.channel": "offline", "goods.discrepancy_proven": True}
MAIL = {"correspondence.forum": "platform_mediation", "correspondence.channel": "email"}
BANK = {**ORDER, "chargeback.bank_notice_at": "2025-04-05T09:00:00Z", "block.trigger": "chargeback"}
RISKY = {
    **ORDER,
    "block.trigger": "risk_address",
    "block.risk_result": "risky",
    "block.risk_result_at": "2025-04-30T09:00:00Z",
}
FROZEN = {**ORDER, "block.trigger": "dishonest_account"}
REPORT = {
    "ip.kind": "design_patent",
    "ip.documents": ["patent_documents", "identity_proof", "listing_url"],
    "ip.listing_on_platform": True,
}
GOLD = {"supplier.gold_member": True, "supplier.vetting_passed": True}
CASES = {
    "covered": (COVERED, {"decision": "covered", "covered": True}),
    "paid to an account nobody approved": (
        {**COVERED, "order.payment_route": "unapproved_account"},
        {"decision": "not_covered", "treated_as": "offline"},
    ),
    "signed by one": (
        {**COVERED, "ta.contract_signed_by": ["buyer"]},
        {"decision": "not_covered"},
    ),
    "a field is empty": (
        {**COVERED, "ta.order_fields_complete": False},
        {"decision": "operation_refused"},
    ),
    "the claim about quality is confirmed": (
        {**QUALITY, "ta.inspector_approved": True, "ta.inspection_result": "claim_confirmed"},
        {"decision": "claim_accepted", "remedy_options": ["refund", "new_agreement"]},
    ),
    "the claim about quality is rejected": (
        {**QUALITY, "ta.inspector_approved": True, "ta.inspection_result": "claim_rejected"},
        {"decision": "release_to_seller", "release_to_seller": "9000.00"},
    ),
    "an inspector nobody approved": (
        {**QUALITY, "ta.inspector_approved": False, "ta.inspection_result": "claim_confirmed"},
        {"decision": "awaiting_platform_verification", "inadmissible": ["inspection_report"]},
    ),
    "nobody inspected yet": (QUALITY, {"decision": "awaiting_platform_verification"}),
    "the fee": (
        {"order.channel": "trade_assurance", "ta.amount": "333.33"},
        {"decision": "fee_charged", "fees": {"buyer": "0.00", "seller": "11.00"}},
    ),
    "a supplier who may": ({**GOLD, "supplier.country": "MY"}, {"decision": "eligible"}),
    "a supplier from elsewhere": ({**GOLD, "supplier.country": "VN"}, {"decision": "not_eligible"}),
    "offline, with specification and pictures": (
        {**OFFLINE, "offline.documents": ["product_specification", "defect_images_video"]},
        {"decision": "seller_at_fault", "escrow_moved": False},
    ),
    "offline, word against word": (
        {**OFFLINE, "offline.documents": ["transaction_records"]},
        {"decision": "not_actionable", "liable_party": "none"},
    ),
    "an official chat": (
        {**MAIL, "correspondence.channel": "official_chat"},
        {"decision": "admissible"},
    ),
    "a mail that one side confirms": (
        {**MAIL, "correspondence.authenticated_by": ["buyer"]},
        {"decision": "inadmissible"},
    ),
    "a mail before a court": (
        {**MAIL, "correspondence.forum": "court"},
        {"decision": "admissible"},
    ),
    "data of the complaint centre": (
        {
            "correspondence.system_use_ended_at": "2025-04-01T00:00:00Z",
            "correspondence.retention_days": 90,
        },
        {"export_possible_until": "2025-06-30T00:00:00Z"},
    ),
    "a chargeback over goods": (
        {**BANK, "chargeback.kind": "goods_related"},
        {"decision": "appeal_required", "order_state": "frozen"},
    ),
    "a chargeback that was appealed": (
        {**BANK, "chargeback.kind": "other", "chargeback.seller_appeal": True},
        {"decision": "appeal_submitted"},
    ),
    "a chargeback lost, part of it refunded before": (
        {
            **BANK,
            "chargeback.kind": "other",
            "chargeback.result": "buyer_wins",
            "chargeback.already_refunded": "30.00",
        },
        {"decision": "chargeback_lost", "refund_to_buyer": "80.00", "release_to_seller": "0.00"},
    ),
    "a chargeback won": (
        {**BANK, "chargeback.kind": "other", "chargeback.result": "seller_wins"},
        {"decision": "chargeback_won", "release_to_seller": "110.00"},
    ),
    "a risky address on its last instant": (
        RISKY,
        {"decision": "blocked", "close_latest": "2025-05-01T09:00:00Z"},
    ),
    "a risky address a day ago": (
        {**RISKY, "block.risk_result_at": "2025-04-30T08:59:59Z"},
        {"decision": "order_closed", "refund_to_buyer": "110.00"},
    ),
    "a safe address": ({**ORDER, "block.risk_result": "safe"}, {"decision": "not_blocked"}),
    "a dishonest account": ({**FROZEN, "block.appeal": "pending"}, {"decision": "frozen"}),
    "an appeal that succeeded": (
        {**FROZEN, "block.appeal": "successful"},
        {"decision": "unfrozen"},
    ),
    "a report with all its papers": (REPORT, {"decision": "report_upheld"}),
    "a report without the patent": (
        {**REPORT, "ip.documents": ["identity_proof", "listing_url"]},
        {"decision": "report_incomplete"},
    ),
    "a page elsewhere": (
        {**REPORT, "ip.listing_on_platform": False},
        {"decision": "report_refused"},
    ),
    "the page is gone": (
        {**REPORT, "ip.supplier_removed_voluntarily": True},
        {"decision": "report_unnecessary"},
    ),
    "not the first report": (
        {**REPORT, "ip.prior_upheld_reports": 2},
        {"possible_effects": ["warning", "suspension", "termination"]},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_other_desks(name):
    facts, expected = CASES[name]
    found = ask(facts, AT)
    assert not differs(expected, found), {key: found.get(key) for key in expected}
