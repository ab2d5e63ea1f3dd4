"""A parcel on its way whose promised time still runs: the case waits, and is looked at again.

Source: "AliExpress dispute handling process and guidelines", goods in transit (AMB-66).
"""

from datetime import datetime, timedelta

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.inquiry import Inquiry
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.values.roles import Role

PROMISE = "delivery_promise"
HOLD = "hold"


def hold(file: CaseFile, asks: Inquiry, moment: Moment) -> Events:
    """The clock of the promise while the rulebook holds the money for it; its end when no more.

    The desk's own time begins after the promise: nobody has to propose what cannot be known yet.
    """
    dispute = file.the_dispute
    running = dispute.clock(PROMISE)
    ends_at = _promised_by(file) if asks.decided and asks.result.decision == HOLD else None
    if running is not None and running.due_at == ends_at:
        return ()
    ended = (ClockEnded(PROMISE, Ending.SUPERSEDED if ends_at else Ending.CANCELLED),)
    if ends_at is None:
        return ended if running else ()
    begun = moment.clock(PROMISE, Role.PLATFORM, due_at=ends_at)
    return (*(ended if running else ()), begun, *_desk_later(file, ends_at, moment))


def _promised_by(file: CaseFile) -> datetime | None:
    order = file.the_order
    sent = order.all_dispatched_at()
    return sent + timedelta(days=order.agreement.promise_days) if sent else None


def _desk_later(file: CaseFile, ends_at: datetime, moment: Moment) -> Events:
    """The platform's time to propose, counted from the end of the promise."""
    proposal = file.the_dispute.clock("platform_proposal")
    if proposal is None:
        return ()
    later = moment.clock("platform_proposal", Role.SPECIALIST, starts_at=ends_at)
    if later.due_at <= proposal.due_at:
        return ()
    return (ClockEnded("platform_proposal", Ending.SUPERSEDED), later)
