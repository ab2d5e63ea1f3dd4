"""What is known at a moment: given facts, what follows from them, proofs, and presumptions.

Step by step, each fact with where it came from. Whatever stays absent is unknown. Deciding again at
a later moment starts here again: windows lapse, presumptions step in, unknowns only shrink.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairhold.core.rules.book import Book
from fairhold.core.rules.derive import derived
from fairhold.core.rules.vocabulary import FactRule, ProofRule, Value, When

NOTICE = "dispute.platform_notice_at"
ITEMS = "evidence.items"


class From(StrEnum):
    """Where a fact came from."""

    GIVEN = "given"
    DERIVED = "derived"
    DOCUMENTS = "documents"
    NO_RECORD = "no record says otherwise"
    LAPSE = "presumed when the time to prove it lapsed"


class Window(StrEnum):
    """How a request for proof stands."""

    MET = "met"
    LAPSED = "lapsed"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for proof at a moment. `due` is None while nobody was asked yet."""

    proof: ProofRule
    due: datetime | None
    window: Window


@dataclass(frozen=True, slots=True)
class Known:
    """Every fact that is known at a moment, where each came from, and how every proof stands."""

    facts: dict[str, Value]
    origins: dict[str, From]
    proofs: dict[str, Asked]


def establish(book: Book, given: Mapping[str, Value], as_of: datetime) -> Known:
    """What is known at `as_of` (aware UTC) when `given` is all that anybody said."""
    facts: dict[str, Value] = {**given, "as_of": as_of}
    origins = dict.fromkeys(facts, From.GIVEN)
    for name, value in derived(facts).items():
        facts[name], origins[name] = value, From.DERIVED
    proofs = {rule.name: _asked(rule, facts, as_of) for rule in book.proofs.values()}
    _answer_proofs(proofs, facts, origins)
    for rule in book.facts.values():
        if rule.name not in facts:
            _presume(rule, proofs, facts, origins)
    return Known(facts, origins, proofs)


def lapsed(book: Book, known: Known) -> Known:
    """The same when every window that is still running had lapsed with nothing filed."""
    facts, origins = dict(known.facts), dict(known.origins)
    proofs = {
        name: Asked(one.proof, one.due, Window.LAPSED) if one.window is Window.RUNNING else one
        for name, one in known.proofs.items()
    }
    _answer_proofs(proofs, facts, origins)
    for rule in book.facts.values():
        if rule.name not in facts:
            _presume(rule, proofs, facts, origins)
    return Known(facts, origins, proofs)


def _asked(rule: ProofRule, facts: Mapping[str, Value], as_of: datetime) -> Asked:
    notice = facts.get(NOTICE)
    due = notice + timedelta(days=rule.days) if notice else None
    if _filed(rule, facts, due):
        return Asked(rule, due, Window.MET)
    over = due is not None and as_of > due
    return Asked(rule, due, Window.LAPSED if over else Window.RUNNING)


def _filed(rule: ProofRule, facts: Mapping[str, Value], due: datetime | None) -> bool:
    """Whether the documents were filed in time, whole, and by somebody who may."""
    filed = {
        item["type"]
        for item in facts.get(ITEMS) or ()
        if item["type"] in rule.documents
        and item.get("by", rule.party) in (rule.party, "carrier")
        and item.get("complete") is not False
        and (due is None or item.get("at") is None or item["at"] <= due)
    }
    return filed == set(rule.documents) if rule.all_needed else bool(filed)


def _answer_proofs(
    proofs: Mapping[str, Asked], facts: dict[str, Value], origins: dict[str, From]
) -> None:
    for one in proofs.values():
        if one.window is not Window.RUNNING:
            met = one.window is Window.MET
            facts[one.proof.fact] = met
            origins[one.proof.fact] = From.DOCUMENTS if met else From.LAPSE


def _presume(
    rule: FactRule,
    proofs: Mapping[str, Asked],
    facts: dict[str, Value],
    origins: dict[str, From],
) -> None:
    """Put the presumption in the place of a fact that nobody gave, where its time has come."""
    presumption = rule.presumption
    if presumption is None:
        return
    if presumption.when is When.AT_ONCE:
        facts[rule.name], origins[rule.name] = presumption.value, From.NO_RECORD
    elif rule.proof and proofs[rule.proof].window is Window.LAPSED:
        facts[rule.name], origins[rule.name] = presumption.value, From.LAPSE
