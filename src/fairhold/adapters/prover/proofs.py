"""What is proven of a book: every clause can decide, no two contradict, no complete case is open.

What the solver cannot tell in its time is reported as not proven, never as proven.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import z3

from fairhold.adapters.prover.encoding import Encoding
from fairhold.core.rules.book import Book, Clause

MILLISECONDS_A_QUESTION = 5_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold: what, of which clauses, and facts that show it.

    `facts` is None where the solver ran out of time: not proven, and not refuted.
    """

    what: str
    clauses: tuple[str, ...]
    facts: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Proof:
    """How many statements were put to the solver, and which of them fail."""

    statements: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A set of formulas that must (or must not) have a model."""

    what: str
    clauses: tuple[Clause, ...]
    formulas: tuple[Any, ...]
    possible: bool


def prove(book: Book, complete: dict[str, tuple[str, ...]] | None = None) -> Proof:
    """Put every statement about `book` to the solver.

    `complete` names a fact and its values for each of which some clause has to decide.
    """
    encoding = Encoding(book)
    statements = [
        *_reachable(book, encoding),
        *_compatible(book, encoding),
        *_without_gaps(book, encoding, complete or {}),
    ]
    told = (_failure(encoding, one) for one in statements)
    return Proof(len(statements), tuple(one for one in told if one is not None))


def _reachable(book: Book, encoding: Encoding) -> Iterator[Statement]:
    """Each clause is true for some facts under which nothing outranks it."""
    for clause in book.clauses:
        above = [] if clause.step == book.always else _above(book, clause)
        formulas = (encoding.clauses[clause.id], *_none_of(encoding, above))
        yield Statement("can never decide", (clause,), formulas, possible=True)


def _above(book: Book, clause: Clause) -> list[Clause]:
    """The clauses that outrank this one: deciding ones of earlier steps, and its overriders."""
    earlier = book.steps[: book.steps.index(clause.step)]
    found = [one for step in earlier for one in book.by_step[step] if not one.adds]
    return [*found, *(one for one in book.by_step[clause.step] if clause.id in one.overrides)]


def _compatible(book: Book, encoding: Encoding) -> Iterator[Statement]:
    """Two clauses of one step agree, exclude each other, or have a stated precedence."""
    for step in book.steps:
        deciding = [one for one in book.by_step[step] if not one.adds]
        for pair in combinations(deciding, 2):
            if _settled(*pair):
                continue
            names = {one.id for one in pair}
            third = [one for one in deciding if one not in pair and names & set(one.overrides)]
            both = [encoding.clauses[one.id] for one in pair]
            formulas = (*both, *_none_of(encoding, third))
            yield Statement("contradict each other", pair, formulas, possible=False)


def _settled(one: Clause, other: Clause) -> bool:
    ranked = one.id in other.overrides or other.id in one.overrides
    same = replace(one.then, also=(), discretion=False) == replace(
        other.then, also=(), discretion=False
    )
    return ranked or same


def _without_gaps(
    book: Book, encoding: Encoding, complete: dict[str, tuple[str, ...]]
) -> Iterator[Statement]:
    """Whatever the other facts are, some clause decides."""
    deciding = [one for one in book.clauses if not one.adds]
    for fact, values in complete.items():
        for value in values:
            named = encoding.of_value(fact, value)
            formulas = (named, *_none_of(encoding, deciding))
            what = f"no clause decides where {fact} is {value}"
            yield Statement(what, tuple(deciding), formulas, possible=False)


def _none_of(encoding: Encoding, clauses: list[Clause]) -> list[Any]:
    return [z3.Not(encoding.clauses[one.id]) for one in clauses]


def _failure(encoding: Encoding, statement: Statement) -> Failure | None:
    solver = z3.Solver()
    solver.set("timeout", MILLISECONDS_A_QUESTION)
    solver.add(*encoding.bounds, *statement.formulas)
    found = solver.check()
    expected = z3.sat if statement.possible else z3.unsat
    if found == expected:
        return None
    ids = tuple(one.id for one in statement.clauses[:2])
    if found == z3.unknown:
        return Failure(f"not proven: {statement.what}", ids, None)
    names = list(dict.fromkeys(name for one in statement.clauses for name in one.reads))
    facts = {} if statement.possible else encoding.witness(solver.model(), names)
    return Failure(statement.what, ids, facts)
