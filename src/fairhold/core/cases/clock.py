"""A clock: who must act, until when, and what follows from silence. It ends exactly once.

An act at the last instant (`due_at` itself) is in time; a clock lapses strictly after it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from fairhold.core.values.roles import Role


class Ending(StrEnum):
    """The four ways in which a clock can end."""

    FIRED = "fired"
    SATISFIED = "satisfied"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Clock:
    """An open clock. `seq` is the journal entry that set it and, with the order, its identity.

    Units: instants are aware UTC; `extended_seconds` is time given back. `remind_at` is None once
    those concerned have been reminded, or when there is no time for it.
    """

    seq: int
    kind: str
    must_act: Role
    starts_at: datetime
    due_at: datetime
    default: str
    clause: str
    notice_seq: int | None = None
    paused_at: datetime | None = None
    extended_seconds: int = 0
    remind_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether the time has run out: strictly after the last instant, and not paused."""
        return self.paused_at is None and now > self.due_at

    def resumed(self, now: datetime) -> "Clock":
        """The clock running again, its end moved by the whole pause."""
        if self.paused_at is None:
            return self
        return replace(self.later(now - self.paused_at), paused_at=None)

    def later(self, span: timedelta) -> "Clock":
        """The clock with its end, and the reminder before it, moved by `span`."""
        remind_at = self.remind_at + span if self.remind_at else None
        return replace(self, due_at=self.due_at + span, remind_at=remind_at)

    @property
    def wake_at(self) -> datetime:
        """When the platform has to look at it next: for the reminder, then for its end."""
        return self.remind_at or self.due_at

    def lost_to(self, start: datetime, end: datetime) -> timedelta:
        """How much of this clock's running time fell into an outage from `start` to `end`."""
        overlap = min(self.due_at, end) - max(self.starts_at, start)
        return max(overlap, timedelta(0))
