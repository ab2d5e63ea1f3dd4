"""What would have changed the outcome: for each side, the smallest change of its own facts.

One fact is tried first, then two at once; among changes of one size the one that helps the side
most. Facts that the other side or the platform answers for are left as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book
from fairhold.core.rules.conditions import Facts
from fairhold.core.rules.establish import Known
from fairhold.core.rules.ruling import Status, rule
from fairhold.core.rules.vocabulary import FactRule, Kind

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


def would_change(book: Book, known: Known, found: Result, day: date) -> tuple[WouldChange, ...]:
    """For each side the smallest change of its own facts that leads to another result."""
    told = (_smallest(book, known, found, day, side) for side in SIDES)
    return tuple(one for one in told if one is not None)


def _smallest(book: Book, known: Known, found: Result, day: date, side: str) -> WouldChange | None:
    candidates = list(_candidates(book, known, side))
    singles: list[Change] = [(one,) for one in candidates]
    best = _best(book, known, found, day, side, singles)
    if best is None:
        pairs: Iterator[Change] = combinations(candidates[:MOST_FOR_PAIRS], 2)
        apart = [pair for pair in pairs if pair[0][0] != pair[1][0]]
        best = _best(book, known, found, day, side, apart)
    return best


def _best(
    book: Book, known: Known, found: Result, day: date, side: str, changes: list[Change]
) -> WouldChange | None:
    best: WouldChange | None = None
    for change in changes:
        facts = {**known.facts, **dict(change)}
        if not _moves_a_clause(book, known, facts, change):
            continue
        ruling = rule(book, facts, day)
        if ruling.status is not Status.DECIDED:
            continue
        other = result(ruling, facts)
        if _same(other, found) or _gain(other, side) <= _gain(found, side):
            continue
        if best is None or _gain(other, side) > _gain(best.result, side):
            best = WouldChange(side, dict(change), other)
    return best


def _moves_a_clause(book: Book, known: Known, facts: Facts, change: Change) -> bool:
    """Whether some clause that reads every changed fact says something else now."""
    names = [name for name, _ in change]
    return any(
        clause.holds(facts) is not clause.holds(known.facts)
        for clause in book.readers[names[0]]
        if all(name in clause.reads for name in names)
    )


def _candidates(book: Book, known: Known, side: str) -> Iterator[tuple[str, Any]]:
    """Every other value of every fact that this side answers for and some clause reads."""
    for name in book.readers:
        rule_ = book.facts[name]
        if rule_.burden == side and not name.startswith("dispute."):
            now = known.facts.get(name)
            yield from ((name, value) for value in _values(rule_) if value != now)


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
