"""A rulebook: dated clauses in ordered steps, over one vocabulary. Immutable, addressed by hash."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairhold.core.rules.compiled import Holds, compiled
from fairhold.core.rules.conditions import Condition, facts_of
from fairhold.core.rules.narrowing import Narrowing, narrowing
from fairhold.core.rules.process import Citation
from fairhold.core.rules.vocabulary import EvidenceType, FactRule, Kind, ProofRule


@dataclass(frozen=True, slots=True)
class Then:
    """What a clause leads to. Absent parts are left to others; money is named by formula.

    `refund` is paid now, `refund_after_return` once the goods are back. `release` is what the
    seller gets: the rest of what was paid, or all of it where somebody else pays the refund.
    `also` carries further words of the decision out of a closed list.
    """

    decision: str | None = None
    liable_party: str | None = None
    funded_by: str | None = None
    refund: str | None = None
    refund_after_return: str | None = None
    release: str | None = None
    return_required: bool | None = None
    freight_outbound: str | None = None
    freight_return: str | None = None
    penalty: str | None = None
    discretion: bool = False
    also: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """Facts under which a clause applies, what must change for it not to, and what to forget."""

    applies: dict[str, Any]
    otherwise: dict[str, Any]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. With `adds`, it joins the result of other clauses and never decides alone first.

    `asks` names the requests for proof that it leads to; `overrides` the clauses of its own step
    that it outranks.
    """

    id: str
    step: str
    citation: Citation
    in_force_from: date
    in_force_until: date | None
    summary: str
    when: Condition
    then: Then
    asks: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    adds: bool = False
    holds: Holds = field(init=False, compare=False, repr=False)
    reads: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "holds", compiled(self.when))
        object.__setattr__(self, "reads", facts_of(self.when))

    def in_force(self, day: date) -> bool:
        """Whether the clause counts on `day`; the last day is included."""
        ended = self.in_force_until is not None and day > self.in_force_until
        return day >= self.in_force_from and not ended


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a rulebook. `steps` rank: an earlier one outranks every later one.

    `complete` names facts and those of their values for each of which some clause has to decide.
    """

    name: str
    version: str
    digest: str
    steps: tuple[str, ...]
    always: str
    facts: dict[str, FactRule]
    evidence: dict[str, EvidenceType]
    proofs: dict[str, ProofRule]
    clauses: tuple[Clause, ...]
    documents: dict[str, str]
    complete: dict[str, tuple[str, ...]]
    by_step: dict[str, tuple[Clause, ...]] = field(init=False)
    readers: dict[str, tuple[Clause, ...]] = field(init=False)
    narrowing: Narrowing = field(init=False, repr=False)
    bits: dict[str, tuple[int, tuple[tuple[int, Clause], ...]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_step = {
            step: tuple(one for one in self.clauses if one.step == step) for step in self.steps
        }
        read = dict.fromkeys(name for clause in self.clauses for name in clause.reads)
        readers = {name: tuple(one for one in self.clauses if name in one.reads) for name in read}
        object.__setattr__(self, "by_step", by_step)
        single = {
            one.name for one in self.facts.values() if one.kind not in (Kind.LIST, Kind.RECORD)
        }
        conditions = [one.when for one in self.clauses]
        object.__setattr__(self, "readers", readers)
        object.__setattr__(self, "narrowing", narrowing(conditions, single))
        numbered = [(1 << place, one) for place, one in enumerate(self.clauses)]
        bits = {
            step: (sum(bit for bit, _ in part), part)
            for step in self.steps
            for part in (tuple(pair for pair in numbered if pair[1].step == step),)
        }
        object.__setattr__(self, "bits", bits)

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)
