"""What an act leads to, in sentences: the page to check before anything is confirmed."""

from collections.abc import Callable
from typing import Any

from fairhold.core.cases.disputes.inquiry import conforms
from fairhold.core.cases.disputes.state import Item, Kind, Terms
from fairhold.core.ledger.settlements import Refund
from fairhold.core.logistics.waybill import examine
from fairhold.core.rules.answer import Result
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.flow.coach import needs
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.ruling import ruling_of
from fairhold.web.cards import seller_gets

Cleaned = dict[str, Any]


def nothing(_: View, __: str, ___: Cleaned) -> list[str]:
    """An act with no consequence to spell out."""
    return []


def says(*lines: str) -> Callable[[View, str, Cleaned], list[str]]:
    """The same lines whatever the case is."""
    return lambda view, target, cleaned: list(lines)


def departing(view: View, _: str, __: Cleaned) -> list[str]:
    """What a second person stands for: the deed, the money, both texts."""
    found, currency = view.file.the_dispute.departure, view.file.the_order.agreement.currency
    if found is None:
        return ["No departure from the rulebook waits in this dispute."]
    refund = Money(found.terms.refund.total_minor, currency)
    seller = Money(seller_gets(view, found.terms), currency)
    return [
        f"The {found.deed.value} gives {refund} to the buyer and {seller} to the seller.",
        f"Why it departs from the rulebook: {view.text(found.reasons)}",
        f"What both sides read: {view.text(found.terms.note)}",
        "It is put up in both names. Both sides read why it departs.",
    ]


def accepting(view: View, target: str, _: Cleaned) -> list[str]:
    """What acceptance leads to: the split, and whether it ends the dispute."""
    dispute, currency = view.file.the_dispute, view.file.the_order.agreement.currency
    plan = dispute.plan(target)
    if plan is None:
        return []
    refund = Money(plan.terms.refund.total_minor, currency)
    seller = Money(seller_gets(view, plan.terms), currency)
    both = {plan.side, *plan.accepted_by, view.viewer.role} >= {Role.BUYER, Role.SELLER}
    if not both:
        return [
            f"You accept version {plan.version}: {refund} to the buyer, {seller} to the seller.",
            "It is carried out when the other side accepts it too.",
        ]
    if plan.terms.kind is Kind.RETURN_AND_REFUND:
        days = view.process.clocks["buyer_return"].span
        return [
            f"You accept version {plan.version}: after the return, {refund} to the buyer.",
            f"Negotiation ends. The buyer has {days} to send the goods back.",
        ]
    return [
        f"You accept version {plan.version}: {refund} to the buyer, {seller} to the seller.",
        "This ends the dispute. It cannot be undone.",
    ]


def terms(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What a plan gives, in two lines at most."""
    currency = view.file.the_order.agreement.currency
    total = Money(cleaned["goods"] + cleaned["freight"], currency)
    if cleaned["kind"] == Kind.REFUND_ONLY.value:
        return [f"Refund of {total}. The buyer keeps the goods."]
    return [
        f"Refund of {total} after the goods have come back.",
        f"The {cleaned['return_freight']} pays the return freight.",
    ]


def refusing(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What the seller's answer leads to."""
    return [
        *terms(view, target, cleaned),
        "Your answer stops the clock of the automatic refund.",
        f"Without agreement the platform steps in within "
        f"{view.process.clocks['platform_entry'].span} of the filing.",
    ]


def awarding(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What the award leads to."""
    told = ruling(view, target, cleaned)
    last = "This ends the dispute. It cannot be undone."
    if cleaned["kind"] == Kind.RETURN_AND_REFUND.value:
        last = "Negotiation ends; the return begins."
    return [*told, last]


def proving(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What these files meet, what is missing after them, by when, and what follows."""
    need = next(
        (one for one in needs(current(), view.file, view.now) if one.request.name == target), None
    )
    if need is None:
        return []
    chosen = next((one for one in need.pieces if one.kind == cleaned["kind"]), None)
    left = [one.meaning for one in need.missing if one.kind != cleaned["kind"]]
    complete = not left if need.rule.all_needed else True
    lines = [f"It counts as: {chosen.meaning}"] if chosen else []
    until = f"{need.due_at:%-d %B %Y, %H:%M} UTC"
    if complete:
        lines.append(f"With it the request is met: {need.rule.summary}")
        lines += _leads_to(view, "That leads to", need.if_given)
    else:
        lines += [f"Still missing until {until}: {meaning}" for meaning in left]
        lines += _leads_to(view, "Without them", need.if_silent)
    return [*lines, "Both sides and the platform see the files."]


def _leads_to(view: View, when: str, found: Result | None) -> list[str]:
    currency = view.file.the_order.agreement.currency
    if found is None or found.refund_minor is None:
        return [f"{when}: the platform weighs what there is."]
    return [f"{when}: {Money(found.refund_minor, currency)} to the buyer, by the rulebook."]


def ruling(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What a plan or an award of the desk gives, and whether it is the rulebook's."""
    lines = terms(view, target, cleaned)
    asks = ruling_of(current(), view.file, view.now)
    back = cleaned["kind"] == Kind.RETURN_AND_REFUND.value
    payer = Role(cleaned["return_freight"]) if back else None
    refund = Refund(cleaned["goods"], cleaned["freight"])
    if conforms(asks, Terms(Kind(cleaned["kind"]), refund, payer, None)):
        return [*lines, "This is what the rulebook leads to, or inside what it leaves to you."]
    where = asks.result.decision.replace("_", " ") if asks.decided and asks.result.decision else ""
    told = f"The rulebook leads to “{where}”." if where else "The rulebook leads to nothing yet."
    return [*lines, told, "A second person has to agree before anything is put up."]


def giving_up(view: View, _: str, __: Cleaned) -> list[str]:
    """What withdrawing costs the buyer."""
    held = Money(view.file.balances.held, view.file.the_order.agreement.currency)
    return [
        f"You get no refund. What is held, {held}, goes to the seller.",
        "This ends the dispute.",
    ]


def confirming(view: View, _: str, __: Cleaned) -> list[str]:
    """What confirming a return pays."""
    leg, currency = view.file.the_dispute.leg, view.file.the_order.agreement.currency
    refund = Money(leg.terms.refund.total_minor if leg else 0, currency)
    return [
        f"The goods are back and in order: {refund} is refunded to the buyer now.",
        "This ends the dispute. It cannot be undone.",
    ]


def addressing(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What confirming or changing the return address starts."""
    if not cleaned["changed_address"]:
        return ["The buyer sends the goods to the address that stands."]
    span = view.process.clocks["buyer_return"].span
    return [
        "The buyer sends the goods to the new address. You can change it once.",
        f"The buyer’s {span} to send them begin anew.",
    ]


def filing(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What a filing starts."""
    currency = view.file.the_order.agreement.currency
    total = sum(item.amount_minor for item in items_of(cleaned))
    return [
        f"You ask for {Money(total, currency)}. The money stays held meanwhile.",
        f"The seller has {view.process.clocks['seller_response'].span} to answer; "
        "if nothing comes, your request is carried out.",
    ]


def items_of(cleaned: Cleaned) -> tuple[Item, ...]:
    """The items of a filing out of its form."""
    items = [
        Item(amount, line=int(name.removeprefix("line_")))
        for name, amount in cleaned.items()
        if name.startswith("line_") and amount
    ]
    freight = cleaned.get("freight") or 0
    return tuple([*items, Item(freight)] if freight else items)


def numbering(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What a number tells by itself, and what follows from it."""
    register = current().parcels.register
    found = examine(cleaned["waybill"], register, register.named(cleaned["carrier"]))
    told = [f"{cleaned['carrier']}, {found.number}. {found.reason}"]
    told += [f"Read with a correction: {slip}." for slip in found.slips]
    return [*told, "Both sides see it. The records under this number count from now on."]
