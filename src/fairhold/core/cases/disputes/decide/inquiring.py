"""What the rulebook does by itself while the platform is in the case: it asks for proof, sees that
proof came or is not needed any more, and, where the operator allows, puts up the plan.

Follows every act that may have changed a fact. Nobody's money moves here but by a plan that both
may still answer.
"""

from datetime import datetime, timedelta

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.alone import put_up_alone, take_back_alone
from fairhold.core.cases.disputes.decide.promise import hold
from fairhold.core.cases.disputes.inquiry import Inquiry, inquire, under_decision
from fairhold.core.cases.disputes.proof import CLOCK, Asking, ProofRequest
from fairhold.core.cases.disputes.state import Dispute
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.evolve import evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders.state import Standing
from fairhold.core.rules.establish import Window
from fairhold.core.rules.requests import to_send
from fairhold.core.values.roles import PARTIES, Role

# The desk's own time, which begins anew where a request would end after it or shortly before.
OF_THE_DESK = ("platform_proposal", "award", "return_ruling")
TIME_TO_READ = timedelta(days=1)


def follow_up(file: CaseFile, decided: Events, moment: Moment) -> Events:
    """What follows by the rulebook from `decided`; nothing while clocks stand still."""
    enters = any(isinstance(one, ENTRIES) for one in decided)
    dispute = file.open_dispute
    if moment.book is None or not (enters or (dispute and under_decision(dispute))):
        return ()
    file = _folded(file, decided, moment)
    dispute = file.open_dispute
    frozen = file.the_order.standing is Standing.FROZEN
    if dispute is None or frozen or not under_decision(dispute):
        return ()
    seen = _answered(file, inquire(file, moment.book, moment.now), moment)
    file = _folded(file, seen, moment)
    asks = inquire(file, moment.book, moment.now)
    sent = (*_not_needed(file.the_dispute, asks), *_sent(file.the_dispute, asks, moment))
    taken_back = take_back_alone(file, asks, moment)
    file = _folded(file, taken_back, moment)
    held = hold(file, asks, moment)
    put_up = () if sent or held else put_up_alone(file, asks, moment)
    return (*seen, *sent, *taken_back, *held, *put_up)


ENTRIES = (happened.PlatformSteppedIn, happened.PlatformEnteredReturn)


def _folded(file: CaseFile, events: Events, moment: Moment) -> CaseFile:
    for event in events:
        file = evolve(file, event, moment.now)
    return file


def _answered(file: CaseFile, asks: Inquiry, moment: Moment) -> Events:
    """Requests whose documents came, and those whose documents were withdrawn again."""
    events: list[object] = []
    for request in file.the_dispute.requests:
        met = asks.known.windows.get(request.name) is Window.MET
        if met and request.standing is Asking.OPEN:
            events += [happened.ProofGiven(request.name)]
            events += [ClockEnded(request.clock, Ending.SATISFIED)]
        elif not met and request.standing is Asking.GIVEN:
            events += _withdrawn(request, moment)
    return tuple(events)


def _withdrawn(request: ProofRequest, moment: Moment) -> Events:
    """The documents are gone: the first end still counts."""
    if moment.now > request.due_at:
        return (happened.ProofLapsed(request.name, request.due_at),)
    return (
        happened.ProofRequested(
            request.name, request.party, request.documents, request.all_needed, request.due_at
        ),
        moment.clock(request.clock, request.party, due_at=request.due_at),
    )


def _not_needed(dispute: Dispute, asks: Inquiry) -> Events:
    wanted = {one.proof.name for one in asks.requests}
    events: list[object] = []
    for request in dispute.requests:
        if request.standing is Asking.OPEN and request.name not in wanted:
            events += [happened.ProofNoLongerNeeded(request.name)]
            events += [ClockEnded(request.clock, Ending.CANCELLED)]
    return tuple(events)


def _sent(dispute: Dispute, asks: Inquiry, moment: Moment) -> Events:
    """The requests that go out now, to the parties; the desk's own time makes room for them."""
    events: list[object] = []
    latest = moment.now
    names = to_send(asks.book, asks.known, asks.ruling, moment.now.date())
    sides = {side.value for side in PARTIES}
    for name in (one for one in names if asks.book.proofs[one].party in sides):
        rule = asks.book.proofs[name]
        party, due_at = Role(rule.party), moment.now + timedelta(days=rule.days)
        latest = max(latest, due_at)
        events += [
            happened.ProofRequested(name, party, rule.documents, rule.all_needed, due_at),
            moment.clock(CLOCK + name, party, due_at=due_at, clause=_clause(asks, name)),
        ]
    return (*events, *(_more_time(dispute, latest, moment) if events else ()))


def _clause(asks: Inquiry, name: str) -> str:
    """The clause that asks for these documents."""
    return next(one.id for one in asks.book.clauses if name in one.asks)


def _more_time(dispute: Dispute, latest: datetime, moment: Moment) -> Events:
    events: list[object] = []
    for kind in OF_THE_DESK:
        clock = dispute.clock(kind)
        if clock is not None and clock.due_at < latest + TIME_TO_READ:
            events += [ClockEnded(kind, Ending.SUPERSEDED), moment.clock(kind, Role.SPECIALIST)]
    return tuple(events)
