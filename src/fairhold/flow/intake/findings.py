"""Findings on their way in: the fact is one of the book's, the value one that the fact can have."""

import json
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes.inquiry import may_be_found
from fairhold.core.rules.book import Book
from fairhold.core.rules.vocabulary import FactRule, Kind
from fairhold.core.values.money import LARGEST_MINOR

# What a person can type for a fact of each kind.
FINDABLE = (Kind.ENUM, Kind.BOOL, Kind.INT, Kind.MONEY, Kind.MOMENT)


class FindingError(Exception):
    """A finding does not fit the book; `field` is the input at fault."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def value_of(book: Book, fact: str, value: Any) -> str:
    """The value as canonical JSON.

    Raises: FindingError for a fact that nobody may establish, or a value that it cannot have.
    """
    rule = book.facts.get(fact)
    if rule is None or not may_be_found(rule) or rule.kind not in FINDABLE:
        raise FindingError("fact", f"{fact!r} is no fact that anybody can say or establish.")
    if isinstance(value, datetime):
        value = value.isoformat()
    if not _fits(rule, value):
        raise FindingError("value", f"{fact}: expected {expected(rule)}, got {value!r}.")
    return json.dumps(value)


def expected(rule: FactRule) -> str:
    """What a value of this fact looks like."""
    words = {
        Kind.ENUM: f"one of {', '.join(rule.values)}",
        Kind.BOOL: "true or false",
        Kind.INT: f"a whole number of at least {rule.lowest or 0}",
        Kind.MONEY: "an amount in minor units",
        Kind.MOMENT: "a moment with its offset, like 2026-03-11T09:00:00Z",
    }
    return words[rule.kind]


def _fits(rule: FactRule, value: Any) -> bool:
    if rule.kind is Kind.ENUM:
        return value in rule.values
    if rule.kind is Kind.BOOL:
        return isinstance(value, bool)
    if rule.kind is Kind.MOMENT:
        return _is_moment(value)
    return type(value) is int and (rule.lowest or 0) <= value <= LARGEST_MINOR


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
