"""The plan cards of buyer, seller and platform: the same rows in the same order."""

from dataclasses import dataclass

from fairhold.core.cases.disputes.state import Dispute, Kind, Plan, Terms
from fairhold.core.ledger.accounts import Account
from fairhold.core.ledger.settlements import settle
from fairhold.core.values.money import Money
from fairhold.core.values.roles import PARTIES, Role, other_party
from fairhold.flow.query import View

GOODS = {Kind.REFUND_ONLY: "The buyer keeps them", Kind.RETURN_AND_REFUND: "Go back to the seller"}
TITLES = {
    Role.BUYER: "Buyer’s plan",
    Role.SELLER: "Seller’s plan",
    Role.PLATFORM: "Platform’s plan",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One plan as a card shows it. Units: minor units."""

    plan: Plan
    refund_minor: int
    seller_minor: int
    delta: str
    goods: str
    freight: str
    adds_up: str
    state: str
    good: bool
    note: str
    can_accept: bool
    can_change: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One side's card: its plans, or why there is none yet."""

    side: str
    title: str
    name: str
    options: tuple[Option, ...]
    none_yet: str


def cards(view: View, names: dict[str, str]) -> tuple[Card, ...]:
    """The three cards, in the order that never changes."""
    dispute = view.file.the_dispute
    return tuple(_card(view, dispute, side, names) for side in (*PARTIES, Role.PLATFORM))


def _card(view: View, dispute: Dispute, side: Role, names: dict[str, str]) -> Card:
    own = side is view.viewer.role
    return Card(
        side=side.value,
        title="Your plan" if own else TITLES[side],
        name=names.get(side.value, "The dispute desk"),
        options=tuple(_option(view, dispute, plan) for plan in dispute.standing(side)),
        none_yet=_none_yet(dispute, side),
    )


def _none_yet(dispute: Dispute, side: Role) -> str:
    if side is Role.SELLER and dispute.worry_free:
        return "The platform looks into this parcel itself; the seller need not answer."
    if side is Role.SELLER:
        return "No plan yet."
    entry = dispute.clock("platform_entry")
    if entry is not None:
        return f"A specialist joins by {entry.due_at:%-d %B %Y}."
    if dispute.leg is not None or dispute.closed_at is not None:
        return "The platform put up no plan."
    return "A specialist is working on a plan."


def _option(view: View, dispute: Dispute, plan: Plan) -> Option:
    terms = plan.terms
    currency = view.file.the_order.agreement.currency
    return Option(
        plan=plan,
        refund_minor=terms.refund.total_minor,
        seller_minor=seller_gets(view, terms),
        delta=_delta(view, dispute, plan, currency),
        goods=GOODS[terms.kind],
        freight=f"Paid by the {terms.return_freight.value}" if terms.return_freight else "None",
        adds_up=_adds_up(terms, currency),
        state=_state(view, dispute, plan),
        good=bool(plan.accepted_by),
        note=view.text(terms.note) or (view.text(dispute.wanted) if plan.id == "buyer-1" else ""),
        can_accept=_can(view, "AcceptPlan")
        and plan.side is not view.viewer.role
        and view.viewer.role not in plan.accepted_by,
        can_change=_can(view, "ChangePlan") and plan.side is view.viewer.role,
    )


def seller_gets(view: View, terms: Terms) -> int:
    """What the seller receives under these terms, after the platform's fee."""
    if not view.file.balances.held:
        return 0
    fee = view.file.the_order.agreement.fee_basis_points
    transfers = settle(view.file.balances, terms.refund, fee)
    gained = sum(one.amount_minor for one in transfers if one.target is Account.SELLER_PAYABLE)
    return gained - sum(
        one.amount_minor for one in transfers if one.source is Account.SELLER_PAYABLE
    )


def _can(view: View, name: str) -> bool:
    return any(command.__name__ == name for command in view.allowed)


def _delta(view: View, dispute: Dispute, plan: Plan, currency: str) -> str:
    """The difference to the viewer's own first plan, or (for the desk) to the buyer's request."""
    role = view.viewer.role if view.viewer.role in PARTIES else Role.BUYER
    own = dispute.standing(role)
    if not own:
        return ""
    if plan.id == own[0].id:
        return "Your present plan" if role is view.viewer.role else "The request"
    gap = plan.terms.refund.total_minor - own[0].terms.refund.total_minor
    whose = "your plan" if role is view.viewer.role else "the request"
    if gap == 0:
        return f"The same sum as {whose}"
    return f"{Money(abs(gap), currency)} {'more' if gap > 0 else 'less'} than {whose}"


def _adds_up(terms: Terms, currency: str) -> str:
    goods = Money(terms.refund.goods_minor, currency)
    freight = Money(terms.refund.freight_minor, currency)
    return (
        f"{goods} for goods, {freight} for freight"
        if terms.refund.freight_minor
        else f"{goods} for goods"
    )


def _state(view: View, dispute: Dispute, plan: Plan) -> str:
    if plan.accepted_by:
        sides = " and ".join(
            "you" if side is view.viewer.role else f"the {side.value}" for side in plan.accepted_by
        )
        return f"Accepted by {sides}"
    if plan.side is Role.PLATFORM:
        return "Nobody has accepted yet"
    other = other_party(plan.side)
    if other is Role.SELLER and dispute.answered_at is not None:
        return "Not accepted by the seller"
    who = "You have" if other is view.viewer.role else f"The {other.value} has"
    return f"{who} not accepted"
