"""Keeping an order: payment, dispatch, amendment, cancellation, freeze, completion."""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.events import ClockEnded, ClocksPaused, ClocksResumed, MoneyMoved
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.decide.registering import Events, parcel_of, pay, time_unfit
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import NOTHING, Authority, AuthorityKind, settle
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import Sentence, sentence

# A hundred years: far enough for any test, near enough for every calendar.
FARTHEST_SANDBOX_SECONDS = 100 * 365 * 86_400


def capture_payment(file: CaseFile, command: asked.CapturePayment, _: Moment) -> Events | Refusal:
    """A further payment enters the hold."""
    return pay(file.the_order, command.payment)


def declare_dispatch(
    file: CaseFile, command: asked.DeclareDispatch, moment: Moment
) -> Events | Refusal:
    """A parcel leaves the seller."""
    parcel = parcel_of(file.the_order, command.parcel, moment.now)
    return parcel if isinstance(parcel, Refusal) else (happened.ParcelDispatched(parcel),)


def amend(file: CaseFile, command: asked.AmendOrder, moment: Moment) -> Events | Refusal:
    """Record the next version of the agreement."""
    order = file.the_order
    if command.expected_version != order.version:
        return Refusal(
            Code.VERSION_STALE,
            sentence(
                "The amendment was made against version {expected}; the order is at version "
                "{version}.",
                expected=command.expected_version,
                version=order.version,
            ),
            "Read the order again and repeat the amendment against its present version.",
            field="expected_version",
        )
    address, place = command.delivery_address, command.delivery_place
    amended = happened.OrderAmended(
        order.version + 1,
        command.shipping_service,
        command.promise_days,
        address.sealed() if address else None,
        command.note.sealed(),
        place.sealed() if place else None,
        moment.now,
    )
    return (amended,)


def request_cancellation(
    file: CaseFile, command: asked.RequestCancellation, moment: Moment
) -> Events | Refusal:
    """The first request counts; a second is refused.

    A buyer asks now; the marketplace may report when it was asked, between the order and now.
    """
    earlier = file.the_order.cancellation_requested_at
    if earlier is not None:
        return _already(
            sentence("The buyer already asked to cancel, at {asked_at}.", asked_at=earlier)
        )
    if moment.actor.role is Role.BUYER:
        return (happened.CancellationRequested(moment.now),)
    ordered_at = file.the_order.agreement.ordered_at
    if not ordered_at <= command.requested_at <= moment.now:
        return time_unfit(
            "requested_at",
            sentence("Expected a time between {ordered_at} and now.", ordered_at=ordered_at),
        )
    return (happened.CancellationRequested(command.requested_at),)


def freeze(file: CaseFile, command: asked.FreezeOrder, moment: Moment) -> Events | Refusal:
    """Stop the money and every running clock; the freeze itself has an end."""
    paused = tuple(clock.kind for clock in file.clocks())
    limit = moment.clock("freeze_limit", Role.OPERATOR)
    frozen = happened.OrderFrozen(command.reason.sealed())
    return (frozen, *([ClocksPaused(paused)] if paused else []), limit)


def unfreeze(file: CaseFile, command: asked.UnfreezeOrder, _: Moment) -> Events | Refusal:
    """Let everything run again before the freeze runs out."""
    return (ClockEnded("freeze_limit", Ending.SATISFIED), *thaw(file, command))


def thaw(file: CaseFile, command: asked.UnfreezeOrder | None) -> Events:
    """The events of a thaw, by command or because the freeze ran out."""
    paused = tuple(clock.kind for clock in file.clocks() if clock.paused_at)
    reason = command.reason.sealed() if command else None
    return (happened.OrderUnfrozen(reason), *([ClocksResumed(paused)] if paused else []))


def complete(file: CaseFile, _: asked.CompleteOrder, __: Moment) -> Events | Refusal:
    """Release what is held to the seller.

    Refuses: while a dispute is open, and when nothing is held.
    """
    if file.open_dispute is not None:
        return Refusal(
            Code.DISPUTE_BLOCKS,
            sentence(
                "Dispute {number} is open; nothing is released meanwhile.",
                number=file.open_dispute.number,
            ),
            "Wait until the dispute is closed; the rest is released with it.",
        )
    if not file.balances.held:
        return _already(sentence("Nothing is held for this order any more."))
    order = file.the_order
    authority = Authority(AuthorityKind.COMPLETION, f"{order.id}:completion")
    transfers = settle(file.balances, NOTHING, order.agreement.fee_basis_points)
    moved = MoneyMoved(order.agreement.currency, transfers, authority)
    return (happened.OrderCompleted(), moved)


def move_sandbox_clock(
    file: CaseFile, command: asked.MoveSandboxClock, _: Moment
) -> Events | Refusal:
    """Let time pass for this order. Only test mode ever offers this command.

    Refuses: more than a hundred years in all.
    """
    if file.the_order.sandbox_offset_seconds + command.seconds > FARTHEST_SANDBOX_SECONDS:
        return time_unfit("seconds", sentence("Expected a time at most a hundred years ahead."))
    return (happened.SandboxClockMoved(command.seconds),)


def _already(why: Sentence) -> Refusal:
    return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
