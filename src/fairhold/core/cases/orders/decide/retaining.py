"""How long the words and files of a case are kept, what holds them longer, and how they go.

The journal stays for ever: it holds digests. What goes are the texts and the bytes beside it.
Source: "Alibaba disputes: preserving evidence in correspondence", article 6.1; the E-Commerce Law
of China asks for three years from completion.
"""

from datetime import datetime, timedelta

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.decide.registering import Events
from fairhold.core.cases.orders.state import Hold
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.sentence import Sentence, sentence

SHORTEST_RETENTION = timedelta(days=1_096)
# Between the notice of the date and the deletion both sides can export.
SHORTEST_NOTICE = timedelta(days=30)
# Why material goes.
AFTER_RETENTION, ON_REQUEST = "retention_over", "erasure_request"


def use_ended_at(file: CaseFile) -> datetime | None:
    """When the use of the dispute centre ended; None while it is used, or never was."""
    return file.dispute.closed_at if file.dispute is not None else None


def place_hold(file: CaseFile, command: asked.PlaceHold, moment: Moment) -> Events | Refusal:
    """Keep everything of this order for a legal claim, whatever its age.

    Refuses: a second hold, a review that is not to come.
    """
    if file.the_order.hold is not None:
        return _done(sentence("A legal hold stands on this order already."))
    if command.review_at <= moment.now:
        why = sentence(
            "Expected a day to come on which the hold is looked at again, got a past one."
        )
        return Refusal(Code.TIME_UNFIT, why, "Name a later day.", field="review_at")
    hold = Hold(command.claim.sealed(), moment.now, command.review_at, moment.actor.id)
    return (happened.HoldPlaced(hold),)


def lift_hold(file: CaseFile, command: asked.LiftHold, _: Moment) -> Events | Refusal:
    """End the legal hold."""
    if file.the_order.hold is None:
        return _done(sentence("No legal hold stands on this order."))
    return (happened.HoldLifted(command.reasons.sealed()),)


def announce(file: CaseFile, command: asked.AnnounceDeletion, moment: Moment) -> Events | Refusal:
    """Tell both sides from when on the material of the case may be deleted.

    Refuses: while the case runs, a date earlier than the law or the notice allows, the same again.
    """
    ended = use_ended_at(file)
    if ended is None or file.open_dispute is not None:
        return _blocked()
    earliest = max(ended + SHORTEST_RETENTION, moment.now + SHORTEST_NOTICE)
    if command.delete_after < earliest:
        why = sentence("Expected a date from {earliest} on, got an earlier one.", earliest=earliest)
        what_now = sentence("Keep the material for the time that the longest rule asks for.")
        return Refusal(Code.RETENTION_RUNNING, why, what_now, field="delete_after")
    if file.the_order.delete_after == command.delete_after:
        return _done(sentence("Both sides know this date."))
    return (happened.DeletionAnnounced(command.delete_after),)


def purge(file: CaseFile, command: asked.PurgeMaterial, moment: Moment) -> Events | Refusal:
    """Put on record which texts and files go, by id and digest; the bytes go after the commit.

    Refuses: while the case runs, under a legal hold, before the announced date; for an erasure
    request the date does not matter, the hold does.
    """
    order, ended = file.the_order, use_ended_at(file)
    if file.open_dispute is not None or (ended is None and command.why == AFTER_RETENTION):
        return _blocked()
    if order.hold is not None:
        why = sentence(
            "A legal hold stands on this order; it is reviewed on {day}.",
            day=order.hold.review_at.date(),
        )
        what_now = sentence("Wait for the end of the hold, or have it lifted.")
        return Refusal(Code.LEGAL_HOLD, why, what_now, details={"review_at": _text(order.hold)})
    if command.why == AFTER_RETENTION:
        told = order.delete_after
        if told is None or moment.now < told or (ended and told < ended + SHORTEST_RETENTION):
            why = sentence("Both sides have to be told the date first, and it has to be over.")
            return Refusal(Code.RETENTION_RUNNING, why, "Let the worker announce it, then wait.")
    if not command.texts and not command.files:
        return _done(sentence("Nothing of this case is left to delete."))
    return (happened.MaterialPurged(command.why, command.texts, command.files, moment.now),)


def _text(hold: Hold) -> str:
    return hold.review_at.isoformat()


def _blocked() -> Refusal:
    why = sentence("The case is not closed; what it rests on stays.")
    return Refusal(Code.DISPUTE_BLOCKS, why, "Wait until the dispute is closed.")


def _done(why: Sentence) -> Refusal:
    return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
