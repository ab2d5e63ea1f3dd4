"""Putting up, changing and withdrawing plans. Two per side, one of each kind.

Source: "AliExpress dispute handling process and guidelines", two exclusive options per party.
"""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.filing import within_hold
from fairhold.core.cases.disputes.state import Dispute, Kind, Plan, Terms
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.sentence import Sentence, sentence

MOST_VERSIONS_OF_A_PLAN = 40
MOST_PLANS_EVER_OF_A_SIDE = 20


def propose(file: CaseFile, command: asked.ProposePlan, moment: Moment) -> Events | Refusal:
    """Put up a further plan of one's own.

    Refuses: a third plan, a second of one kind, an amount out of range; a seller's plan before the
    seller's answer, because it would not be one.
    """
    dispute = file.the_dispute
    if moment.actor.role is Role.SELLER and dispute.clock("seller_response") is not None:
        return Refusal(
            Code.ANSWER_FIRST,
            "A plan alone is no answer, and your time to answer is running.",
            "Accept a plan, or refuse the request; the refusal takes your plan with it.",
            clause="refusal_needs_plan",
        )
    return plan_events(file, command.terms, moment.actor.role, moment)


def plan_events(
    file: CaseFile, new: asked.NewTerms, side: Role, moment: Moment
) -> Events | Refusal:
    """The event of a new plan of `side`."""
    dispute = file.the_dispute
    standing = dispute.standing(side)
    limit = moment.process.limits.plans_per_side
    ever = sum(1 for plan in dispute.plans if plan.side is side)
    if len(standing) >= limit or ever >= MOST_PLANS_EVER_OF_A_SIDE:
        return Refusal(
            Code.PLAN_LIMIT,
            sentence(
                "Each side may have {limit} plans; you have {present} on the table.",
                limit=limit,
                present=len(standing),
            ),
            "Change one of your plans, or withdraw one first.",
            clause="plans_per_side",
        )
    refusal = _kind_taken(standing, new.kind)
    if refusal:
        return refusal
    terms = terms_of(file, new, side)
    if isinstance(terms, Refusal):
        return terms
    return (happened.PlanProposed(f"{side.value}-{ever + 1}", side, terms),)


def terms_of(file: CaseFile, new: asked.NewTerms, side: Role) -> Terms | Refusal:
    """The terms as they are recorded; the seller and the platform may also offer nothing.

    Refuses: an amount out of range; a return that nobody pays the freight of is the buyer's.
    """
    nothing = new.refund == Refund(0, 0) and new.kind is Kind.REFUND_ONLY
    if not (nothing and side is not Role.BUYER):
        fits = within_hold(file, new.refund, field="refund")
        if isinstance(fits, Refusal):
            return fits
    payers = (None, *PARTIES) if side in PARTIES else (None, *PARTIES, Role.PLATFORM)
    if new.return_freight not in payers:
        return Refusal(
            Code.FREIGHT_UNFIT,
            sentence(
                "Expected {payers} to pay the return freight.",
                payers=tuple(role for role in payers if role),
            ),
            "Name a side that may be asked to pay.",
            field="return_freight",
        )
    freight = None
    if new.kind is Kind.RETURN_AND_REFUND:
        freight = new.return_freight or Role.BUYER
    return Terms(new.kind, new.refund, freight, new.note.sealed() if new.note else None)


def change(file: CaseFile, command: asked.ChangePlan, moment: Moment) -> Events | Refusal:
    """Replace an own plan by its next version.

    A raised amount, or another kind, of the request that silence would execute restarts the
    seller's answering time; a lowered amount does not.
    """
    dispute, side = file.the_dispute, moment.actor.role
    plan = own_plan(dispute, command.plan, side)
    if isinstance(plan, Refusal):
        return plan
    if plan.version != command.version:
        return stale(plan, command.version)
    others = tuple(other for other in dispute.standing(side) if other.id != plan.id)
    refusal = _kind_taken(others, command.terms.kind) or _version_limit(plan)
    if refusal:
        return refusal
    terms = terms_of(file, command.terms, side)
    if isinstance(terms, Refusal):
        return terms
    if terms == plan.terms:
        what_now = sentence("Nothing needs to be done, unless you want other terms.")
        return Refusal(Code.PLAN_UNCHANGED, "These terms are already on the table.", what_now)
    changed = happened.PlanChanged(plan.id, side, plan.version + 1, terms)
    return (changed, *_restarted(dispute, plan, terms, moment))


def withdraw(file: CaseFile, command: asked.WithdrawPlan, moment: Moment) -> Events | Refusal:
    """Take an own plan off the table.

    Refuses: the last plan of a side that has to have one: the buyer's request, and the plan
    without which the seller's refusal would be none.
    """
    dispute, side = file.the_dispute, moment.actor.role
    plan = own_plan(dispute, command.plan, side)
    if isinstance(plan, Refusal):
        return plan
    if len(dispute.standing(side)) == 1:
        return Refusal(
            Code.PLAN_NEEDED,
            "This is your only plan, and your side needs one as long as the dispute is open.",
            "Change the plan, put up another one first, or (as the buyer) withdraw the dispute.",
            clause="refusal_needs_plan",
        )
    events: Events = (happened.PlanWithdrawn(plan.id, side),)
    if plan == dispute.request:
        remaining = dispute.standing(side)[1]
        return (*events, *_restarted(dispute, plan, remaining.terms, moment))
    return events


def own_plan(dispute: Dispute, plan_id: str, side: Role) -> Plan | Refusal:
    """The plan of that id if it stands and belongs to `side`."""
    plan = standing_plan(dispute, plan_id)
    if isinstance(plan, Plan) and plan.side is not side:
        return Refusal(
            Code.PLAN_NOT_YOURS,
            _belongs_to(plan.side, plan_id),
            "Change or withdraw your own plans; answer others by accepting or by your own plan.",
            clause="own_plans_only",
        )
    return plan


def _belongs_to(side: Role, plan: str) -> Sentence:
    if side is Role.BUYER:
        return sentence("Plan {plan} belongs to the buyer.", plan=plan)
    if side is Role.SELLER:
        return sentence("Plan {plan} belongs to the seller.", plan=plan)
    return sentence("Plan {plan} belongs to the platform.", plan=plan)


def standing_plan(dispute: Dispute, plan_id: str) -> Plan | Refusal:
    """The plan of that id if it is on the table."""
    plan = dispute.plan(plan_id)
    if plan is None:
        standing = ", ".join(one.id for one in dispute.plans if one.stands)
        why = sentence("Expected one of {standing}; got {plan!r}.", standing=standing, plan=plan_id)
        what_now = sentence("Read the dispute again and name a plan that is on the table.")
        return Refusal(Code.PLAN_UNKNOWN, why, what_now, field="plan")
    if not plan.stands:
        why = sentence("Plan {plan} was withdrawn.", plan=plan_id)
        return Refusal(Code.PLAN_WITHDRAWN, why, "Choose among the plans still on the table.")
    return plan


def stale(plan: Plan, shown: int) -> Refusal:
    """The refusal of an act on a version that is no longer the present one, with what changed."""
    versions = (*plan.earlier, plan.terms)
    before = versions[shown - 1] if 0 < shown <= len(versions) else None
    return Refusal(
        Code.PLAN_CHANGED,
        sentence(
            "You acted on version {shown} of plan {plan}; it is now at version {version}.",
            shown=shown,
            plan=plan.id,
            version=plan.version,
        ),
        "Look at what changed, then decide again on the present version.",
        clause="acceptance_names_version",
        field="version",
        details={
            "plan": plan.id,
            "shown_version": shown,
            "present_version": plan.version,
            "shown": _figures(before),
            "present": _figures(plan.terms),
        },
    )


def _figures(terms: Terms | None) -> dict[str, object] | None:
    if terms is None:
        return None
    return {
        "kind": terms.kind.value,
        "goods_minor": terms.refund.goods_minor,
        "freight_minor": terms.refund.freight_minor,
        "return_freight": terms.return_freight.value if terms.return_freight else None,
    }


def _kind_taken(standing: tuple[Plan, ...], kind: Kind) -> Refusal | None:
    taken = next((plan for plan in standing if plan.terms.kind is kind), None)
    if taken is None:
        return None
    return Refusal(
        Code.PLAN_KIND_TAKEN,
        sentence("Your plan {plan} is already of the kind '{kind}'.", plan=taken.id, kind=kind),
        "Change that plan, or choose the other kind.",
        clause="plans_per_side",
        field="kind",
    )


def _version_limit(plan: Plan) -> Refusal | None:
    if plan.version < MOST_VERSIONS_OF_A_PLAN:
        return None
    why = sentence(
        "Plan {plan} has been changed {version} times, the most that is possible.",
        plan=plan.id,
        version=plan.version,
    )
    return Refusal(Code.LIMIT_REACHED, why, "Accept a plan, or let the platform decide.")


def _restarted(dispute: Dispute, plan: Plan, terms: Terms, moment: Moment) -> Events:
    """The seller's time starts anew when the request that silence executes became heavier."""
    if dispute.clock("seller_response") is None or plan != dispute.request:
        return ()
    raised = terms.refund.total_minor > plan.terms.refund.total_minor
    same_freight = terms.return_freight is plan.terms.return_freight
    if not raised and terms.kind is plan.terms.kind and same_freight:
        return ()
    return (
        ClockEnded("seller_response", Ending.SUPERSEDED),
        moment.clock("seller_response", Role.SELLER),
    )
