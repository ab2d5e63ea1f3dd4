"""What an act leads to, in sentences: the page to check before anything is confirmed."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.inquiry import conforms
from fairhold.core.cases.disputes.state import Item, Kind, Plan, Terms
from fairhold.core.ledger.settlements import Refund
from fairhold.core.logistics.waybill import examine
from fairhold.core.rules.answer import Result
from fairhold.core.values.money import Money
from fairhold.core.values.roles import PARTIES, Role, other_party
from fairhold.flow.coach import needs
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.ruling import ruling_of
from fairhold.flow.speech import Text, amount, moment, of_book, say, span
from fairhold.flow.wordings import words_for
from fairhold.web.cards import split_told

Cleaned = dict[str, Any]


def nothing(_: View, __: str, ___: Cleaned) -> list[str]:
    """An act with no consequence to spell out."""
    return []


def says(*lines: Text) -> Callable[[View, str, Cleaned], list[str]]:
    """The same lines whatever the case is."""
    return lambda view, target, cleaned: [str(line) for line in lines]


def departing(view: View, _: str, __: Cleaned) -> list[str]:
    """What a second person stands for: the deed, the money, both texts."""
    found = view.file.the_dispute.departure
    if found is None:
        return [now_("No departure from the rulebook waits in this dispute.")]
    return [
        split_told(view, found.terms),
        now_("Why it departs from the rulebook:") + f" {view.text(found.reasons)}",
        now_("What both sides read:") + f" {view.text(found.terms.note)}",
        now_("It is put up in both names. Both sides read why it departs."),
    ]


def accepting(view: View, target: str, _: Cleaned) -> list[str]:
    """What acceptance leads to: the split, and whether it ends the dispute."""
    currency = view.file.the_order.agreement.currency
    plan = view.file.the_dispute.plan(target)
    if plan is None:
        return []
    both = {plan.side, *plan.accepted_by, view.viewer.role} >= {Role.BUYER, Role.SELLER}
    refund = amount(Money(plan.terms.refund.total_minor, currency))
    if plan.terms.kind is Kind.RETURN_AND_REFUND:
        accepted = now_("You accept version {version}: after the return, {refund} to the buyer.")
        lines = [accepted.format(version=plan.version, refund=refund), split_told(view, plan.terms)]
        lines.append(str(PAYS_RETURN[plan.terms.return_freight or Role.BUYER]))
        lines += _sending_back(view) if both else []
    else:
        accepted = now_(
            "You accept version {version}: {refund} to the buyer; nothing is sent back."
        )
        lines = [accepted.format(version=plan.version, refund=refund), split_told(view, plan.terms)]
        lines += [now_("This ends the dispute. It cannot be undone.")] if both else []
    if not both:
        lines.append(now_("It is carried out when the other side accepts it too."))
    return [*lines, *_reason_of(view, plan)]


def _sending_back(view: View) -> list[str]:
    """How long the buyer has for a return, and what follows if nothing is sent."""
    clock = view.process.clocks["buyer_return"]
    ends = now_("Negotiation ends. The buyer has {span} to send the goods back.")
    silence = of_book(view.process.name, clock.summary)
    return [ends.format(span=span(clock.span)), f"{now_('If nothing is sent by then:')} {silence}"]


def _reason_of(view: View, plan: Plan) -> list[str]:
    note = view.text(plan.terms.note)
    return [f"{now_('What the plan says of itself:')} {note}"] if note else []


PAYS_RETURN = {
    "buyer": _("The buyer pays the return freight."),
    "seller": _("The seller pays the return freight."),
    "platform": _("The platform pays the return freight."),
}


def terms(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What a plan gives, in two lines at most."""
    currency = view.file.the_order.agreement.currency
    total = amount(Money(cleaned["goods"] + cleaned["freight"], currency))
    if cleaned["kind"] == Kind.REFUND_ONLY.value:
        return [now_("Refund of {sum}. Nothing is sent back.").format(sum=total)]
    return [
        now_("Refund of {sum} after the goods have come back.").format(sum=total),
        str(PAYS_RETURN[cleaned["return_freight"]]),
    ]


def beside_own(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What a plan gives, and how far it is from what the other side asks or offers."""
    side = view.viewer.role
    other = view.file.the_dispute.standing(other_party(side)) if side in PARTIES else ()
    lines = terms(view, target, cleaned)
    if not other:
        return lines
    gap = cleaned["goods"] + cleaned["freight"] - other[0].terms.refund.total_minor
    text = now_("That is {sum} more than the plan of the other side.")
    if gap < 0:
        text = now_("That is {sum} less than the plan of the other side.")
    if gap == 0:
        text = now_("That is the same sum as in the plan of the other side.")
    currency = view.file.the_order.agreement.currency
    return [*lines, text.format(sum=amount(Money(abs(gap), currency)))]


def refusing(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What the seller's answer leads to."""
    within = span(view.process.clocks["platform_entry"].span)
    steps_in = now_("Without agreement the platform steps in within {span} of the filing.")
    return [
        *beside_own(view, target, cleaned),
        now_("Your answer stops the clock of the automatic refund."),
        steps_in.format(span=within),
    ]


def awarding(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What the award leads to."""
    told = ruling(view, target, cleaned)
    last = now_("This ends the dispute. It cannot be undone.")
    if cleaned["kind"] == Kind.RETURN_AND_REFUND.value:
        last = now_("Negotiation ends; the return begins.")
    return [*told, last]


def proving(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What these files meet, what is missing after them, by when, and what follows."""
    found = needs(current(), view.file, view.now)
    need = next((one for one in found if one.request.name == target), None)
    if need is None:
        return []
    book = view.file.the_order.book
    chosen = next((one for one in need.pieces if one.kind == cleaned["kind"]), None)
    left = [one.meaning for one in need.missing if one.kind != cleaned["kind"]]
    complete = not left if need.rule.all_needed else True
    lines = [now_("It counts as:") + f" {of_book(book, chosen.meaning)}"] if chosen else []
    if complete:
        lines.append(now_("With it the request is met:") + f" {of_book(book, need.rule.summary)}")
        lines.append(_leads_to(view, now_("That leads to:"), need.if_given))
    else:
        until = moment(need.due_at, timezone.get_current_timezone())
        missing = now_("Still missing until {when}:").format(when=until)
        lines += [f"{missing} {of_book(book, meaning)}" for meaning in left]
        lines.append(_leads_to(view, now_("Without them:"), need.if_silent))
    return [*lines, now_("Both sides and the platform see the files.")]


def _leads_to(view: View, when: str, found: Result | None) -> str:
    currency = view.file.the_order.agreement.currency
    if found is None or found.refund_minor is None:
        return f"{when} {now_('The platform weighs what there is.')}"
    refund = amount(Money(found.refund_minor, currency))
    return f"{when} {now_('{refund} to the buyer, by the rulebook.').format(refund=refund)}"


def ruling(view: View, target: str, cleaned: Cleaned) -> list[str]:
    """What a plan or an award of the desk gives, and whether it is the rulebook's."""
    lines = terms(view, target, cleaned)
    asks = ruling_of(current(), view.file, view.now)
    back = cleaned["kind"] == Kind.RETURN_AND_REFUND.value
    payer = Role(cleaned["return_freight"]) if back else None
    refund = Refund(cleaned["goods"], cleaned["freight"])
    if conforms(asks, Terms(Kind(cleaned["kind"]), refund, payer, None)):
        fits = now_("This is what the rulebook leads to, or inside what it leaves to you.")
        return [*lines, fits]
    where = words_for(asks.result.decision) if asks.decided and asks.result.decision else ""
    told = now_("The rulebook leads to “{decision}”.").format(decision=where)
    by_book = asks.result.refund_minor
    if by_book is None:
        by_book = asks.result.refund_after_return_minor
    if where and by_book is not None:
        currency = view.file.the_order.agreement.currency
        told = now_("The rulebook leads to “{decision}”, {refund} to the buyer.")
        told = told.format(decision=where, refund=amount(Money(by_book, currency)))
    return [
        *lines,
        told if where else now_("The rulebook leads to nothing yet."),
        now_("A second person has to agree before anything is put up."),
    ]


def giving_up(view: View, _: str, __: Cleaned) -> list[str]:
    """What withdrawing costs the buyer."""
    held = Money(view.file.balances.held, view.file.the_order.agreement.currency)
    lost = now_("You get no refund. What is held, {held}, is released to the seller.")
    return [lost.format(held=amount(held)), now_("This ends the dispute.")]


def confirming(view: View, _: str, __: Cleaned) -> list[str]:
    """What confirming a return pays."""
    leg, currency = view.file.the_dispute.leg, view.file.the_order.agreement.currency
    refund = amount(Money(leg.terms.refund.total_minor if leg else 0, currency))
    paid = now_("The goods are back and in order: {refund} is refunded to the buyer now.")
    return [paid.format(refund=refund), now_("This ends the dispute. It cannot be undone.")]


def addressing(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What confirming or changing the return address starts."""
    if not cleaned["changed_address"]:
        return [now_("The buyer sends the goods to the address that stands.")]
    anew = now_("The buyer’s time of {span} to send them begins anew.")
    return [
        now_("The buyer sends the goods to the new address. You can change it once."),
        anew.format(span=span(view.process.clocks["buyer_return"].span)),
    ]


def filing(view: View, _: str, cleaned: Cleaned) -> list[str]:
    """What a filing starts."""
    currency = view.file.the_order.agreement.currency
    total = amount(Money(sum(item.amount_minor for item in items_of(cleaned)), currency))
    answer = now_("The seller has {span} to answer; if nothing comes, your request is carried out.")
    lines = [
        now_("You ask for {sum}. The money stays held meanwhile.").format(sum=total),
        answer.format(span=span(view.process.clocks["seller_response"].span)),
    ]
    if cleaned["kind"] == Kind.RETURN_AND_REFUND.value:
        lines += [
            now_("You send the goods back first; {sum} comes after that.").format(sum=total),
            str(PAYS_RETURN[cleaned["return_freight"]]),
        ]
    return lines


def items_of(cleaned: Cleaned) -> tuple[Item, ...]:
    """The items of a filing out of its form."""
    items = [
        Item(amount, line=int(name.removeprefix("line_")))
        for name, amount in cleaned.items()
        if name.startswith("line_") and amount
    ]
    freight = cleaned.get("freight") or 0
    return tuple([*items, Item(freight)] if freight else items)


def numbering(*follows: Text) -> Callable[[View, str, Cleaned], list[str]]:
    """What a number tells by itself, and what follows from it."""
    return lambda view, target, cleaned: [*_read(cleaned), *map(str, follows)]


def _read(cleaned: Cleaned) -> list[str]:
    register = current().parcels.register
    found = examine(cleaned["waybill"], register, register.named(cleaned["carrier"]))
    told = [f"{cleaned['carrier']}, {found.number}. {say(found.reason)}"]
    mended = now_("Read with a correction: {slip}.")
    return [*told, *(mended.format(slip=say(slip)) for slip in found.slips)]
