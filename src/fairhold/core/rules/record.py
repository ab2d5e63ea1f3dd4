"""A ruling as it is put on record: everything it rests on, in words and values that stay.

Same facts, same book, same moment: the same record, byte for byte. Texts of the rulebook are not
copied; a record names the version of the book and the ids in it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fairhold.core.rules.answer import Result
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.establish import PROOF, Asked, From, Known, Window
from fairhold.core.rules.ruling import Ruling
from fairhold.core.rules.what_if import WouldChange


class Origin(StrEnum):
    """Where a fact of a case came from."""

    ORDER = "order_record"
    CASE = "case_record"
    CARRIER = "carrier_record"
    FINDING = "finding"
    AGREED = "agreed"
    DERIVED = "derived"
    DOCUMENTS = "documents"
    NO_RECORD = "no_record"
    LAPSE = "lapse"


BY_RULE = {
    From.DERIVED: Origin.DERIVED,
    From.DOCUMENTS: Origin.DOCUMENTS,
    From.NO_RECORD: Origin.NO_RECORD,
    From.LAPSE: Origin.LAPSE,
}


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a given fact: exhibits by number, who established it, scans by digest."""

    origin: Origin
    exhibits: tuple[int, ...] = ()
    by: str | None = None
    scans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactTold:
    """A fact as it counted. `value` is canonical JSON, `request` the one that lapsed or was met;
    `scans` are the records of a carrier that it rests on, by digest.
    """

    name: str
    value: str
    origin: Origin
    exhibits: tuple[int, ...] = ()
    by: str | None = None
    request: str | None = None
    scans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseTold:
    """A clause that stands, with the facts that it read."""

    id: str
    adds: bool
    facts: tuple[FactTold, ...]


@dataclass(frozen=True, slots=True)
class Overridden:
    """A clause that applied, and the one that came before it."""

    clause: str
    by: str


@dataclass(frozen=True, slots=True)
class RequestTold:
    """A request for proof that the ruling turns on; without `due_at` nobody had to be asked."""

    name: str
    party: str
    window: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ValueTold:
    """A value that a fact would have had to have. `value` is canonical JSON."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """What one side could have shown for another result. Units: minor units."""

    party: str
    facts: tuple[ValueTold, ...]
    decision: str | None
    refund_minor: int | None
    release_minor: int | None


@dataclass(frozen=True, slots=True)
class IgnoredTold:
    """An exhibit that does not count, and why not."""

    exhibit: int
    why: str


@dataclass(frozen=True, slots=True)
class RulingRecord:
    """Where the clauses led. Units: minor units; None where an amount is not fixed or not said."""

    book: str
    digest: str
    as_of: datetime
    status: str
    decision: str | None
    liable_party: str | None
    refund_minor: int | None
    release_minor: int | None
    refund_after_return_minor: int | None
    return_required: bool | None
    freight_outbound: str | None
    freight_return: str | None
    penalty: str | None
    discretion: bool
    clauses: tuple[ClauseTold, ...]
    overridden: tuple[Overridden, ...]
    requests: tuple[RequestTold, ...]
    would_change: tuple[ChangeTold, ...]
    missing: tuple[str, ...]
    ignored: tuple[IgnoredTold, ...] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a record is made of: the ruling and everything found on the way to it."""

    book: Book
    known: Known
    ruling: Ruling
    result: Result
    requests: tuple[Asked, ...]
    changes: tuple[WouldChange, ...]
    as_of: datetime
    source: Callable[[str], Source]


def recorded(told: Told) -> RulingRecord:
    """The record of a ruling."""
    found = told.result
    return RulingRecord(
        book=f"{told.book.name}/{told.book.version}",
        digest=told.book.digest,
        as_of=told.as_of,
        status=told.ruling.status.value,
        decision=found.decision,
        liable_party=found.liable_party,
        refund_minor=found.refund_minor,
        release_minor=found.release_minor,
        refund_after_return_minor=found.refund_after_return_minor,
        return_required=found.return_required,
        freight_outbound=found.freight.get("outbound"),
        freight_return=found.freight.get("return"),
        penalty=found.penalty,
        discretion=found.discretion,
        clauses=tuple(_clause(told, clause) for clause in told.ruling.standing),
        overridden=tuple(
            Overridden(loser.id, winner.id) for loser, winner in told.ruling.overridden
        ),
        requests=tuple(
            RequestTold(one.proof.name, one.proof.party, one.window.value, one.due)
            for one in told.requests
        ),
        would_change=tuple(_change(one) for one in told.changes),
        missing=told.ruling.unknown,
    )


def _clause(told: Told, clause: Clause) -> ClauseTold:
    read = (name for name in clause.rests_on if name in told.known.facts)
    return ClauseTold(clause.id, clause.adds, tuple(fact_told(told, name) for name in read))


def fact_told(told: Told, name: str) -> FactTold:
    """A known fact with its value and where that came from."""
    value = canonical(told.known.facts[name])
    way = told.known.origin(name)
    if way is From.GIVEN:
        source = told.source(name)
        return FactTold(name, value, source.origin, source.exhibits, source.by, scans=source.scans)
    request = _request(told, name)
    exhibits: tuple[int, ...] = ()
    if way in (From.DOCUMENTS, From.DERIVED):
        exhibits = told.source(name).exhibits
    lapsed = request if way in (From.LAPSE, From.DOCUMENTS) else None
    return FactTold(name, value, BY_RULE[way], exhibits, None, lapsed)


def _request(told: Told, name: str) -> str | None:
    """The request whose lapse, or whose documents, a fact rests on."""
    if name.startswith(PROOF):
        return name.removeprefix(PROOF)
    over = (one for one in told.book.facts[name].proofs)
    return next((one for one in over if told.known.windows[one] is not Window.RUNNING), None)


def _change(one: WouldChange) -> ChangeTold:
    return ChangeTold(
        party=one.party,
        facts=tuple(ValueTold(name, canonical(value)) for name, value in one.facts.items()),
        decision=one.result.decision,
        refund_minor=one.result.refund_minor,
        release_minor=one.result.release_minor,
    )


def canonical(value: Any) -> str:
    """A value of a fact as JSON that is the same for the same value."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (tuple, list)) else value
