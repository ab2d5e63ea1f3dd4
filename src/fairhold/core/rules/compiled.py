"""Conditions made into functions once, when a book is loaded. They say what `truth` says, faster.

A function takes facts and gives True, False, or None for unknown.
"""

from collections.abc import Callable
from typing import Any

from fairhold.core.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Facts,
    Op,
    Test,
    truth,
)
from fairhold.core.values.tri import Tri

Holds = Callable[[Facts], bool | None]
MISSING = object()
ANSWERS = {Tri.TRUE: True, Tri.FALSE: False, Tri.UNKNOWN: None}


def compiled(condition: Condition) -> Holds:
    """The function that says whether `condition` holds."""
    match condition:
        case Test():
            return _test(condition)
        case AllOf(parts):
            return _decided_by(tuple(map(compiled, parts)), deciding=False)
        case AnyOf(parts):
            return _decided_by(tuple(map(compiled, parts)), deciding=True)
    return _negated(compiled(condition.part))


def _decided_by(parts: tuple[Holds, ...], *, deciding: bool) -> Holds:
    """All parts (one false decides), or any part (one true decides)."""
    otherwise = not deciding

    def holds(facts: Facts) -> bool | None:
        unknown = False
        for part in parts:
            found = part(facts)
            if found is deciding:
                return deciding
            if found is None:
                unknown = True
        return None if unknown else otherwise

    return holds


def _negated(part: Holds) -> Holds:
    def holds(facts: Facts) -> bool | None:
        found = part(facts)
        return None if found is None else not found

    return holds


def _test(test: Test) -> Holds:
    name, operand = test.fact, test.operand
    if test.op is Op.IS:
        return _by(name, lambda value: bool(value == operand))
    if test.op is Op.IN:
        return _by(name, lambda value: value in operand)
    if test.op is Op.PRESENT:
        return _by(name, lambda value: (value is not None) is operand)
    return lambda facts: ANSWERS[truth(test, facts)]


def _by(name: str, check: Callable[[Any], bool]) -> Holds:
    def holds(facts: Facts) -> bool | None:
        value = facts.get(name, MISSING)
        return None if value is MISSING else check(value)

    return holds
