"""What was said elsewhere: brought in, confirmed, contested. Whether it counts is weighed apart."""

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.exhibits import submitted
from fairhold.core.cases.disputes.state import Dispute
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.evidence.outside import MOST_OUTSIDE, Channel, Outside
from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.sentence import sentence


def file_outside(file: CaseFile, command: asked.FileOutside, moment: Moment) -> Events | Refusal:
    """Bring in an exchange. Who files one as a side of the case stands for it.

    A phone call is a note, everything else comes with the thing itself.
    Refuses: too many, a time that is not past, no file where one is needed, a file that is not
    there or belongs to another exchange.
    """
    dispute, side = file.the_dispute, moment.actor.role
    refusal = _unfit(dispute, command, moment)
    if refusal:
        return refusal
    exhibits = submitted(dispute.exhibits, command.evidence, side, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    new = tuple(one.number for event in exhibits for one in event.exhibits)
    outside = Outside(
        number=len(dispute.outside) + 1,
        channel=command.channel,
        side=side,
        exhibits=(*command.exhibits, *new),
        summary=command.summary.sealed(),
        filed_at=moment.now,
        happened_at=command.happened_at,
        confirmed_by=(side,) if _stands_for_it(command, side) else (),
        mail=command.mail,
    )
    return (happened.OutsideFiled(outside), *exhibits)


def _stands_for_it(command: asked.FileOutside, side: Role) -> bool:
    """Whether the side itself brought it in: nobody stands for a letter that anybody may send."""
    return side in PARTIES and (command.mail is None or command.mail.attributed)


def _unfit(dispute: Dispute, command: asked.FileOutside, moment: Moment) -> Refusal | None:
    if len(dispute.outside) >= MOST_OUTSIDE:
        why = sentence(
            "This dispute has {most} exchanges from elsewhere, the most possible.",
            most=MOST_OUTSIDE,
        )
        return Refusal(Code.LIMIT_REACHED, why, "Combine what belongs together into one document.")
    if command.happened_at is not None and command.happened_at > moment.now:
        why = sentence("Expected the time at which it was said, got one that is still to come.")
        return Refusal(Code.TIME_UNFIT, why, "Enter the day it took place.", field="happened_at")
    if not command.summary.text.strip():
        why = sentence("Expected a few words on what was said, got none.")
        what_now = sentence("Say who said what to whom.")
        return Refusal(Code.DESCRIPTION_MISSING, why, what_now, field="summary")
    if command.channel is not Channel.PHONE and not (command.evidence or command.exhibits):
        why = sentence("Expected what was written elsewhere itself as a file, got none.")
        what_now = sentence("Add the message, the letter or the contract as a file.")
        return Refusal(Code.EVIDENCE_MISSING, why, what_now, field="evidence")
    return _unfit_exhibits(dispute, command, moment)


def _unfit_exhibits(dispute: Dispute, command: asked.FileOutside, moment: Moment) -> Refusal | None:
    """Named files must stand, be the side's own (the desk may name any), and be free."""
    taken = {number for one in dispute.outside for number in one.exhibits}
    side = moment.actor.role
    free = {
        one.number
        for one in dispute.exhibits
        if one.withdrawn_at is None
        and one.number not in taken
        and (side not in PARTIES or one.side is side)
    }
    unfit = sorted(set(command.exhibits) - free)
    if not unfit:
        return None
    why = sentence(
        "E{number} is no file of yours that stands and belongs to nothing else.", number=unfit[0]
    )
    return Refusal(Code.EXHIBIT_UNKNOWN, why, "Look up the number beside it.", field="exhibits")


def confirm(file: CaseFile, command: asked.ConfirmOutside, moment: Moment) -> Events | Refusal:
    """Stand for an exchange. That is final: both confirmations make it a ground for decisions.

    Refuses: an exchange that is not there, a second confirmation.
    """
    found = _found(file, command.number)
    if isinstance(found, Refusal):
        return found
    if moment.actor.role in found.confirmed_by:
        why = sentence("You have confirmed O{number} already.", number=found.number)
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (happened.OutsideConfirmed(found.number, moment.actor.role),)


def contest(file: CaseFile, command: asked.ContestOutside, moment: Moment) -> Events | Refusal:
    """Deny an exchange, with reasons.

    Refuses: an exchange that is not there, one that the side confirmed, a second denial.
    """
    found = _found(file, command.number)
    if isinstance(found, Refusal):
        return found
    side = moment.actor.role
    if side in found.confirmed_by or side in found.contested_by:
        why = sentence("You have contested O{number} already.", number=found.number)
        if side in found.confirmed_by:
            why = sentence("You have confirmed O{number} already.", number=found.number)
        return Refusal(Code.ALREADY_DONE, why, "Write a message about what you want to add.")
    if not command.reasons.text.strip():
        why = sentence("Expected why it is not genuine or not valid, got nothing.")
        return Refusal(Code.DESCRIPTION_MISSING, why, "Say what is wrong with it.", field="reasons")
    return (happened.OutsideContested(found.number, side, command.reasons.sealed()),)


def _found(file: CaseFile, number: int) -> Outside | Refusal:
    found = next((one for one in file.the_dispute.outside if one.number == number), None)
    if found is not None:
        return found
    why = sentence(
        "Expected the number of an exchange in this dispute, got O{number}.", number=number
    )
    return Refusal(Code.EXHIBIT_UNKNOWN, why, "Look up the number beside it.", field="number")
