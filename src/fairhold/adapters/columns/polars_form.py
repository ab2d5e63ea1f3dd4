"""A book's clauses as Polars expressions. Needs the extra `analytics`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import ge, gt, le, lt
from typing import Any

import polars as pl

from fairhold.adapters.columns.deciding import RESULT, Deciding, Stage
from fairhold.adapters.columns.table import columns, row
from fairhold.core.rules.book import Book
from fairhold.core.rules.conditions import Facts
from fairhold.core.rules.vocabulary import FactRule, Kind

ORDER: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
TWO = 2
TYPES = {Kind.BOOL: pl.Boolean, Kind.TEXT: pl.String}


def frame(book: Book, cases: Iterable[Facts]) -> pl.DataFrame:
    """Cases with established facts as a table of the book's columns."""
    rules = list(book.facts.values())
    rows = [row(rules, case) for case in cases]
    return pl.DataFrame(rows, schema=schema(book), orient="row")


def schema(book: Book) -> dict[str, pl.DataType]:
    """The type of every column that the book reads."""
    return {name: _type(rule) for name, rule in columns(book.facts.values())}


def _type(rule: FactRule | None) -> Any:
    if rule is None:
        return pl.Boolean
    if rule.kind is Kind.ENUM:
        return pl.Enum(rule.values)
    return TYPES.get(rule.kind, pl.Int64)


def planned(book: Book, day: date) -> list[Stage]:
    """The stages of a decision by the clauses in force on a day."""
    return Deciding(book, day, Expressions()).stages()


def decided(cases: pl.LazyFrame, stages: list[Stage]) -> pl.LazyFrame:
    """Status, clause, decision and amounts (minor units) of every row, not yet run."""
    for stage in stages:
        cases = cases.with_columns(**stage)
    return cases.select(RESULT)


def decide(book: Book, day: date, cases: pl.DataFrame) -> pl.DataFrame:
    """The same, at once."""
    return decided(cases.lazy(), planned(book, day)).collect()


class Expressions:
    """The algebra whose terms are Polars expressions."""

    def column(self, name: str) -> pl.Expr:
        """The column of that name."""
        return pl.col(name)

    def literal(self, value: Any) -> pl.Expr:
        """A constant."""
        return pl.lit(value)

    def equal(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """Whether two values are the same; null if one is."""
        return left == right

    def one_of(self, value: pl.Expr, among: Sequence[Any]) -> pl.Expr:
        """Whether a value is one of these."""
        return pl.any_horizontal([value == one for one in among])

    def ordered(self, sign: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """An order; null if one side is."""
        return ORDER[sign](left, right)

    def has_bits(self, value: pl.Expr, mask: int) -> pl.Expr:
        """Whether all bits of `mask` are set."""
        return (value & mask) == mask

    def both(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        """All of these."""
        return pl.all_horizontal(parts)

    def either(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        """Any of these."""
        return pl.any_horizontal(parts)

    def negate(self, part: pl.Expr) -> pl.Expr:
        """Not this."""
        return ~part

    def is_null(self, value: pl.Expr) -> pl.Expr:
        """Whether a value is null."""
        return value.is_null()

    def certain(self, value: pl.Expr) -> pl.Expr:
        """True exactly where a boolean is true."""
        return value.fill_null(value=False)

    def choose(
        self, cases: Sequence[tuple[pl.Expr, pl.Expr | None]], otherwise: pl.Expr | None
    ) -> pl.Expr:
        """The value of the first condition that is true."""
        value = pl.lit(None) if otherwise is None else otherwise
        for condition, told in reversed(cases):
            value = pl.when(condition).then(told).otherwise(value)
        return value

    def add(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """The sum."""
        return left + right

    def subtract(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """The difference."""
        return left - right

    def multiply(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """The product."""
        return left * right

    def divide(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """The whole part of a quotient."""
        return left // right

    def at_least_two(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        """Whether two of these are true."""
        if len(parts) < TWO:
            return pl.lit(value=False)
        return pl.sum_horizontal(part.cast(pl.UInt8) for part in parts) >= TWO

    def first_of(self, words: Sequence[tuple[pl.Expr, str]]) -> pl.Expr:
        """The word of the first condition that is true."""
        kind = pl.Enum(list(dict.fromkeys(word for _, word in words)))
        return self.choose([(where, pl.lit(word, dtype=kind)) for where, word in words], None)
