"""Which requests for proof the facts lead to, and which of them are to go out now."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fairhold.core.rules.book import Book, Clause, Edition
from fairhold.core.rules.establish import PROOF, Asked, Known, Window
from fairhold.core.rules.ruling import Ruling, Status
from fairhold.core.rules.vocabulary import KnownFrom


def asked(book: Book, known: Known, ruling: Ruling, day: date) -> tuple[Asked, ...]:
    """Every request that clauses up to the deciding step turn on, answered, lapsed or running."""
    names: dict[str, None] = {}
    for _, wanted in _wanted(book, known, ruling, day):
        names |= dict.fromkeys(wanted)
    for clause in ruling.deciding:
        names |= dict.fromkeys(name for name in clause.asks if PROOF + name in clause.reads)
    return tuple(known.asked(name) for name in names)


def to_send(book: Book, known: Known, ruling: Ruling, day: date) -> tuple[str, ...]:
    """The requests to send now: nobody was asked yet, and the answer can still matter.

    What a record tells is looked up first: as long as nobody knows where the parcel is, no party is
    asked for what would only matter at one place or another.
    """
    if ruling.status is not Status.OPEN:
        return ()
    names: dict[str, None] = {}
    for clause, wanted in _wanted(book, known, ruling, day):
        looked_up = (
            book.facts[name].known_from is not KnownFrom.TRACKING
            for name in _missing(clause, known.facts)
        )
        if all(looked_up):
            names |= dict.fromkeys(wanted)
    waiting = (known.asked(name) for name in names)
    return tuple(
        one.proof.name for one in waiting if one.window is Window.RUNNING and one.due is None
    )


def _wanted(
    book: Book, known: Known, ruling: Ruling, day: date
) -> Iterator[tuple[Clause, list[str]]]:
    """The clauses up to the deciding step with the requests that each of them turns on."""
    edition = book.edition(day)
    open_facts = _unpresumed(known)
    last = book.steps.index(ruling.step) if ruling.step else len(book.steps)
    for number, true, unknown in edition.read_asking(open_facts):
        if number > last:
            break
        for place in sorted((*true, *unknown)):
            clause = edition.asking[number][place]
            wanted = _of_clause(book, edition, clause, open_facts)
            if wanted:
                yield clause, wanted


def _unpresumed(known: Known) -> dict[str, Any]:
    """What is known without any proof, and without what the lack of it let presume."""
    found = dict(known.facts)
    for name in known.windows:
        found.pop(PROOF + name, None)
    for name in known.by_lapse:
        found.pop(name, None)
    return found


def _of_clause(book: Book, edition: Edition, clause: Clause, facts: dict[str, Any]) -> list[str]:
    """The requests of one clause, once nothing else about it is unknown than what they would show.

    While it is not even known where the parcel is, nobody is asked for the papers of customs.
    """
    asks = set(clause.asks)
    if any(asks.isdisjoint(book.facts[name].proofs) for name in _missing(clause, facts)):
        return []
    holds = edition.holds[clause.id]
    return [
        name
        for name in clause.asks
        if PROOF + name not in clause.reads
        or holds(_with(facts, name, answer=True)) is not holds(_with(facts, name, answer=False))
    ]


def _with(facts: dict[str, Any], name: str, *, answer: bool) -> dict[str, Any]:
    """The facts, once a request is answered."""
    found = facts.copy()
    found[PROOF + name] = answer
    return found


def _missing(clause: Clause, facts: Mapping[str, Any]) -> list[str]:
    """The unknown facts of a clause that are not themselves proofs."""
    return [name for name in clause.reads if name not in facts and not name.startswith(PROOF)]


def pressing(ruling: Ruling, known: Known) -> tuple[str, ...]:
    """The unknown facts to establish first: those that alone stand in the way of a clause."""
    missing = [_missing(clause, known.facts) for clause in ruling.open]
    alone = dict.fromkeys(names[0] for names in missing if len(names) == 1)
    return tuple(alone) or ruling.unknown
