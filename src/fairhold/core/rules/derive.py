"""Facts that follow from other facts: sums, addresses held side by side, documents on file.

A derived fact never replaces one that was given. What cannot be told stays unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.spelling import bare

# Part of the address -> fact about it; the carrier shows a signatory where the order has a name.
PLACES = {
    "country": ("country", "tracking.country"),
    "province": ("province", "tracking.province"),
    "city": ("city", "tracking.city"),
    "zip": ("zip", "tracking.zip"),
    "consignee": ("signatory", "tracking.signatory"),
}
SHORTEST_ZIP = 4
# Papers that say in writing what the goods are to be.
SPECIFYING = {"product_specification", "sales_contract", "design_drawings"}
ABOUT_GOODS = ("not_as_agreed", "buyer_own_reasons")


def derived(facts: Mapping[str, Value], carriers: Mapping[str, str]) -> dict[str, Value]:
    """What follows from `facts`, without what is among them already.

    `carriers` are those whose records count, by every spelling of their name as `bare` has it.
    """
    carrier = facts.get("shipment.carrier_name")
    known = {"tracking.carrier_recognised": bare(carrier) in carriers} if carrier else {}
    told = {
        name: value
        for follows in (_amounts, _addresses, _filing, _written, _goods, _customs)
        for name, value in follows(facts)
        if name not in facts
    }
    if carriers and "tracking.carrier_recognised" not in facts:
        told |= known
    return told


def _amounts(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    goods, freight = facts.get("order.goods_amount"), facts.get("order.freight_amount")
    total = facts.get("order.total_paid")
    if goods is not None and freight is not None:
        yield "order.total_paid", goods + freight
    elif total is not None and goods is not None:
        yield "order.freight_amount", total - goods
    elif total is not None and freight is not None:
        yield "order.goods_amount", total - freight
    lines, units = facts.get("order.lines"), facts.get("order.quantity_agreed")
    if facts.get("order.sales_unit") in (None, "piece"):
        yield "order.pieces_per_lot", 1
    if lines and units is None:
        yield "order.quantity_agreed", sum(one["quantity_agreed"] for one in lines)


def _addresses(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """The order's address and the carrier's, part by part; a part that is not shown says so."""
    ours, shown = facts.get("order.delivery_address"), facts.get("tracking.shown_address")
    if ours is None or shown is None:
        return
    for part, (named, fact) in PLACES.items():
        if part in ours:
            yield fact, _compared(part, ours[part], shown.get(named))


def _compared(part: str, ours: Any, theirs: Any) -> str:
    if theirs in (None, ""):
        return "not_shown"
    left, right = bare(str(ours)), bare(str(theirs))
    same = left == right
    if part == "zip" and min(len(left), len(right)) >= SHORTEST_ZIP:
        same = left.startswith(right) or right.startswith(left)
    return "match" if same else "mismatch"


def _filing(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    if facts.get("dispute.subcase") == "counterfeit":
        yield "goods.infringement_alleged", True
    if facts.get("return.agreed_at") is not None:
        yield "return.negotiated", True
    items = facts.get("evidence.items")
    if items and facts.get("dispute.subcase") == "damaged":
        types = {one["type"] for one in items}
        if "carrier_damage_statement" in types:
            yield "goods.damage_evidence_from", "carrier"
        elif "defect_photo_video" in types:
            yield "goods.damage_evidence_from", "buyer"


def _written(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    if not SPECIFYING.isdisjoint(facts.get("offline.documents") or ()):
        yield "listing.written_specification", True


def _goods(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Who complains about goods has them, unless a record says where else they are."""
    if facts.get("dispute.reason") not in ABOUT_GOODS:
        return
    where = facts.get("tracking.state")
    yield "tracking.state", None
    yield "goods.delivered_to_buyer", where in (None, "delivered")


def _customs(facts: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    named = facts.get("customs.document_attributes_to")
    if named is not None:
        yield "customs.document_filed", named != "none"
