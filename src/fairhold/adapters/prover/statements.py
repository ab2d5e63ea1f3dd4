"""What is put to the solver, and what it could not show. Both are records only."""

from dataclasses import dataclass
from typing import Any

from fairhold.core.rules.book import Clause


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold: what, of which clauses, and facts that show it.

    `facts` is None where the solver ran out of time: not proven, and not refuted.
    """

    what: str
    clauses: tuple[str, ...]
    facts: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A set of formulas that must (or must not) have a model.

    `named` are the ids a failure names, `reads` the facts that its witness gives.
    """

    what: str
    named: tuple[str, ...]
    reads: tuple[str, ...]
    formulas: tuple[Any, ...]
    possible: bool


def about(what: str, clauses: list[Clause], formulas: list[Any], *, possible: bool) -> Statement:
    """A statement about clauses, in terms of the facts that they read."""
    reads = dict.fromkeys(name for one in clauses for name in one.reads)
    named = tuple(one.id for one in clauses[:2])
    return Statement(what, named, tuple(reads), tuple(formulas), possible)
