"""The facts of the rulebook that a case file itself tells: order record, filing, answers, return.

What the file does not tell stays absent. What a specialist found stands above what both sides say
alike, and that above what was declared. Pure; read by whoever asks the clauses about a live case.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes.proof import Asking
from fairhold.core.cases.disputes.state import Dispute, Finding, Kind, Leg
from fairhold.core.cases.disputes.weighing import Weight, weigh, weight_of
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Order, Unit
from fairhold.core.cases.tracking import current_reports, tracking_facts
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.logistics.combine import scans_behind, told
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import PROOF, Notice, Notices
from fairhold.core.rules.record import Origin, Source
from fairhold.core.rules.vocabulary import Kind as FactKind
from fairhold.core.rules.vocabulary import ProofRule, Value
from fairhold.core.values.roles import PARTIES, Role

Facts = dict[str, Any]
RETAIL = "platform_retail"
# Facts that follow from documents on file, and from which.
DOCUMENTS_OF = {
    "customs.document_filed": ("customs_detention_document",),
    "customs.seller_papers_supplied": ("clearance_papers",),
    "goods.damage_evidence_from": ("carrier_damage_statement", "defect_photo_video"),
}


def facts_of(file: CaseFile, book: Book) -> Facts:
    """Every fact that the file tells. Money in minor units, moments aware UTC."""
    facts: Facts = dict(_order(file.the_order))
    facts |= dict(tracking_facts(file, book.carriers))
    dispute = file.dispute
    if dispute is not None:
        facts |= dict(_filing(file.the_order, dispute, book))
        facts |= dict(_answer(dispute))
        if dispute.leg is not None:
            facts |= dict(_return(dispute.leg))
        facts |= {name: _typed(book, name, value) for name, value in agreed(dispute).items()}
        facts |= {one.fact: _typed(book, one.fact, one.value) for one in dispute.findings}
    return {name: value for name, value in facts.items() if name in book.facts}


def agreed(dispute: Dispute) -> dict[str, str]:
    """The facts of which both sides say the same, as canonical JSON."""
    said = {side: _said(dispute, side) for side in PARTIES}
    buyer, seller = (said[side] for side in PARTIES)
    return {fact: value for fact, value in buyer.items() if seller.get(fact) == value}


def _said(dispute: Dispute, side: Role) -> dict[str, str]:
    return {one.fact: one.value for one in dispute.statements if one.side is side}


def _typed(book: Book, fact: str, value: str) -> Value:
    """A value out of the journal as the clauses read it."""
    read = json.loads(value)
    moment = isinstance(read, str) and book.facts[fact].kind is FactKind.MOMENT
    return datetime.fromisoformat(read) if moment else read


def notices_of(file: CaseFile) -> Notices:
    """The requests that went out in this dispute, each with its own last instant.

    A window is over once its clock has fired: time that was given back counts.
    """
    dispute = file.the_dispute

    def notice(rule: ProofRule) -> Notice | None:
        request = dispute.proof(rule.name)
        if request is None or request.standing is Asking.NOT_NEEDED:
            return None
        clock = dispute.clock(request.clock)
        return Notice(clock.due_at if clock else request.due_at, request.standing is Asking.LAPSED)

    return notice


def source_of(file: CaseFile, book: Book, name: str) -> Source:
    """Where a fact that the file tells comes from."""
    dispute = file.the_dispute
    finding = next((one for one in dispute.findings if one.fact == name), None)
    if finding is not None:
        return _found(finding)
    if name in agreed(dispute):
        return Source(Origin.AGREED)
    if name.startswith(PROOF):
        documents = book.proofs[name.removeprefix(PROOF)].documents
        return Source(Origin.DOCUMENTS, _filed_as(dispute, documents, book))
    if name in told(current_reports(file)):
        return Source(Origin.CARRIER, scans=scans_behind(current_reports(file), name))
    exhibits = _filed_as(dispute, DOCUMENTS_OF.get(name, ()), book)
    ours = name.startswith(("dispute.", "return.", "evidence.", "as_of"))
    return Source(Origin.CASE if ours else Origin.ORDER, exhibits)


def _found(finding: Finding) -> Source:
    handed_over = finding.role is Role.OPERATOR
    origin = Origin.CARRIER if handed_over else Origin.FINDING
    return Source(origin, finding.exhibits, finding.by)


def _filed_as(dispute: Dispute, documents: tuple[str, ...], book: Book) -> tuple[int, ...]:
    return tuple(
        one.number
        for one in dispute.exhibits
        if one.kind in documents and weight_of(dispute, book, one) is Weight.COUNTS
    )


def _order(order: Order) -> Iterator[tuple[str, Any]]:
    agreement = order.agreement
    yield "order.channel", RETAIL
    yield "order.currency", agreement.currency
    yield "order.goods_amount", order.paid_goods_minor
    yield "order.freight_amount", order.paid_freight_minor
    yield "order.total_paid", order.paid_minor
    yield "order.placed_at", agreement.ordered_at
    yield "order.delivery_promise_days", agreement.promise_days
    yield "order.quantity_agreed", sum(line.quantity for line in agreement.lines)
    if len(agreement.lines) == 1:
        [line] = agreement.lines
        yield "order.sales_unit", "lot" if line.unit is Unit.LOT else "piece"
        yield "order.pieces_per_lot", line.pieces_per_lot
    yield "order.cancel_requested_at", order.cancellation_requested_at
    yield "order.local_return_supported", agreement.flags.local_return
    yield "order.after_sales_treasure", agreement.flags.platform_cover
    yield "listing.product_kind", "virtual" if agreement.flags.virtual else "physical"
    yield "shipment.worry_free", agreement.flags.worry_free
    yield "shipment.online_shipping", agreement.flags.online_shipping
    yield "shipment.all_dispatched_at", order.all_dispatched_at()


def _filing(order: Order, dispute: Dispute, book: Book) -> Iterator[tuple[str, Any]]:
    request = dispute.request.terms
    yield "dispute.reason", dispute.reason.value
    yield "dispute.subcase", dispute.subcase.value
    yield "dispute.request", request.kind.value
    yield "dispute.requested_amount", request.refund.total_minor
    yield "dispute.opened_at", dispute.opened_at
    yield "dispute.buyer_choice", _choice(dispute)
    weights = weigh(dispute, book)
    filed = [one for one in dispute.exhibits if one.kind and weights[one.number] is Weight.COUNTS]
    yield "evidence.items", (*(_item(one) for one in filed), *_numbers(order, dispute))


def _numbers(order: Order, dispute: Dispute) -> Iterator[dict[str, Any]]:
    """A number put in the place of a wrong one during the dispute is a document of its own."""
    for parcel in order.parcels:
        if parcel.entered_at and parcel.entered_at >= dispute.opened_at:
            yield {"type": "valid_waybill", "by": Role.SELLER.value, "at": parcel.entered_at}


def _choice(dispute: Dispute) -> str:
    """What the buyer chose where the rules leave it to the buyer: the kind of its standing plan.

    With a plan of each kind on the table the buyer has not chosen.
    """
    kinds = {plan.terms.kind for plan in dispute.standing(Role.BUYER)}
    if len(kinds) > 1:
        return "undecided"
    return "return_plan" if Kind.RETURN_AND_REFUND in kinds else "refund_plan"


def _item(exhibit: Exhibit) -> dict[str, Any]:
    return {"type": exhibit.kind, "by": exhibit.side.value, "at": exhibit.submitted_at}


def _answer(dispute: Dispute) -> Iterator[tuple[str, Any]]:
    buyers = (plan for plan in dispute.plans if plan.side is Role.BUYER)
    accepted = any(Role.SELLER in plan.accepted_by for plan in buyers)
    answered = "accepted" if accepted else "refused_with_solution"
    yield "dispute.seller_response", answered if dispute.answered_at else "none"
    yield "dispute.seller_responded_at", dispute.answered_at


def _return(leg: Leg) -> Iterator[tuple[str, Any]]:
    yield "return.negotiated", True
    yield "return.agreed_at", leg.agreed_at
    yield "return.shipped_at", leg.shipped_at
    yield "return.waybill_filed_at", leg.shipped_at
    yield "return.escalated_at", leg.escalated_at
    yield "return.seller_action", "escalated" if leg.escalated_at else "none"
