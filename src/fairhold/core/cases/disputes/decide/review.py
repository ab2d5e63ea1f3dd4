"""The platform in the case: it steps in, puts up a plan both may still accept, and awards.

Source: "AliExpress dispute handling process and guidelines", platform intervention.
"""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.plans import MOST_VERSIONS_OF_A_PLAN, terms_of
from fairhold.core.cases.disputes.state import Dispute, Outcome, State
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role

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
        why = "The platform has already taken up this return."
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

    Refuses: missing reasons, an amount out of range.
    """
    refusal = _reasons_missing(command.terms)
    if refusal:
        return refusal
    terms = terms_of(file, command.terms, Role.PLATFORM)
    if isinstance(terms, Refusal):
        return terms
    dispute = file.the_dispute
    standing = dispute.standing(Role.PLATFORM)
    if not standing:
        event: object = happened.PlanProposed("platform-1", Role.PLATFORM, terms)
    elif standing[0].version >= MOST_VERSIONS_OF_A_PLAN:
        why = f"The platform's plan has been changed {standing[0].version} times."
        return Refusal(Code.LIMIT_REACHED, why, "Issue the award.")
    else:
        version = standing[0].version + 1
        event = happened.PlanChanged(standing[0].id, Role.PLATFORM, version, terms)
    ended = tuple(
        ClockEnded(kind, Ending.SATISFIED if kind == "platform_proposal" else Ending.SUPERSEDED)
        for kind in BEFORE_A_PROPOSAL
        if dispute.clock(kind)
    )
    return (event, *ended, moment.clock("proposal_phase", Role.PLATFORM))


def award(file: CaseFile, command: asked.IssueAward, moment: Moment) -> Events | Refusal:
    """Decide the case.

    Refuses: while the plans may still be accepted or the seller may still answer, without reasons,
    an amount out of range.
    """
    refusal = _reasons_missing(command.terms) or too_early(file.the_dispute)
    if refusal:
        return refusal
    terms = terms_of(file, command.terms, Role.PLATFORM)
    if isinstance(terms, Refusal):
        return terms
    authority = closing.award_of(file)
    ended = closing.end_clocks(file, Ending.SATISFIED)
    issued = happened.AwardIssued(terms, by_default=False)
    carried_out = closing.execute(file, terms, authority, Outcome.AWARDED, moment)
    return (issued, *ended, *carried_out)


def too_early(dispute: Dispute) -> Refusal | None:
    """The refusal of an award before its time; None when the case is ripe."""
    if dispute.state is State.RETURN_ESCALATED:
        return None
    answer = dispute.clock("seller_response")
    if answer is not None:
        return Refusal(
            Code.ANSWER_TIME_RUNNING,
            f"The seller may answer until {answer.due_at.isoformat()}.",
            "Propose a plan meanwhile; award after the seller has answered or kept silent.",
            clause="seller_response",
        )
    phase = dispute.clock("proposal_phase")
    if phase is not None:
        return Refusal(
            Code.PROPOSAL_PHASE_RUNNING,
            f"Both sides may accept a plan until {phase.due_at.isoformat()}.",
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
