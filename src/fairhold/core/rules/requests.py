"""Which requests for proof the facts lead to, and what follows when the running ones lapse."""

from collections.abc import Mapping
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
    for step in _reached(book, ruling):
        for clause in book.by_step[step]:
            if clause.in_force(day):
                names |= dict.fromkeys(_wanted(book, clause, open_facts))
    return tuple(known.proofs[name] for name in names)


def _reached(book: Book, ruling: Ruling) -> tuple[str, ...]:
    """The steps up to the deciding one; all where none decides."""
    last = book.steps.index(ruling.step) + 1 if ruling.step else len(book.steps)
    return book.steps[:last]


def _wanted(book: Book, clause: Clause, facts: dict[str, Any]) -> list[str]:
    """The requests of one clause, once nothing else about it is unknown than what they would show.

    While it is not even known where the parcel is, nobody is asked for the papers of customs.
    """
    shown = {book.facts[name].proof for name in _missing(clause, facts)}
    if not shown <= set(clause.asks):
        return []
    return [name for name in clause.asks if _turns_on(clause, book.proofs[name].fact, facts)]


def _missing(clause: Clause, facts: Mapping[str, Any]) -> list[str]:
    """The unknown facts of a clause that are not themselves proofs."""
    return [name for name in clause.reads if name not in facts and not name.startswith("proof.")]


def pressing(ruling: Ruling, known: Known) -> tuple[str, ...]:
    """The unknown facts to establish first: those that alone stand in the way of a clause."""
    missing = [_missing(clause, known.facts) for clause in ruling.open]
    alone = dict.fromkeys(names[0] for names in missing if len(names) == 1)
    return tuple(alone) or ruling.unknown


def _turns_on(clause: Clause, proof: str, facts: dict[str, Any]) -> bool:
    """Whether it matters to the clause if the proof is given."""
    if proof not in clause.reads:
        return clause.holds(facts) is not False
    given, missing = (clause.holds({**facts, proof: met}) for met in (True, False))
    return given is not missing
