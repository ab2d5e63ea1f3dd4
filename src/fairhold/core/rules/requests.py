"""Which requests for proof the facts lead to, and what follows when the running ones lapse."""

from datetime import date
from typing import Any

from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.establish import Asked, Known
from fairhold.core.rules.ruling import Ruling


def asked(book: Book, known: Known, ruling: Ruling, day: date) -> tuple[Asked, ...]:
    """Every request that clauses up to the deciding step turn on, answered, lapsed or running."""
    names: dict[str, None] = {}
    open_facts = {
        name: value for name, value in known.facts.items() if not name.startswith("proof.")
    }
    for step in book.steps:
        for clause in book.by_step[step]:
            if clause.asks and clause.in_force(day):
                for name in clause.asks:
                    if _turns_on(clause, book.proofs[name].fact, open_facts):
                        names[name] = None
        if step == ruling.step:
            break
    return tuple(known.proofs[name] for name in names)


def _turns_on(clause: Clause, proof: str, facts: dict[str, Any]) -> bool:
    """Whether it matters to the clause if the proof is given."""
    if proof not in clause.reads:
        return clause.holds(facts) is not False
    given, missing = (clause.holds({**facts, proof: met}) for met in (True, False))
    return given is not missing
