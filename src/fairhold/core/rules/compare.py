"""Two versions of a book side by side: what came, what went, what changed, and whom it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.ruling import rule

# What a clause says; what is worked out from it is not compared again.
SAID = tuple(one.name for one in fields(Clause) if one.init)


@dataclass(frozen=True, slots=True)
class Witness:
    """Facts under which the two versions lead to different results."""

    facts: dict[str, Any]
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Difference:
    """Clauses added, ended and changed (with the parts that changed), and witnesses."""

    added: tuple[str, ...]
    ended: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    witnesses: tuple[Witness, ...]


def difference(old: Book, new: Book, cases: Iterable[Mapping[str, Any]], day: date) -> Difference:
    """What `new` says otherwise than `old`; `cases` are tried for witnesses."""
    before = {clause.id: clause for clause in old.clauses}
    after = {clause.id: clause for clause in new.clauses}
    changed = tuple(
        (name, parts)
        for name in before
        if name in after and (parts := _parts(before[name], after[name]))
    )
    return Difference(
        added=tuple(name for name in after if name not in before),
        ended=tuple(name for name in before if name not in after),
        changed=changed,
        witnesses=tuple(_witnesses(old, new, cases, day)),
    )


def _parts(before: Clause, after: Clause) -> tuple[str, ...]:
    return tuple(name for name in SAID if getattr(before, name) != getattr(after, name))


def _witnesses(
    old: Book, new: Book, cases: Iterable[Mapping[str, Any]], day: date
) -> Iterable[Witness]:
    for facts in cases:
        found = [_result(book, facts, day) for book in (old, new)]
        if found[0] != found[1]:
            yield Witness(dict(facts), *found)


def _result(book: Book, facts: Mapping[str, Any], day: date) -> Result:
    return result(rule(book, facts, day), facts)
