"""A case in memory: decide and evolve alone, with a clock that the test sets. No database."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fairhold.core.cases.decide import decide
from fairhold.core.cases.disputes.commands import LapseClock
from fairhold.core.cases.disputes.events import DisputeClosed
from fairhold.core.cases.evolve import check, evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.refusal import Refusal
from fairhold.core.values.roles import Role
from fairhold.flow.desk import current
from fairhold.flow.moments import moment_at
from world import BUYER, OPERATOR, SYSTEM, VIEWERS, filing, order_command

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
# More clocks than this never run one after the other in one case.
MOST_LAPSES = 40


@dataclass
class Pure:
    """One file, one clock, every event that happened."""

    file: CaseFile = field(default_factory=lambda: CaseFile("order-1"))
    now: datetime = START
    events: list[Any] = field(default_factory=list)

    def ask(self, role: Role, command: Any) -> tuple[Any, ...] | Refusal:
        """Give a command; carried out if it is not refused."""
        moment = moment_at(current(), self.file, VIEWERS[role].actor, self.now)
        decided = decide(self.file, command, moment)
        if not isinstance(decided, Refusal):
            for event in decided:
                self.file = evolve(self.file, event, self.now)
                self.events.append((event, self.now))
            check(self.file, just_closed=any(isinstance(one, DisputeClosed) for one in decided))
        return decided

    def do(self, role: Role, command: Any) -> "Pure":
        """Give a command that must be carried out."""
        decided = self.ask(role, command)
        assert not isinstance(decided, Refusal), decided
        return self

    def code(self, role: Role, command: Any) -> str | None:
        """The code of the refusal; None when the command was carried out."""
        decided = self.ask(role, command)
        return decided.code.slug if isinstance(decided, Refusal) else None

    def registered(self, **changes: Any) -> "Pure":
        """Register the order, dispatched twenty days before now."""
        command = order_command("T-1", **changes)
        shift = (
            self.now - timedelta(days=20) - command.parcels[0].dispatched_at
            if (command.parcels)
            else timedelta(0)
        )
        parcels = tuple(
            replace(one, dispatched_at=one.dispatched_at + shift) for one in command.parcels
        )
        fields = {name: getattr(command, name) for name in command.__slots__}
        return self.do(
            OPERATOR,
            type(command)(
                **{**fields, "parcels": parcels, "ordered_at": self.now - timedelta(days=21)}
            ),
        )

    def opened(self, *given: Any, **changes: Any) -> "Pure":
        """File a dispute."""
        return self.do(BUYER, filing(*given, **changes))

    def lapse_due(self) -> bool:
        """Carry out the clock that has run out longest; whether there was one."""
        over = [clock for clock in self.file.clocks() if clock.is_over(self.now)]
        if not over:
            return False
        clock = min(over, key=lambda one: one.due_at)
        self.do(SYSTEM, LapseClock(clock.seq))
        return True

    def everybody_silent(self) -> timedelta:
        """Let every clock run out, one after the other; how long it took until nothing ran."""
        began = self.now
        for _ in range(MOST_LAPSES):
            running = [clock for clock in self.file.clocks() if clock.paused_at is None]
            if not running:
                return self.now - began
            self.now = max(
                self.now, min(clock.due_at for clock in running) + timedelta(microseconds=1)
            )
            self.lapse_due()
        raise AssertionError("silence does not end this case")
