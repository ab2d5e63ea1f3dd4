"""Which clauses are worth reading at all: most are false for a reason that one fact already gives.

For every fact that a clause compares with fixed values, each value knows which clauses it leaves
open, as bits of one number. What is narrowed away is false; what remains is read in full.
"""

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairhold.core.rules.conditions import AllOf, Condition, Facts, Op, Test, truth
from fairhold.core.values.tri import Tri

MISSING = object()
# A value that no clause names.
OTHER = "\0other"
FIXED = {Op.IS, Op.IN, Op.PRESENT}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """For each fact: the clauses left open by each value, and by every other value."""

    everything: int
    by_fact: tuple[tuple[str, Mapping[Hashable, int], int], ...]

    def left(self, facts: Facts) -> int:
        """The clauses that these facts leave open: bit n stands for clause n."""
        found = self.everything
        for name, by_value, other in self.by_fact:
            value = facts.get(name, MISSING)
            if value is not MISSING:
                found &= by_value.get(value, other)
        return found


def narrowing(conditions: Sequence[Condition], single: Container[str]) -> Narrowing:
    """The narrowing of clauses with these conditions, in their order.

    `single` are the facts that have one plain value: no list and no record.
    """
    tests: dict[str, list[tuple[int, Test]]] = {}
    for place, condition in enumerate(conditions):
        for test in _fixed(condition):
            if test.fact in single:
                tests.setdefault(test.fact, []).append((place, test))
    everything = (1 << len(conditions)) - 1
    by_fact = []
    for name, found in tests.items():
        values = {value for _, test in found for value in _values(test)} | {None}
        by_value = {value: _left(everything, found, name, value) for value in values}
        by_fact.append((name, by_value, _left(everything, found, name, OTHER)))
    return Narrowing(everything, tuple(by_fact))


def _fixed(condition: Condition) -> Iterator[Test]:
    """The tests against fixed values, each of which alone can make the condition false."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    for part in parts:
        if isinstance(part, Test) and part.op in FIXED:
            yield part


def _values(test: Test) -> tuple[Any, ...]:
    if test.op is Op.IN:
        return tuple(test.operand)
    return (test.operand,) if test.op is Op.IS else ()


def _left(everything: int, found: list[tuple[int, Test]], name: str, value: Any) -> int:
    for place, test in found:
        if truth(test, {name: value}) is Tri.FALSE:
            everything &= ~(1 << place)
    return everything
