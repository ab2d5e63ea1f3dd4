"""Each clock of a case as one line: from when, until when, who had to act, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fairhold.core.cases import events as common
from fairhold.core.cases.evolve import CLOCK_EVENTS, EVENT_TYPES
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain

OF_CLOCKS = {kind.__name__ for kind in CLOCK_EVENTS}
RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock. `notice` and `reminded` are entries; `given_back` counts seconds of outages."""

    entry: int
    kind: str
    must_act: str
    starts_at: datetime
    due_at: datetime
    clause: str
    default: str
    outcome: str = RUNNING
    ended_at: datetime | None = None
    notice: int | None = None
    reminded: int | None = None
    given_back: int = 0
    paused_at: datetime | None = None
    paused_seconds: int = 0


def clock_lines(entries: Iterable[Entry]) -> list[ClockLine]:
    """Every clock that these entries set, in the order in which they began."""
    lines: list[ClockLine] = []
    for entry in entries:
        if entry.type in OF_CLOCKS:
            event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
            lines = _after(lines, event, entry)
    return lines


def _after(lines: list[ClockLine], event: Any, entry: Entry) -> list[ClockLine]:
    match event:
        case common.ClockSet():
            return [*lines, _started(event, entry)]
        case common.ClockEnded():
            ended = {"outcome": event.ending.value, "ended_at": entry.at}
            return _open(lines, (event.kind,), lambda _: ended)
        case common.ClockExtended():
            return _open(
                lines,
                (event.kind,),
                lambda line: {
                    "due_at": event.due_at,
                    "given_back": line.given_back + event.seconds,
                },
            )
        case common.ClocksPaused():
            return _open(lines, event.kinds, lambda _: {"paused_at": entry.at})
        case common.ClocksResumed():
            return _open(lines, event.kinds, lambda line: _resumed(line, entry.at))
        case common.ReminderIssued():
            return _open(lines, (event.kind,), lambda _: {"reminded": entry.seq})
        case _:
            told = [line for line in lines if line.notice is None and line.outcome == RUNNING]
            kinds = tuple(line.kind for line in told)
            return _open(lines, kinds, lambda line: {"notice": line.notice or entry.seq})


def _started(event: common.ClockSet, entry: Entry) -> ClockLine:
    return ClockLine(
        entry=entry.seq,
        kind=event.kind,
        must_act=event.must_act.value,
        starts_at=event.starts_at,
        due_at=event.due_at,
        clause=event.clause,
        default=event.default,
    )


def _resumed(line: ClockLine, at: datetime) -> dict[str, Any]:
    pause = at - line.paused_at if line.paused_at else at - at
    seconds = line.paused_seconds + int(pause.total_seconds())
    return {"paused_at": None, "paused_seconds": seconds, "due_at": line.due_at + pause}


def _open(lines: list[ClockLine], kinds: tuple[str, ...], change: Any) -> list[ClockLine]:
    """The lines with a change to those of these kinds that still run."""
    return [
        replace(line, **change(line)) if line.outcome == RUNNING and line.kind in kinds else line
        for line in lines
    ]
