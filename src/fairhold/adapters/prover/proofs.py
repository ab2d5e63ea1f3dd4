"""What is proven of a book: every clause can decide, no two contradict, no complete case is open.

The theorems of fairness stand beside these.

What the solver cannot tell in its time is reported as not proven, never as proven.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import z3

from fairhold.adapters.prover.encoding import Encoding
from fairhold.adapters.prover.fairness import fairness
from fairhold.adapters.prover.statements import Failure, Statement, about
from fairhold.adapters.prover.witness import usual_values
from fairhold.adapters.prover.worth import above_of
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.ruling import outcome

MILLISECONDS_A_QUESTION = 5_000


@dataclass(frozen=True, slots=True)
class Proof:
    """How many statements were put to the solver, and which of them fail."""

    statements: int
    failures: tuple[Failure, ...]


def prove(book: Book, complete: dict[str, tuple[str, ...]] | None = None) -> Proof:
    """Put every statement about `book` to the solver.

    `complete` names a fact and its values for each of which some clause has to decide.
    """
    encoding = Encoding(book)
    statements = [
        *_reachable(book, encoding),
        *_compatible(book, encoding),
        *_without_gaps(book, encoding, complete or {}),
        *fairness(book, encoding),
    ]
    told = (_failure(encoding, one) for one in statements)
    return Proof(len(statements), tuple(one for one in told if one is not None))


def _reachable(book: Book, encoding: Encoding) -> Iterator[Statement]:
    """Each clause is true for some facts under which nothing outranks it."""
    for clause in book.clauses:
        above = [] if clause.step == book.always else above_of(book, clause)
        formulas = (encoding.clauses[clause.id], *_none_of(encoding, above))
        yield about("can never decide", [clause], [*formulas], possible=True)


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
            yield about("contradict each other", [*pair], [*formulas], possible=False)


def _settled(one: Clause, other: Clause) -> bool:
    ranked = one.id in other.overrides or other.id in one.overrides
    return ranked or outcome(one) == outcome(other)


def _without_gaps(
    book: Book, encoding: Encoding, complete: dict[str, tuple[str, ...]]
) -> Iterator[Statement]:
    """Whatever the other facts are, some clause decides."""
    deciding = [one for one in book.clauses if not one.adds]
    for fact, values in complete.items():
        for value in values:
            named = encoding.of_value(fact, value)
            formulas = [named, *_none_of(encoding, deciding)]
            what = f"no clause decides where {fact} is {value}"
            yield about(what, deciding, formulas, possible=False)


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
    if found == z3.unknown:
        return Failure(f"not proven: {statement.what}", statement.named, None)
    facts = {} if statement.possible else _plainest(encoding, solver, statement.reads)
    return Failure(statement.what, statement.named, facts)


def _plainest(encoding: Encoding, solver: Any, reads: tuple[str, ...]) -> dict[str, Any]:
    """A case that shows it and differs as little as can be from what is presumed of every case.

    What is presumed of every case anyway is left out.
    """
    usual = usual_values(encoding.book)
    for name in reads:
        wanted = encoding.are({name: usual[name]}) if name in usual else []
        if wanted and solver.check(*wanted) == z3.sat:
            solver.add(*wanted)
    solver.check()
    found = encoding.witness(solver.model(), list(reads))
    presumed = encoding.told(encoding.book.presumed)
    return {
        name: value
        for name, value in found.items()
        if name not in presumed or presumed[name] != value
    }
