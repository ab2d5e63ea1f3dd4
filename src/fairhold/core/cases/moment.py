"""The moment of a decision: who acts, when, and under which procedure. Read once per command."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.events import ClockSet
from fairhold.core.rules.process import Process
from fairhold.core.values.roles import Actor, Role
from fairhold.core.values.spans import end_of


@dataclass(frozen=True, slots=True)
class Moment:
    """Handed to every decider. `now` is aware UTC."""

    now: datetime
    actor: Actor
    process: Process

    def clock(self, kind: str, must_act: Role, *, starts_at: datetime | None = None) -> ClockSet:
        """The event that sets the clock `kind` of the book, from now or from `starts_at`."""
        rule = self.process.clocks[kind]
        start = starts_at or self.now
        due = end_of(rule.span, start, self.process.calendar)
        return ClockSet(kind, must_act, start, due, rule.default, rule.clause)
