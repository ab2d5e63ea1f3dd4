"""What would have changed the outcome: for each side, the smallest change of its own facts.

One fact is tried first, then two at once; among changes of one size the one that helps the side
most. Facts that the other side or the platform answers for are left as they are. Only clauses that
are open once all facts of a side are forgotten can be moved by that side, so only what these
clauses read is tried at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.conditions import Facts
from fairhold.core.rules.establish import PROOF, From, Known, inadmissible
from fairhold.core.rules.ruling import Status, rule
from fairhold.core.rules.vocabulary import FactRule, Kind, KnownFrom

SIDES = ("buyer", "seller")
# Two facts at once are tried among this many candidates at most.
MOST_FOR_PAIRS = 14
Change = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class WouldChange:
    """If `party` had shown these facts, the result would have been another one."""

    party: str
    facts: dict[str, Any]
    result: Result


@dataclass(frozen=True, slots=True)
class Side:
    """One side's view of a decided case: the clauses that its own facts can move."""

    name: str
    book: Book
    known: Known
    found: Result
    day: date
    movable: tuple[Clause, ...]


def would_change(book: Book, known: Known, found: Result, day: date) -> tuple[WouldChange, ...]:
    """For each side the smallest change of its own facts that leads to another result."""
    sides = (
        Side(name, book, known, found, day, tuple(_movable(book, known, day, name)))
        for name in SIDES
    )
    told = (_smallest(side) for side in sides if side.movable)
    return tuple(one for one in told if one is not None)


def _movable(book: Book, known: Known, day: date, side: str) -> Iterator[Clause]:
    own = book.burdens.get(side, frozenset())
    rest = {name: value for name, value in known.facts.items() if name not in own}
    edition = book.edition(day)
    for number, _, unknown in edition.read(rest):
        yield from (edition.steps[number][place] for place in unknown)


def _smallest(side: Side) -> WouldChange | None:
    candidates = list(_candidates(side))
    best = _best(side, ((one,) for one in candidates))
    if best is None:
        pairs = combinations(candidates[:MOST_FOR_PAIRS], 2)
        best = _best(side, (pair for pair in pairs if pair[0][0] != pair[1][0]))
    return best


def _best(side: Side, changes: Iterator[Change]) -> WouldChange | None:
    best: WouldChange | None = None
    present = _gain(side.found, side.name)
    for change in changes:
        facts = {**side.known.facts, **dict(change)}
        if not _moves_a_clause(side, facts, change):
            continue
        ruling = rule(side.book, facts, side.day)
        if ruling.status is not Status.DECIDED:
            continue
        other = result(ruling, facts)
        gain = _gain(other, side.name)
        if _same(other, side.found) or gain <= present:
            continue
        if best is None or gain > _gain(best.result, side.name):
            best = WouldChange(side.name, dict(change), other)
    return best


def _moves_a_clause(side: Side, facts: Facts, change: Change) -> bool:
    """Whether some clause that reads every changed fact says something else now."""
    names = [name for name, _ in change]
    holds = side.book.edition(side.day).holds
    return any(
        holds[clause.id](facts) is not holds[clause.id](side.known.facts)
        for clause in side.movable
        if all(name in clause.reads for name in names)
    )


def _candidates(side: Side) -> Iterator[tuple[str, Any]]:
    """Every other value of every fact that this side answers for and a movable clause reads."""
    own = side.book.burdens[side.name]
    read = dict.fromkeys(name for clause in side.movable for name in clause.reads if name in own)
    for name in read:
        if not _in_play(side, name):
            continue
        now = side.known.facts.get(name)
        values = _values(side.book.facts[name])
        yield from ((name, value) for value in values if value != now)


def _in_play(side: Side, name: str) -> bool:
    """Whether this side could show anything: no parcel that nobody speaks of, no idle documents."""
    if name.startswith(PROOF):
        documents = side.book.proofs[name.removeprefix(PROOF)].documents
        return not set(documents) <= inadmissible(side.book, side.known.facts)
    by_carrier = side.book.facts[name].known_from is KnownFrom.TRACKING
    return not (by_carrier and side.known.origin(name) is From.NO_RECORD)


def _values(rule_: FactRule) -> tuple[Any, ...]:
    if rule_.kind is Kind.BOOL:
        return (True, False)
    return rule_.values if rule_.kind is Kind.ENUM else ()


def _same(one: Result, other: Result) -> bool:
    return (one.decision, one.refund_minor) == (other.decision, other.refund_minor)


def _gain(found: Result, side: str) -> int:
    """What the side gets, now or after a return; minor units."""
    if side == "seller":
        return found.release_minor or 0
    return max(found.refund_minor or 0, found.refund_after_return_minor or 0)
