"""The official chat of an order, and changes of its terms, which need both sides."""

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.messages import unfit_message
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.decide.registering import Events
from fairhold.core.cases.orders.state import Amendment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE, MOST_FILES_OF_A_SIDE, exhibit_of
from fairhold.core.values.sentence import sentence


def write(file: CaseFile, command: asked.WriteMessage, moment: Moment) -> Events | Refusal:
    """Write into the chat of the order. It binds nobody and stops no clock.

    Refuses: too many messages or files, a reply to no message.
    """
    order = file.the_order
    refusal = unfit_message(order.messages, command.reply_to)
    if refusal:
        return refusal
    of_side = sum(1 for one in order.attachments if one.side is moment.actor.role)
    coming = len(command.evidence)
    if coming > MOST_FILES_AT_ONCE or of_side + coming > MOST_FILES_OF_A_SIDE:
        why = sentence(
            "Expected at most {most} files at once and {in_all} in all from one side; you "
            "have {present} and sent {sent}.",
            most=MOST_FILES_AT_ONCE,
            in_all=MOST_FILES_OF_A_SIDE,
            present=of_side,
            sent=coming,
        )
        return Refusal(Code.EXHIBIT_LIMIT, why, "Send the files that matter.", field="evidence")
    first = len(order.attachments) + 1
    attached = tuple(
        exhibit_of(one, first + place, moment.actor.role, moment.now)
        for place, one in enumerate(command.evidence)
    )
    written = happened.MessageWritten(
        text=command.text.sealed(),
        tag=command.tag,
        language=command.language,
        reply_to=command.reply_to,
        attachments=attached or None,
    )
    return (written,)


def propose(file: CaseFile, command: asked.ProposeAmendment, moment: Moment) -> Events | Refusal:
    """Propose other terms. Nothing changes until the other side agrees.

    Refuses: no term at all, an unanswered proposal.
    """
    order = file.the_order
    if order.amendment is not None:
        why = sentence(
            "Change of terms {number} waits for its answer.", number=order.amendment.number
        )
        what_now = sentence("Answer or withdraw it first.")
        return Refusal(Code.AMENDMENT_OPEN, why, what_now, "outside")
    terms = (command.shipping_service, command.promise_days, command.delivery_address)
    if all(term is None for term in terms):
        why = sentence(
            "Expected another shipping service, promise or delivery address, got none of them."
        )
        what_now = sentence("Name what is to change; anything else is a message.")
        return Refusal(Code.AMENDMENT_UNFIT, why, what_now, field="terms")
    address, place = command.delivery_address, command.delivery_place
    amendment = Amendment(
        number=order.amendments_proposed + 1,
        side=moment.actor.role,
        against_version=order.version,
        shipping_service=command.shipping_service,
        promise_days=command.promise_days,
        delivery_address=address.sealed() if address else None,
        delivery_place=place.sealed() if place else None,
        note=command.note.sealed(),
    )
    return (happened.AmendmentProposed(amendment),)


def accept(file: CaseFile, command: asked.AcceptAmendment, moment: Moment) -> Events | Refusal:
    """Agree to the other side's terms: they become the next version of the agreement.

    Refuses: a proposal that does not wait, an own one, one against an older version.
    """
    found = _waiting(file, command.number)
    if isinstance(found, Refusal):
        return found
    if found.side is moment.actor.role:
        why = sentence("The change of terms is your own; the other side has to agree.")
        return Refusal(Code.AMENDMENT_UNFIT, why, "Wait for the answer, or withdraw it.")
    order = file.the_order
    if found.against_version != order.version:
        why = sentence(
            "The terms moved on to version {version} since this was proposed.",
            version=order.version,
        )
        return Refusal(Code.VERSION_STALE, why, "Let it be proposed again against these terms.")
    amended = happened.OrderAmended(
        order.version + 1,
        found.shipping_service,
        found.promise_days,
        found.delivery_address,
        found.note,
        found.delivery_place,
        moment.now,
    )
    return (happened.AmendmentAccepted(found.number, moment.actor.role), amended)


def decline(file: CaseFile, command: asked.DeclineAmendment, moment: Moment) -> Events | Refusal:
    """Say no to the other side's terms, or take back one's own."""
    found = _waiting(file, command.number)
    if isinstance(found, Refusal):
        return found
    return (happened.AmendmentDeclined(found.number, moment.actor.role),)


def _waiting(file: CaseFile, number: int) -> Amendment | Refusal:
    found = file.the_order.amendment
    if found is not None and found.number == number:
        return found
    why = sentence(
        "Expected the number of a change of terms that waits for its answer, got {number}.",
        number=number,
    )
    return Refusal(Code.AMENDMENT_UNFIT, why, "Read the order again.", field="number")
