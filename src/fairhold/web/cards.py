"""The plan cards of buyer, seller and platform: the same rows in the same order."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.outlook import owes_documents
from fairhold.core.cases.disputes.state import Dispute, Kind, Plan, Terms
from fairhold.core.ledger.accounts import Account
from fairhold.core.ledger.settlements import settle
from fairhold.core.values.money import Money
from fairhold.core.values.roles import PARTIES, Role, other_party
from fairhold.flow import speech
from fairhold.flow.query import View

FREIGHT = {
    None: _("None"),
    Role.BUYER: _("Paid by the buyer"),
    Role.SELLER: _("Paid by the seller"),
    Role.PLATFORM: _("Paid by the platform"),
}
ACCEPTED = {
    "you": _("Accepted by you"),
    "buyer": _("Accepted by the buyer"),
    "seller": _("Accepted by the seller"),
}
NOT_ACCEPTED = {
    "you": _("You have not accepted"),
    "buyer": _("The buyer has not accepted"),
    "seller": _("The seller has not accepted"),
}
GOODS = {
    Kind.REFUND_ONLY: _("Nothing is sent back"),
    Kind.RETURN_AND_REFUND: _("Go back to the seller"),
}
TITLES = {
    Role.BUYER: _("Buyer’s plan"),
    Role.SELLER: _("Seller’s plan"),
    Role.PLATFORM: _("Platform’s plan"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One plan as a card shows it. Units: minor units."""

    plan: Plan
    refund_minor: int
    seller_minor: int
    fee_minor: int
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
        title=now_("Your plan") if own else str(TITLES[side]),
        name=names.get(side.value) or now_("The dispute desk"),
        options=tuple(_option(view, dispute, plan) for plan in dispute.standing(side)),
        none_yet=_none_yet(dispute, side),
    )


def _none_yet(dispute: Dispute, side: Role) -> str:
    if side is Role.SELLER and dispute.worry_free and not owes_documents(dispute, side):
        return now_("The platform looks into this parcel itself; the seller need not answer.")
    if side is Role.SELLER:
        answer = dispute.clock("seller_response")
        if answer is None:
            return now_("No plan yet.")
        return now_("No plan yet. Answer due {day}.").format(day=_day(answer.due_at))
    entry = dispute.clock("platform_entry")
    if entry is not None:
        return now_("A specialist joins by {day}.").format(day=_day(entry.due_at))
    if dispute.leg is not None or dispute.closed_at is not None:
        return now_("The platform put up no plan.")
    return now_("A specialist is working on a plan.")


def _option(view: View, dispute: Dispute, plan: Plan) -> Option:
    terms = plan.terms
    currency = view.file.the_order.agreement.currency
    split = split_of(view, terms)
    return Option(
        plan=plan,
        refund_minor=terms.refund.total_minor,
        seller_minor=split.seller_minor,
        fee_minor=split.fee_minor,
        delta=_delta(view, dispute, plan, currency),
        goods=str(GOODS[terms.kind]),
        freight=str(FREIGHT[terms.return_freight]),
        adds_up=_adds_up(dispute, plan, currency),
        state=_state(view, dispute, plan),
        good=bool(plan.accepted_by),
        note=view.text(terms.note) or (view.text(dispute.wanted) if plan.id == "buyer-1" else ""),
        can_accept=_can(view, "AcceptPlan")
        and plan.side is not view.viewer.role
        and view.viewer.role not in plan.accepted_by,
        can_change=_can(view, "ChangePlan") and plan.side is view.viewer.role,
    )


@dataclass(frozen=True, slots=True)
class Split:
    """Who gets what of the money that is held. Units: minor units."""

    buyer_minor: int
    seller_minor: int
    fee_minor: int


def split_of(view: View, terms: Terms) -> Split:
    """What the seller receives under these terms after the platform's fee, and that fee."""
    refund = terms.refund.total_minor
    if not view.file.balances.held:
        return Split(refund, 0, 0)
    basis_points = view.file.the_order.agreement.fee_basis_points
    transfers = settle(view.file.balances, terms.refund, basis_points)
    released = sum(one.amount_minor for one in transfers if one.target is Account.SELLER_PAYABLE)
    fee = sum(one.amount_minor for one in transfers if one.target is Account.PLATFORM_FEES)
    return Split(refund, released - fee, fee)


def split_told(view: View, terms: Terms) -> str:
    """“In money: …”: the split under these terms, in words."""
    split = split_of(view, terms)
    currency = view.file.the_order.agreement.currency
    return speech.in_money(currency, split.buyer_minor, split.seller_minor, split.fee_minor)


def _can(view: View, name: str) -> bool:
    return any(command.__name__ == name for command in view.allowed)


def _delta(view: View, dispute: Dispute, plan: Plan, currency: str) -> str:
    """The difference to the viewer's own first plan, or (for the desk) to the buyer's request."""
    role = view.viewer.role if view.viewer.role in PARTIES else Role.BUYER
    own = dispute.standing(role)
    if not own:
        return ""
    mine = role is view.viewer.role
    if plan.id == own[0].id:
        return now_("Your present plan") if mine else now_("The request")
    gap = plan.terms.refund.total_minor - own[0].terms.refund.total_minor
    if gap == 0:
        return now_("The same sum as your plan") if mine else now_("The same sum as the request")
    text = _gap(more=gap > 0, mine=mine)
    return text.format(sum=speech.amount(Money(abs(gap), currency)))


def _gap(*, more: bool, mine: bool) -> str:
    if mine:
        return now_("{sum} more than your plan") if more else now_("{sum} less than your plan")
    return now_("{sum} more than the request") if more else now_("{sum} less than the request")


def _day(moment: datetime) -> str:
    return speech.isolated(speech.day(moment, timezone.get_current_timezone()))


def _adds_up(dispute: Dispute, plan: Plan, currency: str) -> str:
    terms = plan.terms
    goods = _by_pieces(dispute, plan, currency)
    goods = goods or speech.amount(Money(terms.refund.goods_minor, currency))
    freight = speech.amount(Money(terms.refund.freight_minor, currency))
    if terms.refund.freight_minor:
        text = now_("{goods} for goods, {freight} for freight")
        return text.format(goods=goods, freight=freight)
    return now_("{goods} for goods").format(goods=goods)


def _by_pieces(dispute: Dispute, plan: Plan, currency: str) -> str:
    """“9 × USD 18.40 = USD 165.60”, where the buyer counted pieces and asks for all of them."""
    claimed = [one for one in dispute.items if one.line is not None]
    total = sum(one.amount_minor for one in claimed)
    whole = all(one.pieces and one.amount_minor % one.pieces == 0 for one in claimed)
    if plan.side is not Role.BUYER or not whole or total != plan.terms.refund.goods_minor:
        return ""
    each = [
        f"{one.pieces} × {speech.amount(Money(one.amount_minor // (one.pieces or 1), currency))}"
        for one in claimed
    ]
    whole_sum = speech.amount(Money(total, currency))
    return speech.isolated(f"{' + '.join(each)} = {whole_sum}") if each else ""


def _state(view: View, dispute: Dispute, plan: Plan) -> str:
    if plan.accepted_by:
        return str(ACCEPTED[_voice(plan.accepted_by[-1], view)])
    if plan.side is Role.PLATFORM:
        return now_("Nobody has accepted yet")
    other = other_party(plan.side)
    if other is Role.SELLER and dispute.answered_at is not None:
        mine = other is view.viewer.role
        return now_("You refused it") if mine else now_("Refused by the seller")
    return str(NOT_ACCEPTED[_voice(other, view)])


def _voice(side: Role, view: View) -> str:
    return "you" if side is view.viewer.role else side.value
