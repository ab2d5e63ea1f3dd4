"""The named money formulas of a rulebook. Minor units in and out; each rounds once, half up.

A formula over a fact that is unknown gives None: the amount is not fixed yet.
Source: "AliExpress dispute handling process and guidelines"; readings AMB-28 to AMB-45.
"""

from collections.abc import Callable

from fairhold.core.rules.conditions import Facts
from fairhold.core.values.money import share_half_up

Amount = int | None
# The operator's schedule for late receipt: a hundredth of the amount for each day, never falling.
DELAY_SHARE_PER_DAY, DELAY_SHARES = 1, 100
FEE_BASIS_POINTS, BASIS_POINTS = 300, 10_000


def full(facts: Facts) -> Amount:
    """Everything the buyer paid."""
    return _money(facts, "order.total_paid")


def goods(facts: Facts) -> Amount:
    """The price of the goods alone."""
    return _money(facts, "order.goods_amount")


def freight(facts: Facts) -> Amount:
    """The freight the buyer paid."""
    return _money(facts, "order.freight_amount")


def requested(facts: Facts) -> Amount:
    """What the buyer asked for, at most what was paid."""
    return _least(_money(facts, "dispute.requested_amount"), full(facts))


def missing_share(facts: Facts) -> Amount:
    """The missing pieces' share of everything paid; of several lines, line by line."""
    total = full(facts)
    if facts.get("order.lines"):
        return _missing_by_line(facts)
    units, per_lot = facts.get("order.quantity_agreed"), facts.get("order.pieces_per_lot")
    received = facts.get("goods.quantity_received_pieces")
    if total is None or units is None or per_lot is None or received is None:
        return None
    agreed = units * per_lot
    return share_half_up(total, max(0, agreed - received), agreed)


def _missing_by_line(facts: Facts) -> Amount:
    """Unit price times missing pieces, and the same part of the freight (AMB-37)."""
    lines, goods_paid, freight_paid = facts["order.lines"], goods(facts), freight(facts)
    if goods_paid is None or freight_paid is None:
        return None
    missing = sum(
        one["unit_price"] * max(0, one["quantity_agreed"] - one["quantity_received"])
        for one in lines
    )
    whole = missing + (share_half_up(freight_paid, missing, goods_paid) if goods_paid else 0)
    return _least(whole, full(facts))


def price_difference(facts: Facts) -> Amount:
    """What the chosen service cost more than the one that was used."""
    chosen = _money(facts, "shipment.selected_method_fee")
    used = _money(facts, "shipment.used_method_fee")
    return None if chosen is None or used is None else max(0, chosen - used)


def pickup_cost(facts: Facts) -> Amount:
    """The buyer's added transport cost, as the receipt shows it."""
    return _money(facts, "shipment.extra_pickup_cost")


def delay_schedule(facts: Facts) -> Amount:
    """Compensation for late receipt, by the operator's schedule, at most what was paid (AMB-45)."""
    total, days = full(facts), facts.get("shipment.delay_days")
    if total is None or days is None:
        return None
    return min(total, share_half_up(total, days * DELAY_SHARE_PER_DAY, DELAY_SHARES))


def platform_award(facts: Facts) -> Amount:
    """What the platform pays out of its own fund."""
    return _money(facts, "ast.platform_award")


def unrefunded(facts: Facts) -> Amount:
    """What was paid, less what the buyer already got back by another way."""
    total, back = full(facts), _money(facts, "chargeback.already_refunded")
    return None if total is None else max(0, total - (back or 0))


def settled(facts: Facts) -> Amount:
    """The amount of the plan both sides stand on; without one named, what the buyer asked for."""
    plans, accepted = facts.get("dispute.plans"), facts.get("dispute.accepted_plan_id")
    amounts = [one["amount"] for one in plans or () if one["id"] == accepted]
    return _least(amounts[-1] if amounts else requested(facts), full(facts))


def refund_plan(facts: Facts) -> Amount:
    """What the buyer gets instead of a return: by the accepted or the platform's plan (AMB-32).

    Without one of these it is what the buyer asked for.
    """
    plans = facts.get("dispute.plans") or ()
    accepted = facts.get("dispute.accepted_plan_id")
    named = [one["amount"] for one in plans if accepted is not None and one["id"] == accepted]
    platform = [
        one["amount"] for one in plans if one["by"] == "platform" and one["kind"] == "refund_only"
    ]
    amounts = named or platform
    return _least(amounts[-1], full(facts)) if amounts else requested(facts)


def nothing(_: Facts) -> Amount:
    """Zero."""
    return 0


FORMULAS: dict[str, Callable[[Facts], Amount]] = {
    "full": full,
    "goods": goods,
    "freight": freight,
    "requested": requested,
    "missing_share": missing_share,
    "price_difference": price_difference,
    "pickup_cost": pickup_cost,
    "delay_schedule": delay_schedule,
    "platform_award": platform_award,
    "settled": settled,
    "refund_plan": refund_plan,
    "unrefunded": unrefunded,
    "nothing": nothing,
}


PAID = ("order.total_paid",)
# The facts that each formula works on.
READS: dict[str, tuple[str, ...]] = {
    "full": PAID,
    "goods": ("order.goods_amount",),
    "freight": ("order.freight_amount",),
    "requested": ("dispute.requested_amount", *PAID),
    "missing_share": (
        "goods.quantity_received_pieces",
        "order.quantity_agreed",
        "order.pieces_per_lot",
        "order.lines",
        *PAID,
    ),
    "price_difference": ("shipment.selected_method_fee", "shipment.used_method_fee"),
    "pickup_cost": ("shipment.extra_pickup_cost",),
    "delay_schedule": ("shipment.delay_days", *PAID),
    "platform_award": ("ast.platform_award",),
    "settled": ("dispute.plans", "dispute.accepted_plan_id", "dispute.requested_amount", *PAID),
    "refund_plan": ("dispute.plans", "dispute.accepted_plan_id", "dispute.requested_amount", *PAID),
    "unrefunded": ("chargeback.already_refunded", *PAID),
    "nothing": (),
}


def _money(facts: Facts, name: str) -> Amount:
    value: Amount = facts.get(name)
    return value


def _least(amount: Amount, limit: Amount) -> Amount:
    return amount if amount is None or limit is None else min(amount, limit)
