"""Answers: accepting a plan in the version that was shown, or refusing with a plan of one's own."""

from dataclasses import replace

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.exhibits import submitted
from fairhold.core.cases.disputes.decide.plans import plan_events, stale, standing_plan
from fairhold.core.cases.disputes.state import Kind, Outcome, Plan
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders.decide.registering import not_latin
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence
from fairhold.core.values.words import is_latin


def accept(file: CaseFile, command: asked.AcceptPlan, moment: Moment) -> Events | Refusal:
    """Stand on a plan of the other side or of the platform; with both sides on it, it is executed.

    Refuses: a withdrawn, own or changed plan, an address that is not in Latin script.
    Source: "AliExpress dispute handling process and guidelines", acceptance by a click.
    """
    plan = standing_plan(file.the_dispute, command.plan)
    if isinstance(plan, Refusal):
        return plan
    refusal = _cannot_accept(plan, command, moment.actor.role)
    if refusal:
        return refusal
    side = moment.actor.role
    accepted = happened.PlanAccepted(plan.id, plan.version, side)
    standing = replace(plan, accepted_by=(*plan.accepted_by, side))
    if standing.agreed():
        return (accepted, *_executed(file, plan, command, moment))
    return (accepted, *_answer_given(file, side))


def refuse(file: CaseFile, command: asked.RefuseAndPropose, moment: Moment) -> Events | Refusal:
    """The seller's formal refusal. It stops the answering clock, and never stands alone.

    Refuses: a second refusal; a plan that does not fit.
    Source: "AliExpress dispute handling process and guidelines", Refuse & Provide Solutions.
    """
    dispute = file.the_dispute
    if dispute.answered_at is not None:
        return Refusal(
            Code.ALREADY_ANSWERED,
            sentence(
                "You answered this dispute at {answered_at}.", answered_at=dispute.answered_at
            ),
            "Change your plan, or put up a second one.",
        )
    plan = plan_events(file, command.terms, Role.SELLER, moment)
    if isinstance(plan, Refusal):
        return plan
    exhibits = submitted(dispute.exhibits, command.evidence, Role.SELLER, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    return (happened.RequestRefused(), *plan, *exhibits, *_answer_given(file, Role.SELLER))


def _cannot_accept(plan: Plan, command: asked.AcceptPlan, side: Role) -> Refusal | None:
    if plan.side is side:
        why = sentence(
            "Plan {plan} is your own: you stand on it as long as it is on the table.", plan=plan.id
        )
        return Refusal(Code.PLAN_OWN, why, "Wait for the other side, or accept one of its plans.")
    if plan.version != command.version:
        return stale(plan, command.version)
    if side in plan.accepted_by:
        why = sentence(
            "You accepted version {version} of plan {plan} before.",
            version=plan.version,
            plan=plan.id,
        )
        return Refusal(Code.ALREADY_ACCEPTED, why, "Wait for the other side.")
    address = command.return_address
    if address is not None and not is_latin(address.text):
        return not_latin("return_address", address)
    return None


def _executed(file: CaseFile, plan: Plan, command: asked.AcceptPlan, moment: Moment) -> Events:
    authority = closing.agreement_on(file, plan)
    ended = closing.end_clocks(file, Ending.SATISFIED)
    if plan.terms.kind is Kind.RETURN_AND_REFUND:
        address = command.return_address if moment.actor.role is Role.SELLER else None
        leg = closing.start_return(file, plan.terms, authority, moment, address=address)
        return (*ended, *leg)
    paid = closing.pay_and_close(file, plan.terms.refund, authority, Outcome.AGREED, moment)
    return (*ended, *paid)


def _answer_given(file: CaseFile, side: Role) -> Events:
    """The seller's answer stops the answering clock; the platform's clock runs on."""
    if side is Role.SELLER and file.the_dispute.clock("seller_response"):
        return (ClockEnded("seller_response", Ending.SATISFIED),)
    return ()
