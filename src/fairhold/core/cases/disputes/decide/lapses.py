"""What follows when a clock runs out, and what time is given back. The platform's own commands.

Every default is looked up by the name that the clock itself carries, so a case keeps the defaults
of the book it was opened under.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from fairhold.core.cases.clock import Clock, Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide import review
from fairhold.core.cases.disputes.decide.alone import award_alone
from fairhold.core.cases.disputes.decide.returning import leg_of
from fairhold.core.cases.disputes.proof import request_of
from fairhold.core.cases.disputes.state import Dispute, Outcome, Plan, Reason
from fairhold.core.cases.events import ClockEnded, ClockExtended, ReminderIssued
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders.decide.keeping import thaw
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import NOTHING, Refund
from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.sentence import sentence


def lapse(file: CaseFile, command: asked.LapseClock, moment: Moment) -> Events | Refusal:
    """A clock ran out: carry out its default.

    Refuses: a clock that has ended, is paused or not yet over, or that nobody was told of.
    """
    clock = next((clock for clock in file.clocks() if clock.seq == command.seq), None)
    if clock is None:
        why = sentence("The clock set by entry {entry} has already ended.", entry=command.seq)
        return Refusal(Code.CLOCK_ENDED, why, "Nothing needs to be done.")
    if not clock.is_over(moment.now):
        why = sentence(
            "The clock runs until {due_at}; it is {now}.", due_at=clock.due_at, now=moment.now
        )
        return Refusal(Code.CLOCK_NOT_DUE, why, "Wait until the time is over.")
    if clock.notice_seq is None:
        why = sentence("No notice of the clock set by entry {entry} is on record.", entry=clock.seq)
        return Refusal(Code.CLOCK_WITHOUT_NOTICE, why, "Issue the notice first.")
    return DEFAULTS[clock.default](file, clock, moment)


def remind(file: CaseFile, command: asked.RemindOfClock, moment: Moment) -> Events | Refusal:
    """A clock is about to run out: whoever must act is told, or both where the platform acts.

    Refuses: a clock that has ended, or whose reminder has gone out or is not due.
    """
    clock = next((clock for clock in file.clocks() if clock.seq == command.seq), None)
    if clock is None:
        why = sentence("The clock set by entry {entry} has already ended.", entry=command.seq)
        return Refusal(Code.CLOCK_ENDED, why, "Nothing needs to be done.")
    if clock.remind_at is None or moment.now <= clock.remind_at:
        why = sentence("No reminder of the clock set by entry {entry} is due.", entry=clock.seq)
        return Refusal(Code.CLOCK_NOT_DUE, why, "Nothing needs to be done.")
    to = (clock.must_act,) if clock.must_act in PARTIES else PARTIES
    return (ReminderIssued(to, clock.kind, clock.due_at),)


def execute_request(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The seller kept silent: the request that stood the whole time is carried out."""
    request = file.the_dispute.request
    return _carry_out(file, clock, request, Outcome.SELLER_SILENT, moment)


def enter_review(file: CaseFile, _: Clock, moment: Moment) -> Events:
    """The seventh day is over: the platform is in the case."""
    return review.entered(file, "clock", Ending.FIRED, moment)


def conclude_unreviewed(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The platform proposed nothing in its time: what the seller conceded is carried out.

    Where the seller offered nothing because nobody had to ask it (worry-free) or it never
    answered, the buyer's request is. For the buyer's own reasons only an agreed plan moves money.
    """
    if file.the_dispute.reason is Reason.OWN_REASONS:
        return _pay(file, clock, Outcome.PLATFORM_SILENT, moment, NOTHING)
    offers = file.the_dispute.standing(Role.SELLER)
    plan = max(offers, key=_generosity) if offers else file.the_dispute.request
    return _carry_out(file, clock, plan, Outcome.PLATFORM_SILENT, moment)


def close_proof(_: CaseFile, clock: Clock, __: Moment) -> Events:
    """The documents did not come: what the rulebook presumes without them holds from now on."""
    name = request_of(clock.kind) or ""
    return (happened.ProofLapsed(name, clock.due_at), ClockEnded(clock.kind, Ending.FIRED))


def recheck_promise(_: CaseFile, clock: Clock, __: Moment) -> Events:
    """The promised time is over: what the rulebook says of the parcel now is asked again."""
    return (ClockEnded(clock.kind, Ending.FIRED),)


def close_proposal_phase(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """Nobody's plan was accepted by both: now the platform decides, or the rulebook by itself."""
    return award_alone(file, clock, moment) or (
        ClockEnded(clock.kind, Ending.FIRED),
        moment.clock("award", Role.SPECIALIST),
    )


def award_platform_plan(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The platform's standing plan becomes the award."""
    plan = file.the_dispute.standing(Role.PLATFORM)[0]
    issued = happened.AwardIssued(plan.terms, by_default=True)
    return (issued, *_carry_out(file, clock, plan, Outcome.AWARDED, moment))


def release_unsent(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The buyer did not send the goods: the whole order amount goes to the seller."""
    return _pay(file, clock, Outcome.RETURN_NOT_SENT, moment, NOTHING)


def refund_return(file: CaseFile, clock: Clock, moment: Moment) -> Events:
    """The return counts as received: the agreed refund runs."""
    return _pay(file, clock, Outcome.RETURN_UNANSWERED, moment, leg_of(file).terms.refund)


def enter_return(_: CaseFile, __: Clock, moment: Moment) -> Events:
    """Two working days are over: the platform is in the return, whoever was late."""
    return review.return_entered(moment, Ending.FIRED)


def lift_freeze(file: CaseFile, clock: Clock, _: Moment) -> Events:
    """A freeze that nobody ended ends by itself."""
    return (ClockEnded(clock.kind, Ending.FIRED), *thaw(file, None))


DEFAULTS: dict[str, Callable[[CaseFile, Clock, Moment], Events]] = {
    "execute_request": execute_request,
    "enter_review": enter_review,
    "conclude_unreviewed": conclude_unreviewed,
    "close_proof": close_proof,
    "recheck_promise": recheck_promise,
    "close_proposal_phase": close_proposal_phase,
    "award_platform_plan": award_platform_plan,
    "release_to_seller": release_unsent,
    "refund_return": refund_return,
    "enter_return": enter_return,
    "lift_freeze": lift_freeze,
}

# Defaults that settle the case: once such a clock is over, acts of the parties come too late.
SETTLING = frozenset(DEFAULTS) - {
    "enter_review",
    "close_proof",
    "recheck_promise",
    "close_proposal_phase",
    "enter_return",
    "lift_freeze",
}


def give_back(file: CaseFile, command: asked.GiveBackOutage, _: Moment) -> Events | Refusal:
    """Extend every clock of a party by the time the desk was down while it ran.

    Refuses: when no clock was touched.
    """
    extended = []
    for clock in file.the_dispute.clocks:
        lost = clock.lost_to(command.outage_from, command.outage_until)
        if clock.must_act in PARTIES and clock.paused_at is None and lost:
            extended.append(_extension(clock, lost, command))
    if not extended:
        why = sentence("No running clock of a party was touched by this outage.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return tuple(extended)


def _extension(clock: Clock, lost: timedelta, command: asked.GiveBackOutage) -> ClockExtended:
    return ClockExtended(
        kind=clock.kind,
        due_at=clock.due_at + lost,
        seconds=int(lost.total_seconds()),
        outage_id=command.outage_id,
        outage_from=command.outage_from,
        outage_until=command.outage_until,
    )


def _generosity(plan: Plan) -> int:
    return plan.terms.refund.total_minor


def _carry_out(
    file: CaseFile, clock: Clock, plan: Plan, outcome: Outcome, moment: Moment
) -> Events:
    authority = closing.lapse_of(file, clock.seq)
    ended = closing.end_clocks(file, Ending.CANCELLED, fired=clock.kind)
    return (*ended, *closing.execute(file, plan.terms, authority, outcome, moment))


def _pay(file: CaseFile, clock: Clock, outcome: Outcome, moment: Moment, refund: Refund) -> Events:
    authority = closing.lapse_of(file, clock.seq)
    ended = closing.end_clocks(file, Ending.CANCELLED, fired=clock.kind)
    return (*ended, *closing.pay_and_close(file, refund, authority, outcome, moment))


def settling_clock(dispute: Dispute, now: datetime) -> Clock | None:
    """The clock that is over and whose default settles the case, if there is one."""
    return next(
        (clock for clock in dispute.clocks if clock.default in SETTLING and clock.is_over(now)),
        None,
    )
