"""Facts of one question that cannot be true together: which, and what was expected instead."""

from collections.abc import Iterator, Mapping
from typing import Any

from fairhold.core.rules.vocabulary import Value

# A fact, what was expected of it, and what was given.
Contradiction = tuple[str, str, Any]
SIDE_OF = {"buyer_plan": "buyer", "seller_plan": "seller", "platform_plan": "platform"}


def contradictions(facts: Mapping[str, Value], given: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Every combination that cannot be; `given` is what was sent, for the message."""
    for check in (_amounts, _plans, _times, _customs, _pieces):
        for name, expected in check(facts):
            yield name, expected, given.get(name)


def _amounts(facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    goods, freight, total = (
        facts.get(f"order.{name}") for name in ("goods_amount", "freight_amount", "total_paid")
    )
    parts = [one for one in (goods, freight) if one is not None]
    if total is not None and len(parts) == 2 and sum(parts) != total:
        yield "order.total_paid", "order.goods_amount plus order.freight_amount"
    asked = facts.get("dispute.requested_amount")
    filing = facts.get("op.name") in ("file_dispute", "open_dispute")
    if asked is not None and total is not None and asked > total and not filing:
        yield "dispute.requested_amount", "at most order.total_paid"


def _plans(facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    plans, total = facts.get("dispute.plans") or (), facts.get("order.total_paid")
    if total is not None and any(one.get("amount", 0) > total for one in plans):
        yield "dispute.plans", "amounts of at most order.total_paid"
    accepted = facts.get("dispute.accepted_plan_id")
    sides = {one.get("id"): one.get("by") for one in plans}
    if accepted is None or not plans:
        return
    if accepted not in sides:
        yield "dispute.accepted_plan_id", "the id of one of dispute.plans"
    elif sides[accepted] != SIDE_OF.get(facts.get("dispute.settled_plan") or "", sides[accepted]):
        yield "dispute.accepted_plan_id", "a plan of the side that dispute.settled_plan names"


def _times(facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    opened, answered = facts.get("dispute.opened_at"), facts.get("dispute.seller_responded_at")
    if answered is not None:
        if opened is not None and answered < opened:
            yield "dispute.seller_responded_at", "a moment at or after dispute.opened_at"
        if facts.get("dispute.seller_response") == "none":
            yield "dispute.seller_responded_at", "null where the seller did not respond"
    placed = facts.get("order.placed_at")
    if placed is not None and opened is not None and opened < placed:
        yield "dispute.opened_at", "a moment at or after order.placed_at"


def _customs(facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    named = facts.get("customs.document_attributes_to")
    if facts.get("customs.document_filed") is False and named in ("buyer", "seller", "unclear"):
        yield "customs.document_filed", "true where the document names a side"


def _pieces(facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if facts.get("order.sales_unit") == "piece" and (facts.get("order.pieces_per_lot") or 1) > 1:
        yield "order.pieces_per_lot", "1 where goods are sold by the piece"
    if any(one.get("quantity_agreed") == 0 for one in facts.get("order.lines") or ()):
        yield "order.lines", "a quantity_agreed of 1 or more in each line"
