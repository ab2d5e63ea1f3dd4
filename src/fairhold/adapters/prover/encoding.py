"""Clauses as formulas of an SMT solver, over complete facts: every fact has a value or is nothing.

Moments are whole hours, money whole minor units. The same conditions that `truth` reads.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import z3

from fairhold.core.rules.book import Book
from fairhold.core.rules.conditions import AllOf, AnyOf, Condition, Not, Op, Shifted, Test
from fairhold.core.rules.vocabulary import FactRule, Kind

LARGEST_NUMBER = 10**6
LATEST_HOUR = 10**6
FIRST_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
HOURS_A_DAY = 24
# A text that no clause names; where a country is asked for, none that there is.
OTHER_TEXT, SOMETHING = 0, "ZZ"
FALSE, TRUE = z3.BoolVal(False), z3.BoolVal(True)
ORDER = {
    Op.BELOW: lambda left, right: left < right,
    Op.AT_MOST: lambda left, right: left <= right,
    Op.ABOVE: lambda left, right: left > right,
    Op.AT_LEAST: lambda left, right: left >= right,
}


class Encoding:
    """The variables of one book, what bounds them, and every clause as a formula."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.bounds: list[Any] = []
        self._values: dict[str, Any] = {}
        self._nothing: dict[str, Any] = {}
        self._codes: dict[str, int] = {}
        self._texts: dict[str, set[int]] = {}
        self.clauses = {clause.id: self.of(clause.when) for clause in book.clauses}
        for rule in book.facts.values():
            self._variable(rule)
        for name, codes in self._texts.items():
            value = self._values[name]
            self.bounds.append(z3.Or([value == code for code in (OTHER_TEXT, *codes)]))

    def of(self, condition: Condition) -> Any:
        """The formula of a condition."""
        match condition:
            case AllOf(parts):
                return z3.And([self.of(part) for part in parts])
            case AnyOf(parts):
                return z3.Or([self.of(part) for part in parts])
            case Not(part):
                return z3.Not(self.of(part))
        return self._test(condition)

    def of_value(self, fact: str, value: str) -> Any:
        """The formula that a fact has this value."""
        return self._test(Test(fact, Op.IS, value))

    def number(self, name: str) -> Any:
        """The variable of a whole number or an amount; a free one without such a fact."""
        rule = self.book.facts.get(name)
        return z3.Int(f"no fact: {name}") if rule is None else self._variable(rule)[0]

    def are(self, facts: dict[str, Any]) -> list[Any]:
        """That each fact has its value."""
        return [variable == value for variable, value in self.fixed(facts)]

    def fixed(self, facts: dict[str, Any]) -> list[tuple[Any, Any]]:
        """Each variable of these facts with what it is."""
        found: list[tuple[Any, Any]] = []
        for name, told in facts.items():
            value, nothing = self._variable(self.book.facts[name])
            if nothing is not FALSE:
                found.append((nothing, z3.BoolVal(told is None)))
            if isinstance(value, dict):
                found += [(part, z3.BoolVal(one in (told or ()))) for one, part in value.items()]
            elif told is not None:
                text = self.book.facts[name].kind is Kind.TEXT
                literal = self._codes.get(told, OTHER_TEXT) if text else self._literal(told)
                one = z3.BoolVal(literal) if isinstance(literal, bool) else z3.IntVal(literal)
                found.append((value, one))
        return found

    def told(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts as a witness gives them."""
        shown: dict[str, Any] = {}
        for name, value in facts.items():
            rule = self.book.facts[name]
            plain = [*value] if isinstance(value, tuple) else value
            shown[name] = self._readable(rule, plain) if rule.kind is Kind.MONEY else plain
        return shown

    def witness(self, model: Any, names: list[str]) -> dict[str, Any]:
        """The values of these facts in a model, as a question asks them."""
        return {name: self._told(model, self.book.facts[name]) for name in names}

    def _test(self, test: Test) -> Any:
        rule = self.book.facts[test.fact]
        value, nothing = self._variable(rule)
        if test.op is Op.PRESENT:
            return z3.Not(nothing) if test.operand else nothing
        something = z3.Not(nothing)
        if test.op is Op.INCLUDES:
            return z3.And(something, *[value[one] for one in test.operand])
        if test.op in (Op.IS, Op.IN):
            wanted = test.operand if test.op is Op.IN else (test.operand,)
            if wanted == (None,):
                return nothing
            if rule.kind is Kind.TEXT:
                said = {self._literal(one) for one in wanted}
                self._texts[rule.name] = self._texts.get(rule.name, set()) | said
            return z3.And(something, z3.Or([value == self._literal(one) for one in wanted]))
        other, there = self._operand(test.operand)
        return z3.And(something, there, ORDER[test.op](value, other))

    def _operand(self, operand: Any) -> tuple[Any, Any]:
        """The other side of a comparison, and whether it is there."""
        if not isinstance(operand, Shifted):
            return self._literal(operand), TRUE
        rule = self.book.facts[operand.fact]
        value, nothing = self._variable(rule)
        if rule.kind is not Kind.MOMENT:
            return value, z3.Not(nothing)
        days, there = operand.days, z3.Not(nothing)
        if operand.days_of:
            days, missing = self._variable(self.book.facts[operand.days_of])
            there = z3.And(there, z3.Not(missing))
        return value + days * HOURS_A_DAY + operand.hours, there

    def _literal(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._codes.setdefault(value, len(self._codes) + 1)
        if isinstance(value, datetime):
            return int((value - FIRST_MOMENT) / timedelta(hours=1))
        return value

    def _variable(self, rule: FactRule) -> tuple[Any, Any]:
        """The value of a fact and whether it is nothing; made and bounded once."""
        if rule.name not in self._values:
            made = self._made(rule)
            self._values[rule.name], self._nothing[rule.name] = made
        return self._values[rule.name], self._nothing[rule.name]

    def _made(self, rule: FactRule) -> tuple[Any, Any]:
        name, kind = rule.name, rule.kind
        nothing = z3.Bool(f"{name}: nothing") if rule.can_be_nothing else FALSE
        if kind is Kind.BOOL:
            return z3.Bool(name), nothing
        if kind is Kind.LIST:
            return {one: z3.Bool(f"{name}: {one}") for one in rule.values}, nothing
        value = z3.Int(name)
        if kind is Kind.ENUM:
            self.bounds.append(z3.Or([value == self._literal(one) for one in rule.values]))
        elif kind is Kind.MOMENT:
            self.bounds += [value >= 0, value <= LATEST_HOUR]
        elif kind in (Kind.INT, Kind.MONEY):
            self.bounds += [value >= (rule.lowest or 0), value <= LARGEST_NUMBER]
        return value, nothing

    def _told(self, model: Any, rule: FactRule) -> Any:
        value, nothing = self._variable(rule)
        if z3.is_true(model.eval(nothing, model_completion=True)):
            return None
        if rule.kind is Kind.LIST:
            present = value.items()
            return [
                one for one, var in present if z3.is_true(model.eval(var, model_completion=True))
            ]
        found = model.eval(value, model_completion=True)
        if rule.kind is Kind.BOOL:
            return z3.is_true(found)
        return self._readable(rule, found.as_long())

    def _readable(self, rule: FactRule, number: Any) -> Any:
        if rule.kind is Kind.MOMENT:
            return (FIRST_MOMENT + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if rule.kind is Kind.MONEY:
            return f"{number // 100}.{number % 100:02d}"
        if rule.kind is Kind.INT:
            return number
        names = {code: name for name, code in self._codes.items()}
        return names.get(number, SOMETHING)
