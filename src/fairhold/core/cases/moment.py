"""The moment of a decision: who acts, when, and under which procedure. Read once per command."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fairhold.core.cases.events import ClockSet
from fairhold.core.rules.book import Book
from fairhold.core.rules.process import Process
from fairhold.core.values.roles import Actor, Role
from fairhold.core.values.spans import end_of


@dataclass(frozen=True, slots=True)
class Moment:
    """Handed to every decider. `now` is aware UTC.

    `book` are the merits, None where only the procedure is played; `alone` names the clauses that
    the operator lets decide without a person.
    """

    now: datetime
    actor: Actor
    process: Process
    book: Book | None
    alone: frozenset[str]

    def clock(
        self,
        kind: str,
        must_act: Role,
        *,
        starts_at: datetime | None = None,
        due_at: datetime | None = None,
        clause: str | None = None,
    ) -> ClockSet:
        """The event that sets the clock `kind` of the book, from now or from `starts_at`.

        `due_at` is given where a clock that once ran gets its old end back, or where the merits
        say how long it runs; `clause` where they say by which rule.
        """
        rule = self.process.clock(kind)
        start = starts_at or self.now
        due = due_at or end_of(rule.span, start, self.process.calendar)
        remind_at = due - timedelta(hours=rule.reminder_hours)
        return ClockSet(
            kind=kind,
            must_act=must_act,
            starts_at=start,
            due_at=due,
            default=rule.default,
            clause=clause or rule.clause,
            remind_at=remind_at if remind_at > self.now else None,
        )
