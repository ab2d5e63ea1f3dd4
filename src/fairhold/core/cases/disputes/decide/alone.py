"""Deciding without a person: only where the operator names the clause, and only on machine facts.

What a person found, what the sides agreed on and what a document shows is for a person to weigh;
records of the order, the case and the carrier, and lapsed time, are not.
"""

from fairhold.core.cases.clock import Clock, Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.inquiry import Inquiry, inquire
from fairhold.core.cases.disputes.state import Kind, Outcome, Plan, State, Terms
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.record import Origin
from fairhold.core.values.roles import Role

BY_MACHINE = {Origin.ORDER, Origin.CASE, Origin.CARRIER, Origin.NO_RECORD, Origin.LAPSE}


def put_up_alone(file: CaseFile, asks: Inquiry, moment: Moment) -> Events:
    """The platform's plan, put up by the rulebook; nothing where a person has to look."""
    dispute = file.the_dispute
    busy = dispute.clock("seller_response") or dispute.departure or dispute.standing(Role.PLATFORM)
    if dispute.state is not State.REVIEWING or busy or not _may_decide(asks, moment):
        return ()
    running = dispute.clock("platform_proposal")
    ended = (ClockEnded("platform_proposal", Ending.SATISFIED),) if running else ()
    return (
        happened.RulingRecorded(asks.record(), alone=True),
        happened.PlanProposed("platform-1", Role.PLATFORM, terms_of_ruling(file, asks)),
        *ended,
        moment.clock("proposal_phase", Role.PLATFORM),
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
