"""The platform in the case: it steps in, puts up a plan both may still accept, and awards.

Source: "AliExpress dispute handling process and guidelines", platform intervention.
"""

from fairhold.core.cases.clock import Clock, Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.departing import departing, departs, second_person
from fairhold.core.cases.disputes.decide.filing import within_hold
from fairhold.core.cases.disputes.decide.plans import MOST_VERSIONS_OF_A_PLAN, terms_of
from fairhold.core.cases.disputes.inquiry import Inquiry, inquire
from fairhold.core.cases.disputes.proof import request_of
from fairhold.core.cases.disputes.state import Deed, Dispute, Outcome, State, Terms
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import Sentence, sentence

# Clocks of the review that a platform plan replaces.
BEFORE_A_PROPOSAL = ("platform_proposal", "proposal_phase", "award")


def step_in(file: CaseFile, _: asked.StepIn, moment: Moment) -> Events | Refusal:
    """A specialist enters before the seventh day is over; an answer still due stays due."""
    return entered(file, "specialist", Ending.CANCELLED, moment)


def entered(file: CaseFile, why: str, ending: Ending, moment: Moment) -> Events:
    """The events of the platform's entry."""
    running = file.the_dispute.clock("platform_entry")
    ended = (ClockEnded("platform_entry", ending),) if running else ()
    proposal = moment.clock("platform_proposal", Role.SPECIALIST)
    return (happened.PlatformSteppedIn(why), *ended, proposal)


def step_into_return(file: CaseFile, _: asked.StepIn, moment: Moment) -> Events | Refusal:
    """A specialist takes up an escalated return.

    Refuses: when the platform is already in it.
    """
    if file.the_dispute.leg is not None and file.the_dispute.leg.entered_at is not None:
        why = sentence("The platform has already taken up this return.")
        return Refusal(Code.ALREADY_ENTERED, why, "Decide about the return.")
    return return_entered(moment, Ending.SATISFIED)


def return_entered(moment: Moment, ending: Ending) -> Events:
    """The events of the platform's entry into an escalated return."""
    return (
        happened.PlatformEnteredReturn(moment.now),
        ClockEnded("return_entry", ending),
        moment.clock("return_ruling", Role.SPECIALIST),
    )


def propose(file: CaseFile, command: asked.ProposePlatformPlan, moment: Moment) -> Events | Refusal:
    """Put up the platform's plan, or its next version; both get the whole phase to accept it.

    A plan that departs from the rulebook waits for a second person.
    Refuses: missing reasons, an amount out of range, while proof may still come.
    """
    refusal = _reasons_missing(command.terms) or proof_running(file.the_dispute)
    if refusal:
        return refusal
    terms = terms_of(file, command.terms, Role.PLATFORM)
    if isinstance(terms, Refusal):
        return terms
    asks = inquire(file, moment.book, moment.now) if moment.book else None
    if asks is not None and departs(file, asks, Deed.PLAN, terms):
        return departing(asks, Deed.PLAN, terms, command.departs, moment)
    return _instead(file.the_dispute, _put_up(file, terms, asks, moment))


def _put_up(file: CaseFile, terms: Terms, asks: Inquiry | None, moment: Moment) -> Events | Refusal:
    dispute = file.the_dispute
    standing = dispute.standing(Role.PLATFORM)
    if not standing:
        number = 1 + sum(one.side is Role.PLATFORM for one in dispute.plans)
        event: object = happened.PlanProposed(f"platform-{number}", Role.PLATFORM, terms)
    elif standing[0].version >= MOST_VERSIONS_OF_A_PLAN:
        why = sentence(
            "The platform's plan has been changed {times} times.", times=standing[0].version
        )
        return Refusal(Code.LIMIT_REACHED, why, "Issue the award.")
    else:
        version = standing[0].version + 1
        event = happened.PlanChanged(standing[0].id, Role.PLATFORM, version, terms)
    ended = tuple(
        ClockEnded(kind, Ending.SATISFIED if kind == "platform_proposal" else Ending.SUPERSEDED)
        for kind in BEFORE_A_PROPOSAL
        if dispute.clock(kind)
    )
    phase = moment.clock("proposal_phase", Role.PLATFORM)
    return (*_on_record(asks), event, *ended, phase)


def award(file: CaseFile, command: asked.IssueAward, moment: Moment) -> Events | Refusal:
    """Decide the case. An award that departs from the rulebook waits for a second person.

    Refuses: while the plans may still be accepted, the seller may still answer or proof may still
    come, without reasons, an amount out of range.
    """
    refusal = _reasons_missing(command.terms) or too_early(file.the_dispute)
    if refusal:
        return refusal
    terms = terms_of(file, command.terms, Role.PLATFORM)
    if isinstance(terms, Refusal):
        return terms
    asks = inquire(file, moment.book, moment.now) if moment.book else None
    if asks is not None and departs(file, asks, Deed.AWARD, terms):
        return departing(asks, Deed.AWARD, terms, command.departs, moment)
    return _instead(file.the_dispute, _awarded(file, terms, asks, moment))


def _awarded(file: CaseFile, terms: Terms, asks: Inquiry | None, moment: Moment) -> Events:
    authority = closing.award_of(file)
    ended = closing.end_clocks(file, Ending.SATISFIED)
    issued = happened.AwardIssued(terms, by_default=False)
    carried_out = closing.execute(file, terms, authority, Outcome.AWARDED, moment)
    return (*_on_record(asks), issued, *ended, *carried_out)


def _instead(dispute: Dispute, made: Events | Refusal) -> Events | Refusal:
    """What is put up takes the place of a departure that nobody has agreed to yet."""
    if isinstance(made, Refusal) or dispute.departure is None:
        return made
    first, *others = made
    return (first, happened.DepartureDropped(), *others)


def confirm(file: CaseFile, _: asked.ConfirmDeparture, moment: Moment) -> Events | Refusal:
    """A second person stands for a departure: what it puts up is put up now.

    Refuses: none there, one's own, what has become too early or too much meanwhile.
    """
    departure = second_person(file, moment)
    if isinstance(departure, Refusal):
        return departure
    dispute, terms = file.the_dispute, departure.terms
    awards = departure.deed is Deed.AWARD
    refusal = too_early(dispute) if awards else proof_running(dispute)
    fits = within_hold(file, terms.refund, field="refund") if terms.refund.total_minor else None
    if isinstance(fits, Refusal):
        refusal = refusal or fits
    if refusal:
        return refusal
    asks = inquire(file, moment.book, moment.now) if moment.book else None
    made = _awarded(file, terms, asks, moment) if awards else _put_up(file, terms, asks, moment)
    if isinstance(made, Refusal):
        return made
    return (happened.DepartureConfirmed(moment.actor.id), *made)


def _on_record(asks: Inquiry | None) -> Events:
    """Where the rulebook leads, beside what the platform does."""
    return (happened.RulingRecorded(asks.record(), alone=False),) if asks else ()


def proof_running(dispute: Dispute) -> Refusal | None:
    """The refusal while a side still has time for documents that the case turns on."""
    running = [clock for clock in dispute.clocks if request_of(clock.kind)]
    if not running:
        return None
    last = max(running, key=lambda clock: clock.due_at)
    return Refusal(
        Code.PROOF_TIME_RUNNING,
        _still_time(last),
        "Decide once they have come, or once that time is over.",
        clause="proof",
        details={"ends_at": last.due_at.isoformat()},
    )


def _still_time(clock: Clock) -> Sentence:
    if clock.must_act is Role.BUYER:
        return sentence(
            "The buyer has until {due_at} for documents that the case turns on.",
            due_at=clock.due_at,
        )
    return sentence(
        "The seller has until {due_at} for documents that the case turns on.", due_at=clock.due_at
    )


def too_early(dispute: Dispute) -> Refusal | None:
    """The refusal of an award before its time; None when the case is ripe."""
    running = proof_running(dispute)
    if running or dispute.state is State.RETURN_ESCALATED:
        return running
    answer = dispute.clock("seller_response")
    if answer is not None:
        return Refusal(
            Code.ANSWER_TIME_RUNNING,
            sentence("The seller may answer until {due_at}.", due_at=answer.due_at),
            "Propose a plan meanwhile; award after the seller has answered or kept silent.",
            clause="seller_response",
        )
    phase = dispute.clock("proposal_phase")
    if phase is not None:
        return Refusal(
            Code.PROPOSAL_PHASE_RUNNING,
            sentence("Both sides may accept a plan until {due_at}.", due_at=phase.due_at),
            "Issue the award after that moment.",
            clause="proposal_phase",
            details={"ends_at": phase.due_at.isoformat()},
        )
    if not dispute.standing(Role.PLATFORM):
        return Refusal(
            Code.WRONG_STATE,
            "An award follows a plan of the platform, and there is none yet.",
            "Propose a plan first; both sides then have the proposal phase to accept it.",
            clause="proposal_phase",
        )
    return None


def _reasons_missing(terms: asked.NewTerms) -> Refusal | None:
    if terms.note is not None and terms.note.text.strip():
        return None
    return Refusal(
        Code.DESCRIPTION_MISSING,
        "Expected the reasons of the decision, got none.",
        "Write for both sides: what was found, on which evidence, and how the amount follows.",
        clause="award_reasons",
        field="note",
    )
