"""The facts of the rulebook that a case file itself tells: order record, filing, answers, return.

What the file does not tell stays absent. Findings stand above what was declared. No file tells
of a request for proof yet, so no window runs and nothing is presumed against somebody who was not
asked. Pure; read by whoever asks the clauses about a live case.
"""

import json
from collections.abc import Iterator
from typing import Any

from fairhold.core.cases.disputes.state import Dispute, Leg
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Order, Unit
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.values.roles import Role

Facts = dict[str, Any]
RETAIL = "platform_retail"


def facts_of(file: CaseFile) -> Facts:
    """Every fact that the file tells. Money in minor units, moments aware UTC."""
    facts: Facts = dict(_order(file.the_order))
    dispute = file.dispute
    if dispute is not None:
        facts |= dict(_filing(dispute))
        facts |= dict(_answer(dispute))
        if dispute.leg is not None:
            facts |= dict(_return(dispute.leg))
        facts |= {one.fact: json.loads(one.value) for one in dispute.findings}
    return facts


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


def _filing(dispute: Dispute) -> Iterator[tuple[str, Any]]:
    request = dispute.request.terms
    yield "dispute.reason", dispute.reason.value
    yield "dispute.subcase", dispute.subcase.value
    yield "dispute.request", request.kind.value
    yield "dispute.requested_amount", request.refund.total_minor
    yield "dispute.opened_at", dispute.opened_at
    filed = [one for one in dispute.exhibits if one.kind and one.withdrawn_at is None]
    yield "evidence.items", tuple(_item(one) for one in filed)


def _item(exhibit: Exhibit) -> dict[str, Any]:
    return {"type": exhibit.kind, "by": exhibit.side.value, "at": exhibit.submitted_at}


def _answer(dispute: Dispute) -> Iterator[tuple[str, Any]]:
    accepted = any(Role.SELLER in plan.accepted_by for plan in dispute.plans)
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
