"""The service that was used against the one that was chosen, and what the difference cost.

Source: "AliExpress dispute handling process and guidelines", change of method (LOG-019, AMB-30).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fairhold.core.values.spelling import bare

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """How one parcel was sent. `service` is None where the seller did not name it."""

    service: str | None
    fee_minor: int | None
    dispatched_at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service that the order stood under, from when. The first is that of the checkout."""

    service: str
    since: datetime


def method_changed(chosen: str, sent: Sequence[Sent]) -> bool | None:
    """Whether a parcel went by another service than the one chosen.

    None where that is not known: no other service was named, and not every parcel names its own.
    """
    named = [one.service for one in sent if one.service is not None]
    if any(bare(one) != bare(chosen) for one in named):
        return True
    return False if named and len(named) == len(sent) else None


def consent(history: Sequence[Chosen], sent: Sequence[Sent]) -> str | None:
    """When both sides put the service that was used on record: before dispatch, or after.

    None where no amendment names it: then there may be other proof.
    """
    first, *later = history
    used = [one for one in sent if one.service and bare(one.service) != bare(first.service)]
    agreed = [_agreed_at(one, later) for one in used]
    if not used or None in agreed:
        return None
    in_time = all(at <= one.dispatched_at for at, one in zip(agreed, used, strict=True) if at)
    return "before_dispatch" if in_time else "after_dispatch"


def _agreed_at(sent: Sent, amendments: Sequence[Chosen]) -> datetime | None:
    named = (one.since for one in amendments if bare(one.service) == bare(sent.service or ""))
    return next(named, None)


def fee_used(sent: Sequence[Sent]) -> int | None:
    """What the services that were used cost, in minor units; None where one is not known."""
    fees = [one.fee_minor for one in sent]
    if not fees or None in fees:
        return None
    return sum(fee for fee in fees if fee is not None)


def delay_days(delivered_at: datetime, dispatched_at: datetime, promise_days: int) -> int:
    """By how many days of 24 hours the goods came after the promise; a day begun counts whole."""
    late = delivered_at - (dispatched_at + promise_days * DAY)
    return max(0, -(-late // DAY))
