"""A rulebook: dated clauses in ordered steps, over one vocabulary. Immutable, addressed by hash."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from fairhold.core.rules.conditions import Condition, facts_of
from fairhold.core.rules.formulas import READS
from fairhold.core.rules.generated import Holds, Reads, holding, reading
from fairhold.core.rules.process import Citation
from fairhold.core.rules.vocabulary import EvidenceType, FactRule, ProofRule, Value, When

# The parts of a `Then` that make up a result.
SAYING = (
    "decision",
    "liable_party",
    "funded_by",
    "refund",
    "refund_after_return",
    "release",
    "return_required",
    "freight_outbound",
    "freight_return",
    "penalty",
)
# Facts about what the sides ask for; nobody has to show them.
REQUESTS = "dispute."


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
    only_notes: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        said = (getattr(self, name) for name in SAYING)
        object.__setattr__(self, "only_notes", not self.discretion and set(said) == {None})


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
    that it outranks. `reads` are the facts of its condition, `rests_on` those of its amounts too.
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
    reads: tuple[str, ...] = field(init=False, compare=False, repr=False)
    rests_on: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        formulas = (self.then.refund, self.then.refund_after_return)
        amounts = (name for formula in formulas if formula for name in READS[formula])
        object.__setattr__(self, "reads", facts_of(self.when))
        object.__setattr__(self, "rests_on", tuple(dict.fromkeys((*self.reads, *amounts))))

    def in_force(self, day: date) -> bool:
        """Whether the clause counts on `day`; the last day is included."""
        ended = self.in_force_until is not None and day > self.in_force_until
        return day >= self.in_force_from and not ended


@dataclass(frozen=True, slots=True)
class Edition:
    """The clauses in force together, step by step, and the functions that read them.

    `read` goes through the ranking steps, `read_always` through the last one, which only adds.
    `asking` are the clauses of each step that lead to requests for proof, `read_asking` reads them.
    `holds` reads one clause by its id.
    """

    steps: tuple[tuple[Clause, ...], ...]
    read: Reads
    read_always: Reads
    asking: tuple[tuple[Clause, ...], ...]
    read_asking: Reads
    holds: dict[str, Holds]


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a rulebook. `steps` rank: an earlier one outranks every later one.

    The last step is always reached. `complete` names facts and those of their values for each of
    which some clause has to decide; where it is `ordinary`, no desk but that of disputes has the
    money. `burdens` are the facts that each side has to show, `presumed`
    is what holds of facts that nobody gave, `lapsing` what holds once a request has lapsed and
    `showing` once it was met. Correspondence counts where `admissible` is certain. `carriers` are
    the ones whose records count, by every spelling of their name.
    """

    name: str
    version: str
    digest: str
    steps: tuple[str, ...]
    facts: dict[str, FactRule]
    evidence: dict[str, EvidenceType]
    proofs: dict[str, ProofRule]
    clauses: tuple[Clause, ...]
    documents: dict[str, str]
    complete: dict[str, tuple[str, ...]]
    ordinary: Condition | None
    admissible: Condition | None
    carriers: dict[str, str]
    by_step: dict[str, tuple[Clause, ...]] = field(init=False, repr=False, compare=False)
    burdens: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    presumed: dict[str, Value] = field(init=False, repr=False, compare=False)
    lapsing: dict[str, dict[str, Value]] = field(init=False, repr=False, compare=False)
    showing: dict[str, dict[str, Value]] = field(init=False, repr=False, compare=False)
    _turns: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _editions: dict[int, Edition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_step = {
            step: tuple(one for one in self.clauses if one.step == step) for step in self.steps
        }
        object.__setattr__(self, "by_step", by_step)
        object.__setattr__(self, "burdens", _burdens(self.facts))
        object.__setattr__(self, "presumed", _presumed(self.facts))
        object.__setattr__(self, "lapsing", _lapsing(self.facts, self.proofs))
        object.__setattr__(self, "showing", _showing(self.facts, self.proofs))
        object.__setattr__(self, "_turns", _turns(self.clauses))
        object.__setattr__(self, "_editions", {})

    @property
    def always(self) -> str:
        """The step whose clauses add to whatever was decided before: the last one."""
        return self.steps[-1]

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id; the first version of it where it has several."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)

    def edition(self, day: date) -> Edition:
        """The clauses in force on `day`, ready to be read; made once for all days alike."""
        place = bisect_right(self._turns, day)
        found = self._editions.get(place)
        if found is None:
            steps = tuple(
                tuple(one for one in self.by_step[step] if one.in_force(day)) for step in self.steps
            )
            found = self._editions[place] = _edition(steps)
        return found


def _edition(steps: tuple[tuple[Clause, ...], ...]) -> Edition:
    conditions = [[one.when for one in step] for step in steps]
    asking = tuple(tuple(one for one in step if one.asks) for step in steps)
    clauses = [one for step in steps for one in step]
    holds = holding([one.when for one in clauses])
    return Edition(
        steps=steps,
        read=reading(conditions[:-1]),
        read_always=reading(conditions[-1:]),
        asking=asking,
        read_asking=reading([[one.when for one in step] for step in asking]),
        holds={one.id: function for one, function in zip(clauses, holds, strict=True)},
    )


def _turns(clauses: tuple[Clause, ...]) -> tuple[date, ...]:
    """The days on which what is in force changes."""
    begun = {one.in_force_from for one in clauses}
    ended = {one.in_force_until + timedelta(days=1) for one in clauses if one.in_force_until}
    return tuple(sorted(begun | ended))


def _burdens(facts: dict[str, FactRule]) -> dict[str, frozenset[str]]:
    """The facts that each side answers for; what it asks for itself is none of them."""
    found: dict[str, set[str]] = {}
    for one in facts.values():
        if not one.name.startswith(REQUESTS):
            found.setdefault(one.burden, set()).add(one.name)
    return {side: frozenset(names) for side, names in found.items()}


def _presumed(facts: dict[str, FactRule]) -> dict[str, Value]:
    """What is presumed at once."""
    return {
        one.name: one.presumption.value
        for one in facts.values()
        if one.presumption is not None and one.presumption.when is When.AT_ONCE
    }


def _lapsing(
    facts: dict[str, FactRule], proofs: dict[str, ProofRule]
) -> dict[str, dict[str, Value]]:
    """What is presumed when a request lapses, by the request."""
    found: dict[str, dict[str, Value]] = {name: {} for name in proofs}
    for one in facts.values():
        if one.presumption is None or one.presumption.when is When.AT_ONCE:
            continue
        for proof in one.proofs:
            found[proof][one.name] = one.presumption.value
    return found


def _showing(
    facts: dict[str, FactRule], proofs: dict[str, ProofRule]
) -> dict[str, dict[str, Value]]:
    """What the documents of a request show by being there."""
    return {
        name: {one.name: one.shown for one in facts.values() if one.shown and name in one.proofs}
        for name in proofs
    }
