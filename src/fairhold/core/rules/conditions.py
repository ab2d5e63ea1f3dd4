"""Conditions over facts: a closed grammar, and its three-valued reading.

Equality, membership, order, presence, all, any, not: no expression language and no code. A fact
that is absent is unknown; a fact that is known to be empty (None) is present as nothing: it equals
only nothing and is neither before nor after anything.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.tri import Tri, conjunction, disjunction, known, negation

Facts = Mapping[str, Value]
LAST = datetime.max.replace(tzinfo=UTC)


class Op(StrEnum):
    """How a fact is compared."""

    IS = "is"
    IN = "in"
    INCLUDES = "includes"
    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Shifted:
    """Another fact, moved by a span: `days` and `hours`, or as many days as a third fact says."""

    fact: str
    days: int = 0
    hours: int = 0
    days_of: str | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """One fact against a literal or another fact."""

    fact: str
    op: Op
    operand: Any


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Test | AllOf | AnyOf | Not
ORDER: dict[Op, Callable[[Any, Any], bool]] = {
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
}


def truth(condition: Condition, facts: Facts) -> Tri:
    """Whether `condition` holds over `facts`."""
    match condition:
        case Test():
            return _tested(condition, facts)
        case AllOf(parts):
            return conjunction(truth(part, facts) for part in parts)
        case AnyOf(parts):
            return disjunction(truth(part, facts) for part in parts)
    return negation(truth(condition.part, facts))


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every single test in the condition, in reading order."""
    match condition:
        case Test():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_of(part)
        case _:
            yield from tests_of(condition.part)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """Every fact that the condition reads, once, in reading order."""
    named: dict[str, None] = {}
    for test in tests_of(condition):
        named[test.fact] = None
        if isinstance(test.operand, Shifted):
            named[test.operand.fact] = None
            if test.operand.days_of:
                named[test.operand.days_of] = None
    return tuple(named)


def _tested(test: Test, facts: Facts) -> Tri:
    if test.fact not in facts:
        return Tri.UNKNOWN
    value = facts[test.fact]
    if test.op is Op.PRESENT:
        return known((value is not None) is test.operand)
    if test.op is Op.IS:
        return known(value == test.operand)
    if test.op is Op.IN:
        return known(value in test.operand)
    if test.op is Op.INCLUDES:
        return known(value is not None and set(test.operand) <= set(value))
    return _ordered(test, value, facts)


def _ordered(test: Test, value: Value, facts: Facts) -> Tri:
    other = test.operand
    if isinstance(other, Shifted):
        if any(name not in facts for name in (other.fact, other.days_of) if name):
            return Tri.UNKNOWN
        other = _moved(other, facts)
    if value is None or other is None:
        return Tri.FALSE
    return known(ORDER[test.op](value, other))


def _moved(other: Shifted, facts: Facts) -> Value:
    base = facts[other.fact]
    if not isinstance(base, datetime):
        return base
    days = facts[other.days_of] if other.days_of else other.days
    return None if days is None else later(base, days, other.hours)


def later(base: datetime, days: int, hours: int) -> datetime:
    """A moment moved by days and hours; the last there is where no calendar reaches."""
    try:
        return base + timedelta(days=days, hours=hours)
    except OverflowError:
        return LAST
