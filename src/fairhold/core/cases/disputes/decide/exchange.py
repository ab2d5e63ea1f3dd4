"""What the sides say and show. None of it stops a clock."""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.exhibits import submitted
from fairhold.core.cases.disputes.decide.filing import (
    evidence_refusal,
    goes_to_platform,
    subcase_refusal,
)
from fairhold.core.cases.disputes.decide.review import entered
from fairhold.core.cases.disputes.inquiry import may_be_found, may_be_stated
from fairhold.core.cases.disputes.state import Dispute, Finding, State, Statement
from fairhold.core.cases.disputes.weighing import Weight, weigh
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.messages import unfit_message
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.rules.vocabulary import KnownFrom
from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.sentence import sentence


def post_message(file: CaseFile, command: asked.PostMessage, moment: Moment) -> Events | Refusal:
    """Say something; only accepting or refusing is an answer.

    Refuses: when the dispute has reached its number of messages, a reply to no message, too many
    files.
    """
    dispute = file.the_dispute
    refusal = unfit_message(dispute.messages, command.reply_to)
    if refusal:
        return refusal
    exhibits = submitted(dispute.exhibits, command.evidence, moment.actor.role, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    attached = tuple(one.number for event in exhibits for one in event.exhibits)
    posted = happened.MessagePosted(
        text=command.text.sealed(),
        tag=command.tag,
        language=command.language,
        reply_to=command.reply_to,
        attachments=attached or None,
    )
    return (posted, *exhibits)


def add_evidence(file: CaseFile, command: asked.AddEvidence, moment: Moment) -> Events | Refusal:
    """Submit files.

    Refuses: no file, or too many, or as a kind of document that this side does not file.
    """
    if not command.evidence:
        return Refusal(
            Code.EVIDENCE_MISSING,
            "Expected at least one file, got none.",
            "Choose the file and send it again.",
            field="evidence",
        )
    side = moment.actor.role
    named = (one.kind for one in command.evidence if one.kind)
    unfit = next((kind for kind in named if not _files(moment, side, kind)), None)
    if unfit is not None and side in PARTIES:
        return _no_kind_of(side, unfit)
    present = file.the_dispute.exhibits
    return submitted(present, command.evidence, moment.actor.role, moment.now)


def withdraw_evidence(
    file: CaseFile, command: asked.WithdrawEvidence, moment: Moment
) -> Events | Refusal:
    """Withdraw an own file. It stays on record, marked as withdrawn.

    Refuses: a file of another side, or one already withdrawn.
    """
    own = next(
        (
            exhibit
            for exhibit in file.the_dispute.exhibits
            if exhibit.number == command.exhibit and exhibit.side is moment.actor.role
        ),
        None,
    )
    if own is None:
        why = sentence(
            "Expected the number of a file of yours, got E{number}.", number=command.exhibit
        )
        what_now = sentence("Look up the number beside the file.")
        return Refusal(Code.EXHIBIT_UNKNOWN, why, what_now, field="exhibit")
    if own.withdrawn_at is not None:
        why = sentence(
            "E{number} was withdrawn at {withdrawn_at}.",
            number=own.number,
            withdrawn_at=own.withdrawn_at,
        )
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    reasons = command.reasons.sealed() if command.reasons else None
    return (happened.EvidenceWithdrawn(own.number, moment.now, reasons),)


def record_finding(
    file: CaseFile, command: asked.RecordFinding, moment: Moment
) -> Events | Refusal:
    """Establish a fact over exhibits.

    An operator hands over what a carrier's record says; everything else a specialist weighs.
    Refuses: an exhibit that is not there or was withdrawn, missing reasons, the very same finding,
    a fact that this role does not establish, an exhibit that does not count, files that one side
    alone may see as the only ground.
    Source: "AliExpress dispute handling process and guidelines", guidelines for awards.
    """
    dispute = file.the_dispute
    refusal = _not_by(moment, command.fact)
    if refusal:
        return refusal
    there = {one.number for one in dispute.exhibits if one.withdrawn_at is None}
    unknown = sorted(set(command.exhibits) - there)
    if unknown:
        why = sentence(
            "E{number} is no piece of evidence in this dispute, or it was withdrawn.",
            number=unknown[0],
        )
        return Refusal(Code.EXHIBIT_UNKNOWN, why, "Name exhibits that stand.", field="exhibits")
    refusal = _no_ground(dispute, command, moment)
    if refusal:
        return refusal
    if not command.reasons.text.strip():
        why = sentence("Expected the reasons of the finding, got none.")
        what_now = sentence("Say what the exhibits show.")
        return Refusal(Code.DESCRIPTION_MISSING, why, what_now, field="reasons")
    same = (command.fact, command.value, command.exhibits)
    if same in {(one.fact, one.value, one.exhibits) for one in dispute.findings}:
        why = sentence("This finding is already on record.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    finding = Finding(
        fact=command.fact,
        value=command.value,
        exhibits=command.exhibits,
        reasons=command.reasons.sealed(),
        by=moment.actor.id,
        at=moment.now,
        role=moment.actor.role,
    )
    return (happened.FindingRecorded(finding),)


def _no_ground(dispute: Dispute, command: asked.RecordFinding, moment: Moment) -> Refusal | None:
    """The refusal where the named exhibits cannot carry a finding."""
    known = weigh(dispute, moment.book) if moment.book else {}
    weights = {number: weight for number, weight in known.items() if number in command.exhibits}
    ignored = [
        number
        for number, weight in weights.items()
        if weight in (Weight.UNCONFIRMED, Weight.CONTESTED)
    ]
    if ignored:
        why = sentence(
            "E{number} was said elsewhere, and not both sides stand for it.", number=ignored[0]
        )
        what_now = sentence("Ask the other side to confirm it, or name exhibits that count.")
        return Refusal(Code.EXHIBIT_IGNORED, why, what_now, "outside", "exhibits")
    if weights and set(weights.values()) == {Weight.PLATFORM_ONLY}:
        why = sentence(
            "Every exhibit that was named is for the platform only; the other side cannot answer."
        )
        what_now = sentence("Name an exhibit that both sides can see as well.")
        return Refusal(Code.EXHIBIT_HIDDEN, why, what_now, None, "exhibits")
    return None


def _not_by(moment: Moment, fact: str) -> Refusal | None:
    """The refusal where the rulebook has no such fact, or not for this role."""
    rule = moment.book.facts.get(fact) if moment.book else None
    if rule is None or not may_be_found(rule):
        why = sentence("{fact!r} is no fact that a person establishes.", fact=fact)
        return Refusal(Code.FACT_UNFIT, why, "Choose a fact of the rulebook.", field="fact")
    if moment.actor.role is Role.OPERATOR and rule.known_from is not KnownFrom.TRACKING:
        why = sentence("{fact!r} does not stand in a carrier's record.", fact=fact)
        return Refusal(Code.FACT_UNFIT, why, "A specialist has to establish it.", field="fact")
    return None


def state_fact(file: CaseFile, command: asked.StateFact, moment: Moment) -> Events | Refusal:
    """A side says what it knows of a fact; what both say alike needs no proof.

    Refuses: a fact that the sides cannot agree on, the same word twice.
    """
    rule = moment.book.facts.get(command.fact) if moment.book else None
    if rule is None or not may_be_stated(rule):
        why = sentence("{fact!r} is no fact that the two sides can agree on.", fact=command.fact)
        return Refusal(Code.FACT_UNFIT, why, "Choose one that the case asks for.", field="fact")
    said = Statement(command.fact, command.value, moment.actor.role, moment.now)
    before = {(one.fact, one.value, one.side) for one in file.the_dispute.statements}
    if (said.fact, said.value, said.side) in before:
        why = sentence("You have said this before.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (happened.FactStated(said),)


def name_evidence(file: CaseFile, command: asked.NameEvidence, moment: Moment) -> Events | Refusal:
    """Say what kind of document a file is: its owner, or a specialist who has looked at it.

    When it was submitted does not change.
    Refuses: a file of another side, a kind that its owner cannot file, the same kind again.
    """
    found = _in_hand(file, command.exhibit, moment.actor.role)
    if isinstance(found, Refusal):
        return found
    if not _files(moment, found.side, command.kind):
        return _no_kind_of(found.side, command.kind)
    if found.kind == command.kind:
        why = sentence("E{number} is already known as this kind of document.", number=found.number)
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (happened.EvidenceNamed(found.number, command.kind),)


def redact_evidence(
    file: CaseFile, command: asked.RedactEvidence, moment: Moment
) -> Events | Refusal:
    """Put a redacted copy between a file and the other side: its owner, or a specialist.

    Refuses: a file of another side, the very same copy again.
    """
    found = _in_hand(file, command.exhibit, moment.actor.role)
    if isinstance(found, Refusal):
        return found
    if found.redacted == command.copy or found.sha256 == command.copy.sha256:
        why = sentence("E{number} is already shown like this.", number=found.number)
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (happened.EvidenceRedacted(found.number, command.copy),)


def _in_hand(file: CaseFile, number: int, side: Role) -> Exhibit | Refusal:
    """A file that stands and that this side may treat: its own, or any for a specialist."""
    there = (one for one in file.the_dispute.exhibits if one.withdrawn_at is None)
    found = next((one for one in there if one.number == number), None)
    if found is not None and (side is Role.SPECIALIST or found.side is side):
        return found
    why = sentence(
        "Expected the number of a file of yours that stands, got E{number}.", number=number
    )
    what_now = sentence("Look up the number beside the file.")
    return Refusal(Code.EXHIBIT_UNKNOWN, why, what_now, field="exhibit")


def _files(moment: Moment, side: Role, kind: str) -> bool:
    """Whether this side files documents of this kind."""
    found = moment.book.evidence.get(kind) if moment.book else None
    return found is not None and side.value in found.filed_by


def _no_kind_of(side: Role, kind: str) -> Refusal:
    why = sentence("{kind!r} is no kind of document that the seller files.", kind=kind)
    if side is Role.BUYER:
        why = sentence("{kind!r} is no kind of document that the buyer files.", kind=kind)
    return Refusal(Code.FACT_UNFIT, why, "Choose a kind from the list.", field="kind")


def change_reason(file: CaseFile, command: asked.ChangeReason, moment: Moment) -> Events | Refusal:
    """Correct reason and subcase of the own filing, at any time before the end.

    With the reason the route may change: non-receipt of a worry-free parcel needs no seller, any
    other reason does.
    Source: "AliExpress dispute handling process and guidelines", worry-free logistics.
    """
    dispute = file.the_dispute
    shown = any(one.side is Role.BUYER and not one.withdrawn_at for one in dispute.exhibits)
    refusal = subcase_refusal(command.reason, command.subcase) or evidence_refusal(
        command.reason, shown=shown
    )
    if refusal:
        return refusal
    if (dispute.reason, dispute.subcase) == (command.reason, command.subcase):
        why = sentence("The filing already names this reason.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    worry_free = goes_to_platform(file, command.reason)
    changed = happened.ReasonChanged(command.reason, command.subcase, worry_free)
    return (changed, *_rerouted(file, moment, worry_free=worry_free))


def _rerouted(file: CaseFile, moment: Moment, *, worry_free: bool) -> Events:
    dispute = file.the_dispute
    if worry_free == dispute.worry_free:
        return ()
    if not worry_free:
        asks_seller = dispute.answered_at is None
        return (moment.clock("seller_response", Role.SELLER),) if asks_seller else ()
    asked_seller = dispute.clock("seller_response") is not None
    ended = (ClockEnded("seller_response", Ending.CANCELLED),) if asked_seller else ()
    if dispute.state is not State.NEGOTIATING:
        return ended
    return (*ended, *entered(file, "worry_free", Ending.CANCELLED, moment))


def record_unagreed_return(
    file: CaseFile, command: asked.RecordUnagreedReturn, moment: Moment
) -> Events | Refusal:
    """Put on record that goods were sent back without an agreement; it starts no return leg.

    Source: "AliExpress dispute handling process and guidelines", returns nobody agreed to.
    """
    present = file.the_dispute.exhibits
    exhibits = submitted(present, command.evidence, moment.actor.role, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    recorded = happened.UnagreedReturnRecorded(
        command.carrier, command.waybill, command.reasons.sealed()
    )
    return (recorded, *exhibits)


def assign(file: CaseFile, command: asked.AssignCase, _: Moment) -> Events | Refusal:
    """Give the case to a specialist."""
    if file.the_dispute.assigned_to == command.specialist_id:
        why = sentence("The case is already with this specialist.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (happened.CaseAssigned(command.specialist_id),)
