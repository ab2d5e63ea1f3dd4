"""Filing a dispute: the window, what a filing must contain, and where it goes."""

from datetime import datetime, timedelta

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.exhibits import submitted
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase, Terms
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders.state import Order
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.process import Limits
from fairhold.core.values.money import Money
from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.sentence import Sentence, sentence

FIRST_PLAN = "buyer-1"


def open_dispute(file: CaseFile, command: asked.OpenDispute, moment: Moment) -> Events | Refusal:
    """Open a dispute; the money stays held.

    Refuses: too early, something undispatched, nothing held, an incomplete filing, an amount that
    is not above zero and at most what was paid.
    Source: "AliExpress dispute handling process and guidelines", submission of a dispute.
    """
    refusal = _window(file, moment) or _completeness(command)
    if refusal:
        return refusal
    refund = _claimed(file, command.items)
    if isinstance(refund, Refusal):
        return refund
    exhibits = submitted((), command.evidence, Role.BUYER, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    to_platform = goes_to_platform(file, command.reason)
    opened = happened.DisputeOpened(
        command.dispute_id,
        command.number,
        command.reason,
        command.subcase,
        to_platform,
        command.items,
        command.description.sealed(),
        command.wanted.sealed(),
    )
    payer = command.return_freight or Role.BUYER
    terms = Terms(
        command.kind, refund, payer if command.kind is Kind.RETURN_AND_REFUND else None, None
    )
    plan = happened.PlanProposed(FIRST_PLAN, Role.BUYER, terms)
    return (opened, plan, *exhibits, *_route(moment, to_platform=to_platform))


def opens_at(order: Order, limits: Limits) -> datetime | None:
    """When a dispute may be filed; None while something is undispatched.

    A virtual order has nothing to send: its window opens with the order.
    Source: "AliExpress dispute handling process and guidelines", filing window.
    """
    if order.agreement.flags.virtual:
        return order.agreement.ordered_at
    dispatched_at = order.all_dispatched_at()
    if dispatched_at is None:
        return None
    if order.agreement.promise_days < limits.short_promise_under_days:
        return dispatched_at
    return dispatched_at + timedelta(days=limits.filing_opens_after_days)


def _window(file: CaseFile, moment: Moment) -> Refusal | None:
    order, limits = file.the_order, moment.process.limits
    if not file.balances.held:
        return Refusal(
            Code.NOTHING_HELD,
            "There is no money on hold for this order, so there is nothing to decide about.",
            "If you paid and see this, ask the marketplace whether the payment was captured.",
        )
    opening = opens_at(order, limits)
    if opening is None:
        left = sum(order.undispatched().values())
        return Refusal(
            Code.NOT_DISPATCHED,
            sentence(
                "{left} unit(s) of this order have not been dispatched, so the time has not begun.",
                left=left,
            ),
            "Ask for cancellation instead, or wait until everything is dispatched.",
            clause="filing_window",
        )
    if moment.now < opening:
        return Refusal(
            Code.WINDOW_NOT_OPEN,
            sentence(
                "A dispute may be opened {days} days after everything was dispatched. That moment "
                "has not come.",
                days=limits.filing_opens_after_days,
            ),
            sentence("Come back at or after {opens_at}.", opens_at=opening),
            clause="filing_window",
            details={"opens_at": opening.isoformat()},
        )
    return None


def _completeness(command: asked.OpenDispute) -> Refusal | None:
    if not command.description.text.strip():
        return _no_text("description", sentence("Expected a text in “description”, got none."))
    if not command.wanted.text.strip():
        return _no_text("wanted", sentence("Expected a text in “wanted”, got none."))
    if command.return_freight not in (None, *PARTIES):
        return Refusal(
            Code.FREIGHT_UNFIT,
            "Expected the buyer or the seller to pay the return freight.",
            "Name one of the two sides.",
            field="return_freight",
        )
    return subcase_refusal(command.reason, command.subcase) or evidence_refusal(
        command.reason, shown=bool(command.evidence)
    )


def _no_text(name: str, why: Sentence) -> Refusal:
    return Refusal(
        Code.DESCRIPTION_MISSING,
        why,
        "Say in your own words what happened and what you want.",
        clause="filing_parts",
        field=name,
    )


def goes_to_platform(file: CaseFile, reason: Reason) -> bool:
    """Whether the platform decides without asking the seller: a worry-free parcel did not come."""
    return file.the_order.agreement.flags.worry_free and reason is Reason.NOT_RECEIVED


def evidence_refusal(reason: Reason, *, shown: bool) -> Refusal | None:
    """Only a parcel that never came may be claimed without showing anything."""
    if shown or reason is Reason.NOT_RECEIVED:
        return None
    return Refusal(
        Code.EVIDENCE_MISSING,
        "Expected at least one file that shows the matter, got none.",
        "Add a photo, a video or a document.",
        clause="filing_parts",
        field="evidence",
    )


def subcase_refusal(reason: Reason, subcase: Subcase) -> Refusal | None:
    """A subcase belongs to “not as agreed” and to nothing else."""
    if (reason is Reason.NOT_AS_AGREED) == (subcase is not Subcase.NONE):
        return None
    return Refusal(
        Code.SUBCASE_UNFIT,
        sentence(
            "Reason '{reason}' does not go with subcase '{subcase}'.",
            reason=reason,
            subcase=subcase,
        ),
        "Name a subcase for goods that are not as agreed, and “none” for the other reasons.",
        clause="filing_reasons",
        field="subcase",
    )


def _claimed(file: CaseFile, items: tuple[Item, ...]) -> Refund | Refusal:
    """The requested refund: the sum of the items, each within what its line or the freight cost."""
    order = file.the_order
    lines = {line.number: line for line in order.agreement.lines}
    claimed: dict[int | None, int] = {}
    for item in items:
        line = lines.get(item.line) if item.line is not None else None
        if item.line is not None and line is None:
            return _item_unfit(sentence("There is no line {line} in this order.", line=item.line))
        ceiling = line.price_minor if line else order.paid_freight_minor
        claimed[item.line] = claimed.get(item.line, 0) + item.amount_minor
        if item.amount_minor <= 0 or claimed[item.line] > ceiling:
            return _item_unfit(_beyond(item.line, Money(ceiling, order.agreement.currency)))
        if line and item.pieces is not None and not 0 < item.pieces <= line.pieces:
            return _item_unfit(
                sentence("Line {line} has {pieces} pieces.", line=item.line, pieces=line.pieces)
            )
    freight = claimed.pop(None, 0)
    return within_hold(file, Refund(sum(claimed.values()), freight), field="items")


def within_hold(file: CaseFile, refund: Refund, *, field: str) -> Refund | Refusal:
    """The refund if it is above zero and covered, goods and freight apart, by what is held."""
    balances, currency = file.balances, file.the_order.agreement.currency
    covered = (
        0 <= refund.goods_minor <= balances.held_goods
        and 0 <= refund.freight_minor <= balances.held_freight
    )
    if covered and refund.total_minor > 0:
        return refund
    goods, freight = Money(balances.held_goods, currency), Money(balances.held_freight, currency)
    return Refusal(
        Code.AMOUNT_OUT_OF_RANGE,
        sentence(
            "Expected an amount above zero and up to {goods} for goods and {freight} for "
            "freight; got {got_goods} and {got_freight}.",
            goods=goods,
            freight=freight,
            got_goods=Money(refund.goods_minor, currency),
            got_freight=Money(refund.freight_minor, currency),
        ),
        "Ask for an amount within what was paid.",
        clause="filing_amount",
        field=field,
    )


def _beyond(line: int | None, top: Money) -> Sentence:
    if line is None:
        return sentence("Expected an amount above zero and up to {top} for the freight.", top=top)
    return sentence(
        "Expected an amount above zero and up to {top} for line {line}.", top=top, line=line
    )


def _item_unfit(why: Sentence) -> Refusal:
    what_now = sentence(
        "Name each line by its number with an amount in minor units; freight has no line."
    )
    return Refusal(Code.ITEM_UNFIT, why, what_now, clause="filing_amount", field="items")


def _route(moment: Moment, *, to_platform: bool) -> Events:
    """Non-receipt of a worry-free parcel goes to the platform at once; all else to the seller."""
    if to_platform:
        return (
            happened.PlatformSteppedIn("worry_free"),
            moment.clock("platform_proposal", Role.SPECIALIST),
        )
    return (
        moment.clock("seller_response", Role.SELLER),
        moment.clock("platform_entry", Role.PLATFORM),
    )
