"""Cases as rows: which columns a book has, and the facts of one case in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from fairhold.adapters.columns.algebra import encoded
from fairhold.core.rules.conditions import Facts
from fairhold.core.rules.vocabulary import FactRule, Kind


def is_column(rule: FactRule) -> bool:
    """Whether a table can hold the fact; lists of records and records are none."""
    return not (rule.kind is Kind.RECORD or (rule.kind is Kind.LIST and not rule.values))


def columns(facts: Iterable[FactRule]) -> Iterator[tuple[str, FactRule | None]]:
    """Name of each column, and its fact; None for the boolean that says a fact is known."""
    for rule in facts:
        yield rule.name, rule
        if rule.can_be_nothing:
            yield f"{rule.name}?", None


def row(facts: Iterable[FactRule], case: Facts) -> dict[str, Any]:
    """One case as a row, by name of column."""
    found: dict[str, Any] = {}
    for rule in facts:
        found[rule.name] = encoded(rule, case.get(rule.name))
        if rule.can_be_nothing:
            found[f"{rule.name}?"] = rule.name in case and is_column(rule)
    return found
