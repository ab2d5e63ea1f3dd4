"""The turn panel: whose turn, until when, what follows from silence."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.options import Consequence
from fairhold.core.cases.disputes.outlook import owes_documents, waiting_on
from fairhold.core.cases.disputes.state import State
from fairhold.core.values.money import Money
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow import speech
from fairhold.flow.query import View
from fairhold.flow.wordings import OUTCOMES

URGENT = timedelta(hours=6)
PROPOSAL = "proposal_phase"
MINE = {
    State.NEGOTIATING: _("Your turn: accept a plan or change yours"),
    State.REVIEWING: _("Your turn: accept the platform’s plan, or wait for the decision"),
    State.RETURN_AGREED: _("Your turn: send the goods back"),
    State.RETURN_SHIPPED: _("Your turn: say whether the goods are back"),
}
THEIRS = {
    Role.BUYER: _("Waiting for the buyer"),
    Role.SELLER: _("Waiting for the seller"),
    Role.PLATFORM: _("With the platform"),
}
DESK = {
    State.REVIEWING: _("The desk’s turn: propose a plan, then decide"),
    State.RETURN_ESCALATED: _("The desk’s turn: decide about the return"),
}
# The acts offered in the panel, the first that is allowed being the loud one.
FIRST_ACTS = (
    (asked.AcceptPlan, "#plans", _("Accept a plan")),
    (asked.RefuseAndPropose, "refuse", _("Refuse and propose a plan")),
    (asked.EnterReturnWaybill, "waybill", _("Enter the waybill of the return")),
    (asked.ConfirmReturn, "confirm-return", _("Confirm the return and refund")),
    (asked.EscalateReturn, "escalate", _("There is a problem with the return")),
    (asked.IssueAward, "award", _("Decide the case")),
    (asked.ProposePlatformPlan, "platform-plan", _("Propose the platform’s plan")),
    (asked.StepIn, "step-in", _("Take up the case")),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What the panel shows. `tone` is turn, wait, late or done; `mine`: the viewer has to act."""

    tone: str
    heading: str
    clock: Consequence | None
    then: str
    acts: tuple[tuple[str, str], ...]
    mine: bool = True


def turn_of(view: View) -> Turn:
    """The panel for this viewer."""
    dispute = view.file.the_dispute
    if dispute.state is State.CLOSED and dispute.outcome is not None:
        heading = now_("Closed: {outcome}").format(outcome=OUTCOMES[dispute.outcome])
        refund = dispute.paid_back.total_minor if dispute.paid_back else 0
        currency = view.file.the_order.agreement.currency
        got = now_("The buyer got {refund}.").format(refund=speech.amount(Money(refund, currency)))
        return Turn("wait", heading, None, got, (("decision", now_("Why this outcome")),))
    waiting = waiting_on(dispute)
    mine = is_mine(view)
    clock = main_clock(view)
    tone = "turn" if mine else "wait"
    if mine and clock and clock.clock.due_at - view.now < URGENT:
        tone = "late"
    allowed = set(view.allowed)
    acts = tuple((slug, str(label)) for command, slug, label in FIRST_ACTS if command in allowed)
    if not mine and asked.AcceptPlan in allowed:
        acts = (("#plans", now_("See the plans")), *(one for one in acts if one[0] != "#plans"))
    if _asked_for_documents(view):
        acts = (("#needs", now_("See which documents")), *acts)
    heading = _heading(view, waiting, mine=mine)
    return Turn(tone, heading, clock, _then(view, clock), acts[:3], mine)


def is_mine(view: View) -> bool:
    """Whether the viewer is the one who has to act."""
    role = view.viewer.role
    desk = role in (Role.SPECIALIST, Role.OPERATOR)
    return (Role.PLATFORM if desk else role) in waiting_on(view.file.the_dispute)


def main_clock(view: View) -> Consequence | None:
    """The clock that matters: one's own where one has to act, else that of whoever has to."""
    by_end = sorted(view.consequences, key=lambda one: one.clock.due_at)
    own = [one for one in by_end if one.clock.must_act is view.viewer.role]
    waited = {*waiting_on(view.file.the_dispute)}
    theirs = [one for one in by_end if one.clock.must_act in waited]
    first = own or theirs if is_mine(view) else theirs or own
    return next(iter(first or by_end), None)


def consequence_in_words(view: View, found: Consequence) -> str:
    """What follows from silence, in money where money moves."""
    currency = view.file.the_order.agreement.currency
    rule = view.process.clock(found.clock.kind)
    summary = speech.of_book(view.process.name, rule.summary)
    if found.after_return_minor is not None:
        back = now_("The goods go back first; then the buyer gets {refund}.")
        refund = speech.amount(Money(found.after_return_minor, currency))
        return f"{summary} {back.format(refund=refund)}"
    if found.clock.kind == PROPOSAL and (plans := view.file.the_dispute.standing(Role.PLATFORM)):
        given = now_("The platform’s plan gives the buyer {refund}.")
        refund = speech.amount(Money(plans[-1].terms.refund.total_minor, currency))
        return f"{summary} {given.format(refund=refund)}"
    if not found.closes or found.to_buyer_minor is None or found.to_seller_minor is None:
        return summary
    money = (found.to_buyer_minor, found.to_seller_minor, found.fee_minor or 0)
    return f"{summary} {speech.in_money(currency, *money)}"


def _then(view: View, found: Consequence | None) -> str:
    return consequence_in_words(view, found) if found else ""


def _asked_for_documents(view: View) -> bool:
    return owes_documents(view.file.the_dispute, view.viewer.role)


def _heading(view: View, waiting: tuple[Role, ...], *, mine: bool) -> str:
    state, role = view.file.the_dispute.state, view.viewer.role
    if mine and _asked_for_documents(view):
        return now_("Your turn: send the documents the platform asks for")
    if mine and role in PARTIES:
        unanswered = asked.RefuseAndPropose in view.allowed and role is Role.SELLER
        asked_to_answer = now_("Your turn: accept, or refuse with a plan")
        return asked_to_answer if unanswered else str(MINE[state])
    if mine:
        return str(DESK.get(state, now_("The desk’s turn")))
    if len(waiting) > 1:
        return now_("Waiting for both sides")
    return str(THEIRS[waiting[0]])
