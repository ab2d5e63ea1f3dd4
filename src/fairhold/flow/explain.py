"""A ruling in words: for pages, API, letters and the command line alike.

Texts of clauses, facts and requests come from the version of the rulebook that the record names;
amounts and moments are put the way the viewer reads them. Summaries of clauses and meanings of
facts stay as the book has them: a page looks up its own language for them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

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
from fairhold.flow import speech
from fairhold.flow.labels import Labels
from fairhold.flow.teller import when
from fairhold.flow.wordings import words_for

ORIGINS = Labels(
    {
        Origin.ORDER: _("from the record of the order"),
        Origin.CASE: _("from the record of this dispute"),
        Origin.CARRIER: _("from the carrier's record"),
        Origin.FINDING: _("found by a specialist"),
        Origin.AGREED: _("both sides say so"),
        Origin.DERIVED: _("follows from what else is known"),
        Origin.DOCUMENTS: _("shown by documents that came in time"),
        Origin.NO_RECORD: _("no record says otherwise"),
        Origin.LAPSE: _("presumed, because the proof did not come in time"),
    }
)
WINDOWS = Labels(
    {
        "met": _("came in time"),
        "lapsed": _("did not come in time"),
        "running": _("may still come"),
    }
)


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
    """A request for proof and what came of it. `party` is a code."""

    party: str
    summary: str
    citation: str
    due_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What one side could have shown, and what it would have led to. `party` is a code."""

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
        decision=words_for(record.decision) if decided and record.decision else None,
        grounds=tuple(_ground(one, book, currency) for one in record.clauses),
        overridden=tuple(
            (_summary(record, book, one.clause), _summary(record, book, one.by))
            for one in record.overridden
        ),
        asked=tuple(_asked(one, book) for one in record.requests),
        otherwise=tuple(_otherwise(one, record, book, currency) for one in record.would_change),
        missing=tuple(wanted),
    )


def _summary(record: RulingRecord, book: Book, clause_id: str) -> str:
    clause = book.clause(clause_id)
    if clause is None:
        return clause_id
    summary = speech.of_book(record.book, clause.summary)
    return str(_("{summary} ({clause})")).format(summary=summary, clause=clause_id)


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
        return str(_("nothing"))
    if isinstance(read, bool):
        return str(_("yes") if read else _("no"))
    if kind is Kind.MONEY and isinstance(read, int):
        return speech.amount(Money(read, currency))
    if kind is Kind.MOMENT and isinstance(read, str):
        return when(datetime.fromisoformat(read))
    if isinstance(read, list):
        return ", ".join(_entry(one) for one in read) or str(_("none"))
    return words_for(str(read))


def _entry(one: Any) -> str:
    named = one.get("type") or one.get("id") or one.get("sku") if isinstance(one, dict) else one
    return words_for(str(named))


def _asked(told: RequestTold, book: Book) -> Asked:
    rule = book.proofs.get(told.name)
    return Asked(
        party=told.party,
        summary=rule.summary if rule else told.name,
        citation=str(rule.citation) if rule else "",
        due_at=told.due_at,
        outcome=WINDOWS[told.window],
    )


def _supposed(told: ValueTold, rule: FactRule, book: str, currency: str) -> str:
    """A fact as it would have had to be; of proof it is enough that it is there."""
    meaning = speech.of_book(book, rule.meaning).rstrip(".。")
    if told.name.startswith(PROOF):
        return meaning
    value = value_in_words(told.value, rule.kind, currency)
    return str(_("{fact}: {value}")).format(fact=meaning, value=value)


def _otherwise(told: ChangeTold, record: RulingRecord, book: Book, currency: str) -> Otherwise:
    known = (one for one in told.facts if one.name in book.facts)
    facts = tuple(_supposed(one, book.facts[one.name], record.book, currency) for one in known)
    paid = told.refund_minor
    refund = None if paid is None else speech.amount(Money(paid, currency))
    decision = words_for(told.decision) if told.decision else str(_("another result"))
    return Otherwise(told.party, facts, decision, refund)


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
        yield f"> {words_for(one.party)}: {one.summary}{due}: {one.outcome}"
    for meaning in told.missing:
        yield f"? {meaning}"
    for other in told.otherwise:
        refund = f", {other.refund} to the buyer" if other.refund else ""
        yield f"~ if the {words_for(other.party)} had shown: {'; '.join(other.facts)}"
        yield f"  then {other.decision}{refund}"
