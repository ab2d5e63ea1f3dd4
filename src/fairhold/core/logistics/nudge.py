"""Reminders that keep a parcel from becoming a dispute, as the sources advise them.

Which one fits a parcel now, and to whom. Nothing is sent here.
Source: "AliExpress dispute handling process and guidelines", prevention guide: late, taxed and
waiting parcels (ADV-017, ADV-018, LOG-024).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairhold.core.logistics.fold import ParcelState, Story
from fairhold.core.logistics.scan import ScanKind
from fairhold.core.values.roles import Role

NEARLY_OUT = timedelta(days=3)
MOVING = frozenset({ParcelState.IN_TRANSIT, ParcelState.AT_CUSTOMS})


class NudgeKind(StrEnum):
    """What a nudge is about."""

    DELAYED = "delayed"
    DUTY = "duty"
    PICKUP = "pickup"
    PROMISE_ENDING = "promise_ending"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One nudge: to which side, and over which scans, by digest."""

    kind: NudgeKind
    to: Role
    scans: tuple[str, ...]


def nudges(
    story: Story, now: datetime, promised_by: datetime | None, usual_silence: timedelta
) -> Iterator[Nudge]:
    """The nudges that fit this parcel at `now`."""
    last, deciding = story.last, story.deciding
    if last is None or deciding is None:
        return
    if story.state is ParcelState.HELD_FOR_PICKUP:
        yield Nudge(NudgeKind.PICKUP, Role.BUYER, (deciding.digest,))
    if deciding.kind is ScanKind.CUSTOMS_HELD and deciding.reason == "duty_unpaid":
        yield Nudge(NudgeKind.DUTY, Role.SELLER, (deciding.digest,))
        yield Nudge(NudgeKind.DUTY, Role.BUYER, (deciding.digest,))
    if story.state not in MOVING:
        return
    late = last.kind is ScanKind.DELAYED or now - last.at > usual_silence
    if late or (promised_by is not None and now > promised_by):
        yield Nudge(NudgeKind.DELAYED, Role.SELLER, (last.digest,))
    elif promised_by is not None and promised_by - now <= NEARLY_OUT:
        yield Nudge(NudgeKind.PROMISE_ENDING, Role.SELLER, (last.digest,))


def eased(nudge: NudgeKind, story: Story) -> bool:
    """Whether what the nudge was about is over."""
    deciding = story.deciding
    if nudge is NudgeKind.PICKUP:
        return story.state is ParcelState.DELIVERED
    if nudge is NudgeKind.DUTY:
        return deciding is not None and deciding.kind is not ScanKind.CUSTOMS_HELD
    return story.state is ParcelState.DELIVERED
