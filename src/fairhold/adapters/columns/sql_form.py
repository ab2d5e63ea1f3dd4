"""A book's clauses as one SQL query over a table of cases. SQLite from 3.35, PostgreSQL from 12.

Stages are materialized, or the planner would write each into the next, again and again.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from fairhold.adapters.columns.deciding import RESULT, Deciding
from fairhold.adapters.columns.table import columns
from fairhold.core.rules.book import Book
from fairhold.core.rules.vocabulary import Kind

NAMED = re.compile('"([^"]+)"')
TYPES = {Kind.BOOL: "boolean", Kind.TEXT: "text", Kind.ENUM: "text"}
NOTHING = "NULL"


def table(book: Book, name: str) -> str:
    """The statement that makes a table of the book's columns, with a number for each case."""
    parts = [f"{quoted('case')} bigint PRIMARY KEY"]
    for column, rule in columns(book.facts.values()):
        kind = "boolean" if rule is None else TYPES.get(rule.kind, "bigint")
        parts.append(f"{quoted(column)} {kind}")
    return f"CREATE TABLE {quoted(name)} (\n  " + ",\n  ".join(parts) + "\n)"


def query(book: Book, day: date, name: str) -> str:
    """The query that gives number, status, clause, decision and amounts of every case."""
    stages = Deciding(book, day, Text()).stages()
    later: list[set[str]] = [{"case", "status"}]
    for stage in reversed(stages):
        read = {column for term in stage.values() for column in NAMED.findall(term)}
        later.append(later[-1] | read)
    tables, source = [], name
    for number, (stage, wanted) in enumerate(zip(stages, reversed(later[:-1]), strict=True)):
        carried = sorted(wanted & _known(book, stages[:number]))
        terms = [*map(quoted, carried)]
        terms += [f"{term} AS {quoted(column)}" for column, term in stage.items()]
        told = ",\n    ".join(terms)
        selected = "\n    ".join(("SELECT", told, "FROM", quoted(source)))
        tables.append(f"  stage{number} AS MATERIALIZED (\n    {selected}\n  )")
        source = f"stage{number}"
    wanted_last = ", ".join(quoted(column) for column in ("case", *RESULT))
    return "WITH\n" + ",\n".join(tables) + f"\nSELECT {wanted_last} FROM {quoted(source)}"


def _known(book: Book, stages: Sequence[dict[str, str]]) -> set[str]:
    """The columns that exist before a stage."""
    made = {column for stage in stages for column in stage}
    return made | {column for column, _ in columns(book.facts.values())} | {"case"}


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


class Text:
    """The algebra whose terms are SQL text."""

    def column(self, name: str) -> str:
        """The column of that name."""
        return quoted(name)

    def literal(self, value: Any) -> str:
        """A constant."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int):
            return str(value)
        return "'" + str(value).replace("'", "''") + "'"

    def equal(self, left: str, right: str) -> str:
        """Whether two values are the same; null if one is."""
        return f"({left} = {right})"

    def one_of(self, value: str, among: Sequence[Any]) -> str:
        """Whether a value is one of these."""
        if len(among) == 1:
            return self.equal(value, self.literal(among[0]))
        return f"({value} IN ({', '.join(map(self.literal, among))}))"

    def ordered(self, sign: str, left: str, right: str) -> str:
        """An order; null if one side is."""
        return f"({left} {sign} {right})"

    def has_bits(self, value: str, mask: int) -> str:
        """Whether all bits of `mask` are set."""
        return f"(({value} & {mask}) = {mask})"

    def both(self, parts: Sequence[str]) -> str:
        """All of these."""
        return _joined(" AND ", parts)

    def either(self, parts: Sequence[str]) -> str:
        """Any of these."""
        return _joined(" OR ", parts)

    def negate(self, part: str) -> str:
        """Not this."""
        return f"(NOT {part})"

    def is_null(self, value: str) -> str:
        """Whether a value is null."""
        return f"({value} IS NULL)"

    def certain(self, value: str) -> str:
        """True exactly where a boolean is true."""
        return f"COALESCE({value}, FALSE)"

    def choose(self, cases: Sequence[tuple[str, str | None]], otherwise: str | None) -> str:
        """The value of the first condition that is true."""
        told = " ".join(f"WHEN {where} THEN {value or NOTHING}" for where, value in cases)
        return f"(CASE {told} ELSE {otherwise or NOTHING} END)"

    def add(self, left: str, right: str) -> str:
        """The sum."""
        return f"({left} + {right})"

    def subtract(self, left: str, right: str) -> str:
        """The difference."""
        return f"({left} - {right})"

    def multiply(self, left: str, right: str) -> str:
        """The product."""
        return f"({left} * {right})"

    def divide(self, left: str, right: str) -> str:
        """The whole part of a quotient."""
        return f"({left} / {right})"

    def at_least_two(self, parts: Sequence[str]) -> str:
        """Whether two of these are true."""
        counted = [f"(CASE WHEN {part} THEN 1 ELSE 0 END)" for part in parts]
        return f"({' + '.join(counted)} > 1)" if len(parts) > 1 else "FALSE"

    def first_of(self, words: Sequence[tuple[str, str]]) -> str:
        """The word of the first condition that is true."""
        return self.choose([(where, self.literal(word)) for where, word in words], None)


def _joined(sign: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"
