"""What a table language must offer, and the conditions of a book in its terms.

Booleans have three values in every such language: true, false, and null for unknown.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from fairhold.core.rules.conditions import AllOf, AnyOf, Condition, Op, Shifted, Test
from fairhold.core.rules.vocabulary import FactRule, Kind, Value

E = Any
MICROSECOND = timedelta(microseconds=1)
A_DAY, AN_HOUR = timedelta(days=1) // MICROSECOND, timedelta(hours=1) // MICROSECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Algebra(Protocol):
    """The operations that conditions and amounts are made of."""

    def column(self, name: str) -> E:
        """The column of that name."""

    def literal(self, value: Any) -> E:
        """A constant: text, whole number or boolean."""

    def equal(self, left: E, right: E) -> E:
        """Whether two values are the same; null if one is."""

    def one_of(self, value: E, among: Sequence[Any]) -> E:
        """Whether a value is one of these constants; null if it is null."""

    def ordered(self, sign: str, left: E, right: E) -> E:
        """`<`, `<=`, `>` or `>=`; null if one side is."""

    def has_bits(self, value: E, mask: int) -> E:
        """Whether all bits of `mask` are set; null for null."""

    def both(self, parts: Sequence[E]) -> E:
        """All of these; false beats null."""

    def either(self, parts: Sequence[E]) -> E:
        """Any of these; true beats null."""

    def negate(self, part: E) -> E:
        """Not this; null for null."""

    def is_null(self, value: E) -> E:
        """Whether a value is null."""

    def certain(self, value: E) -> E:
        """True exactly where a boolean is true."""

    def choose(self, cases: Sequence[tuple[E, E]], otherwise: E) -> E:
        """The value of the first condition that is true; `otherwise` (may be None) elsewhere."""

    def add(self, left: E, right: E) -> E:
        """The sum."""

    def subtract(self, left: E, right: E) -> E:
        """The difference."""

    def multiply(self, left: E, right: E) -> E:
        """The product."""

    def divide(self, left: E, right: E) -> E:
        """The whole part of a quotient of numbers that are not negative."""

    def at_least_two(self, parts: Sequence[E]) -> E:
        """Whether two of these, none of them null, are true."""

    def first_of(self, words: Sequence[tuple[E, str]]) -> E:
        """The word of the first condition that is true."""


def encoded(rule: FactRule, value: Value) -> Any:
    """A value as it stands in its column."""
    if value is None or rule.kind in (Kind.ENUM, Kind.BOOL, Kind.INT, Kind.MONEY, Kind.TEXT):
        return value
    if rule.kind is Kind.MOMENT:
        return (value - EPOCH) // MICROSECOND
    if rule.kind is Kind.LIST and rule.values:
        return mask_of(rule, value)
    return None


def mask_of(rule: FactRule, words: Sequence[Value]) -> int:
    """A list of words as one number; words that the fact cannot have are left out."""
    return sum(1 << place for place, word in enumerate(rule.values) if word in words)


class Conditions:
    """Conditions over one vocabulary in one algebra."""

    def __init__(self, facts: dict[str, FactRule], make: Algebra) -> None:
        self._facts, self._make = facts, make

    def of(self, condition: Condition, names: dict[Test, str]) -> E:
        """A condition over columns that hold its tests, named by `names`."""
        match condition:
            case Test():
                return self._make.column(names[condition])
            case AllOf(parts):
                return self._make.both([self.of(part, names) for part in parts])
            case AnyOf(parts):
                return self._make.either([self.of(part, names) for part in parts])
        return self._make.negate(self.of(condition.part, names))

    def tested(self, test: Test) -> E:
        """One test over the columns of facts."""
        rule = self._facts[test.fact]
        value = self._make.column(rule.name)
        if test.op is Op.PRESENT:
            return self._known(rule, self._presence(rule, value, wanted=test.operand))
        return self._known(rule, self._compared(test, rule, value))

    def _presence(self, rule: FactRule, value: E, *, wanted: bool) -> E:
        if not rule.can_be_nothing:
            known = self._make.literal(wanted)
            return self._make.choose([(self._make.is_null(value), None)], known)
        empty = self._make.is_null(value)
        return self._make.negate(empty) if wanted else empty

    def _known(self, rule: FactRule, told: E) -> E:
        """`told` where the fact is known; null elsewhere. Nothing is known and equals nothing."""
        if not rule.can_be_nothing:
            return told
        return self._make.choose([(self._make.column(f"{rule.name}?"), told)], None)

    def _something(self, rule: FactRule, value: E, told: E) -> E:
        """`told`, and false where the fact is known to be nothing."""
        if not rule.can_be_nothing:
            return told
        return self._make.both([self._make.negate(self._make.is_null(value)), told])

    def _compared(self, test: Test, rule: FactRule, value: E) -> E:
        if test.op is Op.INCLUDES:
            told = self._make.has_bits(value, mask_of(rule, test.operand))
            return self._something(rule, value, told)
        if test.op in (Op.IS, Op.IN):
            return self._equal(test, rule, value)
        sign = {Op.BELOW: "<", Op.AT_MOST: "<=", Op.ABOVE: ">", Op.AT_LEAST: ">="}[test.op]
        if not isinstance(test.operand, Shifted):
            other = self._make.literal(encoded(rule, test.operand))
            return self._something(rule, value, self._make.ordered(sign, value, other))
        return self._against_fact(sign, rule, value, test.operand)

    def _equal(self, test: Test, rule: FactRule, value: E) -> E:
        wanted = test.operand if test.op is Op.IN else (test.operand,)
        words = [encoded(rule, one) for one in wanted if one is not None]
        told = self._something(rule, value, self._make.one_of(value, words)) if words else None
        if None not in wanted:
            return told
        empty = self._make.is_null(value)
        return empty if told is None else self._make.either([empty, told])

    def _against_fact(self, sign: str, rule: FactRule, value: E, other: Shifted) -> E:
        """Against another fact: null while one of them is unknown, false where one is nothing."""
        base = self._facts[other.fact]
        read = [base, *([self._facts[other.days_of]] if other.days_of else [])]
        moved = self._make.column(base.name)
        if base.kind is Kind.MOMENT:
            hours = self._make.literal(other.hours * AN_HOUR + other.days * A_DAY)
            if other.days_of:
                days = self._make.column(other.days_of)
                hours = self._make.multiply(days, self._make.literal(A_DAY))
            moved = self._make.add(moved, hours)
        told = self._something(rule, value, self._make.ordered(sign, value, moved))
        for one in read:
            told = self._something(one, self._make.column(one.name), told)
        for one in read:
            told = self._known(one, told)
        return told
