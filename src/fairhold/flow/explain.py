"""A ruling in words: for pages, API, letters and the command line alike.

Texts of clauses, facts and requests come from the version of the rulebook that the record names;
amounts and moments are put the way the viewer reads them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import PROOF
from fairhold.core.rules.record import (
    ChangeTold,
    ClauseTold,
    FactTold,
    Origin,
    RequestTold,
    RulingRecord,
    ValueTold,
)
from fairhold.core.rules.vocabulary import FactRule, Kind
from fairhold.core.values.money import Money

ORIGINS = {
    Origin.ORDER: "from the record of the order",
    Origin.CASE: "from the record of this dispute",
    Origin.CARRIER: "from the carrier's record",
    Origin.FINDING: "found by a specialist",
    Origin.AGREED: "both sides say so",
    Origin.DERIVED: "follows from what else is known",
    Origin.DOCUMENTS: "shown by documents that came in time",
    Origin.NO_RECORD: "no record says otherwise",
    Origin.LAPSE: "presumed, because the proof did not come in time",
}
WINDOWS = {
    "met": "came in time",
    "lapsed": "did not come in time",
    "running": "may still come",
}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in words and where it came from: exhibits by number, scans by digest."""

    name: str
    meaning: str
    value: str
    origin: str
    exhibits: tuple[int, ...]
    scans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One clause that the ruling rests on."""

    clause: str
    summary: str
    citation: str
    adds: bool
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for proof and what came of it."""

    party: str
    summary: str
    citation: str
    due_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What one side could have shown, and what it would have led to."""

    party: str
    facts: tuple[str, ...]
    decision: str
    refund: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A ruling in words. `overridden` pairs the summary of a clause with that of its better."""

    decision: str | None
    grounds: tuple[Ground, ...]
    overridden: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    otherwise: tuple[Otherwise, ...]
    missing: tuple[str, ...]


def explained(record: RulingRecord, book: Book, currency: str) -> Explanation:
    """The words for a record under the book that it names."""
    wanted = (book.facts[name].meaning for name in record.missing if name in book.facts)
    decided = record.status == "decided"
    return Explanation(
        decision=spoken(record.decision) if decided and record.decision else None,
        grounds=tuple(_ground(one, book, currency) for one in record.clauses),
        overridden=tuple(
            (_summary(book, one.clause), _summary(book, one.by)) for one in record.overridden
        ),
        asked=tuple(_asked(one, book) for one in record.requests),
        otherwise=tuple(_otherwise(one, book, currency) for one in record.would_change),
        missing=tuple(wanted),
    )


def spoken(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def _summary(book: Book, clause_id: str) -> str:
    clause = book.clause(clause_id)
    return f"{clause.summary} ({clause_id})" if clause else clause_id


def _ground(told: ClauseTold, book: Book, currency: str) -> Ground:
    clause = book.clause(told.id)
    return Ground(
        clause=told.id,
        summary=clause.summary if clause else told.id,
        citation=str(clause.citation) if clause else "",
        adds=told.adds,
        facts=tuple(fact_line(one, book, currency) for one in told.facts if not _idle(one)),
    )


def _idle(told: FactTold) -> bool:
    """Whether a fact says no more than that there is no record of something."""
    return told.origin is Origin.NO_RECORD and told.value in ("null", "[]")


def fact_line(told: FactTold, book: Book, currency: str) -> FactLine:
    """A fact of a record in words."""
    rule = book.facts.get(told.name)
    return FactLine(
        name=told.name,
        meaning=rule.meaning if rule else told.name,
        value=value_in_words(told.value, rule.kind if rule else Kind.TEXT, currency),
        origin=ORIGINS[told.origin],
        exhibits=told.exhibits,
        scans=told.scans,
    )


def value_in_words(value: str, kind: Kind, currency: str) -> str:
    """A value as people say it; `value` is canonical JSON."""
    read: Any = json.loads(value)
    if read is None:
        return "nothing"
    if isinstance(read, bool):
        return "yes" if read else "no"
    if kind is Kind.MONEY and isinstance(read, int):
        return str(Money(read, currency))
    if kind is Kind.MOMENT and isinstance(read, str):
        return datetime.fromisoformat(read).strftime("%-d %B %Y, %H:%M UTC")
    if isinstance(read, list):
        return ", ".join(_entry(one) for one in read) or "none"
    return spoken(str(read))


def _entry(one: Any) -> str:
    named = one.get("type") or one.get("id") or one.get("sku") if isinstance(one, dict) else one
    return spoken(str(named))


def _asked(told: RequestTold, book: Book) -> Asked:
    rule = book.proofs.get(told.name)
    return Asked(
        party=spoken(told.party),
        summary=rule.summary if rule else told.name,
        citation=str(rule.citation) if rule else "",
        due_at=told.due_at,
        outcome=WINDOWS[told.window],
    )


def _supposed(told: ValueTold, rule: FactRule, currency: str) -> str:
    """A fact as it would have had to be; of proof it is enough that it is there."""
    meaning = rule.meaning.rstrip(".")
    if told.name.startswith(PROOF):
        return meaning
    return f"{meaning}: {value_in_words(told.value, rule.kind, currency)}"


def _otherwise(told: ChangeTold, book: Book, currency: str) -> Otherwise:
    known = (one for one in told.facts if one.name in book.facts)
    facts = tuple(_supposed(one, book.facts[one.name], currency) for one in known)
    refund = None if told.refund_minor is None else str(Money(told.refund_minor, currency))
    return Otherwise(spoken(told.party), facts, spoken(told.decision or "another result"), refund)


def in_lines(told: Explanation) -> Iterator[str]:
    """An explanation as lines of plain text: rules, facts, precedence, proof, what was missing."""
    for ground in told.grounds:
        yield f"- {ground.clause}: {ground.summary}"
        yield f"  {ground.citation}"
        for fact in ground.facts:
            exhibits = "".join(f" E{number}" for number in fact.exhibits)
            exhibits += "".join(f" scan {digest[:12]}" for digest in fact.scans)
            yield f"    {fact.name} = {fact.value} ({fact.origin}{exhibits})"
    for loser, winner in told.overridden:
        yield f"< {loser}"
        yield f"  comes after: {winner}"
    for one in told.asked:
        due = f" by {one.due_at:%-d %B %Y, %H:%M UTC}" if one.due_at else ""
        yield f"> {one.party}: {one.summary}{due}: {one.outcome}"
    for meaning in told.missing:
        yield f"? {meaning}"
    for other in told.otherwise:
        refund = f", {other.refund} to the buyer" if other.refund else ""
        yield f"~ if the {other.party} had shown: {'; '.join(other.facts)}"
        yield f"  then {other.decision}{refund}"
