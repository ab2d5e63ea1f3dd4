"""Asking a provider after parcels: in batches, within a budget for each carrier, backing off.

The budget keeps one busy carrier from using up what the provider allows for all; a provider that
does not answer is asked again later, and later still.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from fairhold.adapters.tracking import TrackingFault
from fairhold.core.logistics.waybill import plain
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.intake import take
from fairhold.store import parcels

FIRST_PAUSE = timedelta(seconds=30)
MOST_PAUSES = 7
MINUTE = timedelta(minutes=1)
log = structlog.get_logger()


@dataclass
class Pacing:
    """How the asking goes: until when to wait, how often it failed, what was spent this minute."""

    wait_until: datetime | None = None
    failures: int = 0
    minute: datetime | None = None
    spent: dict[str, int] = field(default_factory=dict)

    def waits(self, now: datetime) -> bool:
        """Whether the provider is left alone for now."""
        return self.wait_until is not None and now < self.wait_until

    def failed(self, now: datetime) -> None:
        """Wait twice as long as the last time, up to an hour."""
        self.wait_until = now + FIRST_PAUSE * 2 ** min(self.failures, MOST_PAUSES)
        self.failures += 1

    def went_well(self) -> None:
        """Begin anew."""
        self.wait_until, self.failures = None, 0

    def within(self, carrier: str, budget: int, now: datetime) -> bool:
        """Spend one of this minute's numbers of a carrier, if there is one left."""
        if self.minute is None or now - self.minute >= MINUTE:
            self.minute, self.spent = now, {}
        if self.spent.get(carrier, 0) >= budget:
            return False
        self.spent[carrier] = self.spent.get(carrier, 0) + 1
        return True


PACING = Pacing()


def ask_sources(desk: Desk, pacing: Pacing = PACING) -> int:
    """One request for the parcels that waited longest; returns how many numbers were asked."""
    room, now = desk.parcels, desk.clock.now()
    if room.source is None or pacing.waits(now):
        return 0
    since = now - timedelta(hours=room.ask_again_hours)
    waiting = parcels.to_ask(since, room.budget)
    picked: list[tuple[str, str]] = []
    for number, carrier in waiting:
        if len(picked) < room.source.most_at_once and pacing.within(carrier, room.budget, now):
            picked.append((plain(number), carrier))
    if not picked:
        return 0
    try:
        taken = take(desk, list(room.source.look_up(picked)), room.source.name, now)
    except TrackingFault as fault:
        pacing.failed(now)
        log.warning("tracking_source_failed", source=room.source.name, why=str(fault))
        return 0
    pacing.went_well()
    parcels.asked([number for number, _ in picked], now)
    log.info("tracking_asked", numbers=len(picked), new=taken.taken)
    return len(picked)
