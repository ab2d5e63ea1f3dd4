"""How each event changes a dispute. Total.

An event that does not fit is a defect, not a refusal.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.evolve_inquiry import INQUIRY_EVOLVERS
from fairhold.core.cases.disputes.state import Dispute, Plan, State
from fairhold.core.evidence.outside import Outside
from fairhold.core.values.roles import Role


def opened(event: happened.DisputeOpened, at: datetime) -> Dispute:
    """A new dispute, still without plans."""
    return Dispute(
        id=event.dispute_id,
        number=event.number,
        state=State.NEGOTIATING,
        reason=event.reason,
        subcase=event.subcase,
        worry_free=event.worry_free,
        items=event.items,
        description=event.description,
        wanted=event.wanted,
        opened_at=at,
    )


def plan_proposed(dispute: Dispute, event: happened.PlanProposed, at: datetime) -> Dispute:
    """One more plan on the table."""
    plan = Plan(event.plan, event.side, 1, event.terms, at)
    return replace(dispute, plans=(*dispute.plans, plan))


def plan_changed(dispute: Dispute, event: happened.PlanChanged, at: datetime) -> Dispute:
    """The next version; whoever accepted the last one has to accept again."""

    def changed(plan: Plan) -> Plan:
        return replace(
            plan,
            version=event.version,
            terms=event.terms,
            changed_at=at,
            accepted_by=(),
            earlier=(*plan.earlier, plan.terms),
        )

    return _with_plan(dispute, event.plan, changed)


def plan_withdrawn(dispute: Dispute, event: happened.PlanWithdrawn, at: datetime) -> Dispute:
    """Off the table, but never gone."""
    return _with_plan(
        dispute, event.plan, lambda plan: replace(plan, withdrawn_at=at, accepted_by=())
    )


def plan_accepted(dispute: Dispute, event: happened.PlanAccepted, at: datetime) -> Dispute:
    """A side stands on this plan."""
    answered = _answered(dispute, at) if event.side is Role.SELLER else dispute
    return _with_plan(
        answered,
        event.plan,
        lambda plan: replace(plan, accepted_by=(*plan.accepted_by, event.side)),
    )


def request_refused(dispute: Dispute, _: happened.RequestRefused, at: datetime) -> Dispute:
    """The seller has answered."""
    return _answered(dispute, at)


def message_posted(dispute: Dispute, _: happened.MessagePosted, __: datetime) -> Dispute:
    """Messages are counted here and kept in the journal."""
    return replace(dispute, messages=dispute.messages + 1)


def evidence_submitted(dispute: Dispute, event: happened.EvidenceSubmitted, _: datetime) -> Dispute:
    """More exhibits."""
    return replace(dispute, exhibits=dispute.exhibits + event.exhibits)


def evidence_withdrawn(dispute: Dispute, event: happened.EvidenceWithdrawn, _: datetime) -> Dispute:
    """The exhibit stays as a tombstone."""
    exhibits = tuple(
        replace(exhibit, withdrawn_at=event.withdrawn_at, withdrawn=event.reasons)
        if exhibit.number == event.exhibit
        else exhibit
        for exhibit in dispute.exhibits
    )
    return replace(dispute, exhibits=exhibits)


def evidence_redacted(dispute: Dispute, event: happened.EvidenceRedacted, _: datetime) -> Dispute:
    """The latest copy is the one that is shown."""
    exhibits = tuple(
        replace(one, redacted=event.copy) if one.number == event.exhibit else one
        for one in dispute.exhibits
    )
    return replace(dispute, exhibits=exhibits)


def outside_filed(dispute: Dispute, event: happened.OutsideFiled, _: datetime) -> Dispute:
    """One more exchange from elsewhere."""
    return replace(dispute, outside=(*dispute.outside, event.outside))


def outside_confirmed(dispute: Dispute, event: happened.OutsideConfirmed, _: datetime) -> Dispute:
    """A side stands for it; a side that contested it has thought better."""

    def confirmed(one: Outside) -> Outside:
        against = tuple(side for side in one.contested_by if side is not event.side)
        return replace(one, confirmed_by=(*one.confirmed_by, event.side), contested_by=against)

    return _with_outside(dispute, event.number, confirmed)


def outside_contested(dispute: Dispute, event: happened.OutsideContested, _: datetime) -> Dispute:
    """A side denies it."""
    return _with_outside(
        dispute,
        event.number,
        lambda one: replace(
            one, contested_by=(*one.contested_by, event.side), contested=event.reasons
        ),
    )


def reason_changed(dispute: Dispute, event: happened.ReasonChanged, _: datetime) -> Dispute:
    """The filing reads differently now."""
    return replace(dispute, reason=event.reason, subcase=event.subcase, worry_free=event.worry_free)


def case_assigned(dispute: Dispute, event: happened.CaseAssigned, _: datetime) -> Dispute:
    """Somebody has it."""
    return replace(dispute, assigned_to=event.specialist_id)


def stepped_in(dispute: Dispute, _: happened.PlatformSteppedIn, at: datetime) -> Dispute:
    """The platform is in the case."""
    return replace(dispute, state=State.REVIEWING, stepped_in_at=at)


def return_agreed(dispute: Dispute, event: happened.ReturnAgreed, _: datetime) -> Dispute:
    """The goods are to go back."""
    return replace(dispute, state=State.RETURN_AGREED, leg=event.leg)


def return_shipped(dispute: Dispute, event: happened.ReturnShipped, _: datetime) -> Dispute:
    """The goods are on their way back."""
    leg = replace(
        _leg(dispute), carrier=event.carrier, waybill=event.waybill, shipped_at=event.shipped_at
    )
    return replace(dispute, state=State.RETURN_SHIPPED, leg=leg)


def return_waybill_corrected(
    dispute: Dispute, event: happened.ReturnWaybillCorrected, _: datetime
) -> Dispute:
    """The goods travel under another number."""
    leg = _leg(dispute)
    corrected = replace(
        leg, carrier=event.carrier, waybill=event.waybill, corrections=leg.corrections + 1
    )
    return replace(dispute, leg=corrected)


def return_address_confirmed(
    dispute: Dispute, event: happened.ReturnAddressConfirmed, at: datetime
) -> Dispute:
    """The seller has said where the goods are to go."""
    leg = _leg(dispute)
    address = event.address or leg.address
    return replace(dispute, leg=replace(leg, address=address, address_confirmed_at=at))


def return_escalated(dispute: Dispute, event: happened.ReturnEscalated, _: datetime) -> Dispute:
    """The platform has to decide about the return."""
    leg = replace(
        _leg(dispute),
        escalated_at=event.escalated_at,
        confirmation_due_at=event.confirmation_due_at,
        entered_at=None,
    )
    return replace(dispute, state=State.RETURN_ESCALATED, leg=leg)


def escalation_withdrawn(
    dispute: Dispute, _: happened.EscalationWithdrawn, __: datetime
) -> Dispute:
    """Back to waiting for the seller's confirmation."""
    leg = replace(_leg(dispute), escalated_at=None, entered_at=None)
    return replace(dispute, state=State.RETURN_SHIPPED, leg=leg)


def return_entered(dispute: Dispute, event: happened.PlatformEnteredReturn, _: datetime) -> Dispute:
    """The platform has taken up the return."""
    return replace(dispute, leg=replace(_leg(dispute), entered_at=event.entered_at))


def closed(dispute: Dispute, event: happened.DisputeClosed, _: datetime) -> Dispute:
    """Nothing more can happen."""
    return replace(
        dispute,
        state=State.CLOSED,
        outcome=event.outcome,
        paid_back=event.refund,
        closed_at=event.closed_at,
    )


def unchanged(dispute: Dispute, _: object, __: datetime) -> Dispute:
    """An entry that is history and nothing else."""
    return dispute


def _answered(dispute: Dispute, at: datetime) -> Dispute:
    return dispute if dispute.answered_at else replace(dispute, answered_at=at)


def _leg(dispute: Dispute) -> Any:
    if dispute.leg is None:
        raise LookupError(f"expected a return leg in dispute {dispute.id}, got none")
    return dispute.leg


def _with_outside(dispute: Dispute, number: int, change: Callable[[Outside], Outside]) -> Dispute:
    outside = tuple(change(one) if one.number == number else one for one in dispute.outside)
    return replace(dispute, outside=outside)


def _with_plan(dispute: Dispute, plan_id: str, change: Callable[[Plan], Plan]) -> Dispute:
    plans = tuple(change(plan) if plan.id == plan_id else plan for plan in dispute.plans)
    return replace(dispute, plans=plans)


DISPUTE_EVOLVERS: dict[type, Callable[[Dispute, Any, datetime], Dispute]] = {
    happened.PlanProposed: plan_proposed,
    happened.PlanChanged: plan_changed,
    happened.PlanWithdrawn: plan_withdrawn,
    happened.PlanAccepted: plan_accepted,
    happened.RequestRefused: request_refused,
    happened.MessagePosted: message_posted,
    happened.EvidenceSubmitted: evidence_submitted,
    happened.EvidenceWithdrawn: evidence_withdrawn,
    happened.EvidenceRedacted: evidence_redacted,
    happened.OutsideFiled: outside_filed,
    happened.OutsideConfirmed: outside_confirmed,
    happened.OutsideContested: outside_contested,
    **INQUIRY_EVOLVERS,
    happened.ReasonChanged: reason_changed,
    happened.CaseAssigned: case_assigned,
    happened.PlatformSteppedIn: stepped_in,
    happened.ReturnAgreed: return_agreed,
    happened.ReturnShipped: return_shipped,
    happened.ReturnWaybillCorrected: return_waybill_corrected,
    happened.ReturnAddressConfirmed: return_address_confirmed,
    happened.ReturnEscalated: return_escalated,
    happened.EscalationWithdrawn: escalation_withdrawn,
    happened.PlatformEnteredReturn: return_entered,
    happened.DisputeClosed: closed,
    happened.AwardIssued: unchanged,
    happened.ReturnConfirmed: unchanged,
    happened.UnagreedReturnRecorded: unchanged,
}
