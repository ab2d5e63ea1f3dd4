"""The words of a rulebook: facts with type, burden and presumption; documents; requests for proof.

Records only, read from data by the rulebook adapter. A fact that nobody gave is unknown; what may
be presumed in its place, when, and on whose authority stands beside the fact.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fairhold.core.rules.process import Citation

# Money is in minor units of the order's currency; moments are aware UTC. None is known to be empty.
Value = Any


class Kind(StrEnum):
    """The types that a fact can have."""

    ENUM = "enum"
    BOOL = "bool"
    INT = "int"
    MONEY = "money"
    MOMENT = "moment"
    TEXT = "text"
    LIST = "list"
    RECORD = "record"


class KnownFrom(StrEnum):
    """How a fact becomes known."""

    ORDER = "order"
    TRACKING = "tracking"
    CASE = "case"
    FINDING = "finding"
    OUTSIDE = "outside"


class When(StrEnum):
    """When a presumption steps in for a fact that nobody gave."""

    AT_ONCE = "at_once"
    AT_LAPSE = "at_lapse"


@dataclass(frozen=True, slots=True)
class Presumption:
    """What holds as long as nothing else is shown."""

    value: Value
    when: When


@dataclass(frozen=True, slots=True)
class FactRule:
    """One fact: what it can be, how it becomes known, who must show it and what else is presumed.

    `values` are the members of an enum or of the parts of a list; `lowest` bounds a number.
    `proofs` names the requests for proof whose window ends a presumption at lapse; `shown` is the
    value that their documents show by being there. `may_be_empty`: it may be known to be nothing.
    """

    name: str
    kind: Kind
    values: tuple[str, ...]
    lowest: int | None
    known_from: KnownFrom
    burden: str
    meaning: str
    citation: Citation
    presumption: Presumption | None
    proofs: tuple[str, ...] = ()
    shown: Value = None
    may_be_empty: bool = False

    @property
    def can_be_nothing(self) -> bool:
        """Whether the fact may be known to be nothing, which is not the same as unknown."""
        presumed = self.presumption is not None and self.presumption.value is None
        by_kind = self.kind in (Kind.MOMENT, Kind.TEXT, Kind.RECORD)
        return by_kind or presumed or self.may_be_empty


@dataclass(frozen=True, slots=True)
class EvidenceType:
    """A kind of document that can count. `correspondence`: what the sides said to one another."""

    name: str
    filed_by: tuple[str, ...]
    meaning: str
    citation: Citation
    correspondence: bool = False


@dataclass(frozen=True, slots=True)
class ProofRule:
    """A request for proof: from whom, which documents (all of them, or any), within how many days.

    The days of 24 hours run from the platform's notice, the last instant included.
    """

    name: str
    party: str
    documents: tuple[str, ...]
    all_needed: bool
    days: int
    summary: str
    citation: Citation

    @property
    def fact(self) -> str:
        """The fact that says whether the documents came in time."""
        return f"proof.{self.name}"
