"""Deciding without a person: only where the operator names the clause, and only on machine facts.

What a person found, what the sides agreed on and what a document shows is for a person to weigh;
records of the order, the case and the carrier, and lapsed time, are not.
"""

from fairhold.core.cases.clock import Clock, Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.inquiry import Inquiry, conforms, inquire
from fairhold.core.cases.disputes.state import Kind, Outcome, Plan, State, Terms
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.tracking import current_reports
from fairhold.core.ledger.settlements import Refund
from fairhold.core.logistics.report import FOR_A_PERSON
from fairhold.core.rules.record import Origin
from fairhold.core.values.roles import Role

BY_MACHINE = {Origin.ORDER, Origin.CASE, Origin.CARRIER, Origin.NO_RECORD, Origin.LAPSE}


def put_up_alone(file: CaseFile, asks: Inquiry, moment: Moment) -> Events:
    """The platform's plan, put up by the rulebook; nothing where a person has to look."""
    dispute = file.the_dispute
    busy = dispute.clock("seller_response") or dispute.departure or dispute.standing(Role.PLATFORM)
    if dispute.state is not State.REVIEWING or busy or not _may_decide(asks, moment):
        return ()
    name = f"platform-{1 + sum(one.side is Role.PLATFORM for one in dispute.plans)}"
    running = dispute.clock("platform_proposal")
    ended = (ClockEnded("platform_proposal", Ending.SATISFIED),) if running else ()
    return (
        happened.RulingRecorded(asks.record(), alone=True),
        happened.PlanProposed(name, Role.PLATFORM, terms_of_ruling(file, asks)),
        *ended,
        moment.clock("proposal_phase", Role.PLATFORM),
    )


def take_back_alone(file: CaseFile, asks: Inquiry, moment: Moment) -> Events:
    """The rulebook takes back the plan it put up by itself once it leads elsewhere.

    What comes next is for whoever comes next: the rulebook again, or a person in the desk's time.
    """
    dispute = file.the_dispute
    alone = dispute.ruled is not None and dispute.ruled.alone
    standing = dispute.standing(Role.PLATFORM)
    if not alone or not standing or conforms(asks, standing[0].terms) or dispute.departure:
        return ()
    ended = tuple(
        ClockEnded(kind, Ending.SUPERSEDED)
        for kind in ("proposal_phase", "award")
        if dispute.clock(kind)
    )
    return (
        happened.PlanWithdrawn(standing[0].id, Role.PLATFORM),
        *ended,
        moment.clock("platform_proposal", Role.SPECIALIST),
    )


def award_alone(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The award after the proposal phase, where the rulebook still leads to its own plan."""
    ruled, plans = file.the_dispute.ruled, file.the_dispute.standing(Role.PLATFORM)
    if moment.book is None or ruled is None or not ruled.alone or not plans:
        return ()
    asks = inquire(file, moment.book, moment.now)
    if not _may_decide(asks, moment) or terms_of_ruling(file, asks) != plans[0].terms:
        return ()
    return (
        happened.RulingRecorded(asks.record(), alone=True),
        *closing.end_clocks(file, Ending.CANCELLED, fired=clock.kind),
        happened.AwardIssued(plans[0].terms, by_default=False),
        *_carried_out(file, plans[0], moment),
    )


def _carried_out(file: CaseFile, plan: Plan, moment: Moment) -> Events:
    authority = closing.award_of(file)
    return closing.execute(file, plan.terms, authority, Outcome.AWARDED, moment)


def _may_decide(asks: Inquiry, moment: Moment) -> bool:
    """Whether the operator lets these clauses decide alone, and no person has to weigh a fact."""
    deciding = {clause.id.partition("/")[0] for clause in asks.ruling.deciding}
    # The platform itself finds out what became of a worry-free parcel (W-1).
    looks_itself = asks.file.the_dispute.worry_free
    if any(flag.code in FOR_A_PERSON for one in current_reports(asks.file) for flag in one.flags):
        return False
    if not asks.decided or not deciding or not (looks_itself or deciding <= moment.alone):
        return False
    found = asks.result
    fixed = found.refund_minor is not None or found.refund_after_return_minor is not None
    if not found.money or not fixed or found.discretion:
        return False
    facts = (one for clause in asks.record().clauses if not clause.adds for one in clause.facts)
    return all(one.origin in BY_MACHINE for one in facts)


def terms_of_ruling(file: CaseFile, asks: Inquiry) -> Terms:
    """The plan that carries a ruling out: goods first, then freight, out of what is held."""
    found = asks.result
    back = found.refund_after_return_minor is not None
    amount = (found.refund_after_return_minor if back else found.refund_minor) or 0
    goods = min(amount, file.balances.held_goods)
    refund = Refund(goods, min(amount - goods, file.balances.held_freight))
    payer = Role(found.freight.get("return", Role.SELLER.value)) if back else None
    return Terms(Kind.RETURN_AND_REFUND if back else Kind.REFUND_ONLY, refund, payer, None)
