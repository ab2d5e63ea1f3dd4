"""The algorithm: clauses over facts, in order of rank, to one ruling.

1 every clause in force to true, false or unknown   2 a true clause that no unknown one could
outrank decides   3 otherwise the unknown facts that can still matter are what is asked for
4 presumptions are applied by the caller when a window lapses, and it starts again; it ends because
unknowns only shrink   5 two standing clauses with different outcomes are a conflict, for a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.conditions import Facts


class Status(StrEnum):
    """How far the facts lead."""

    DECIDED = "decided"
    OPEN = "open"
    CONFLICT = "conflict"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where the clauses lead.

    `deciding` stands alone or agrees with the others of its step; `adding` join it. `overridden`
    pairs a true clause with the one that outranked it. `unknown` are the facts that can still
    matter, `open` the clauses that wait for them.
    """

    status: Status
    step: str | None
    deciding: tuple[Clause, ...]
    adding: tuple[Clause, ...]
    overridden: tuple[tuple[Clause, Clause], ...]
    open: tuple[Clause, ...]
    unknown: tuple[str, ...]

    @property
    def standing(self) -> tuple[Clause, ...]:
        """Every clause that the decision rests on."""
        return (*self.deciding, *self.adding)


def rule(book: Book, facts: Facts, day: date) -> Ruling:
    """The ruling of `book` over `facts` as of `day`."""
    edition = book.edition(day)
    reached = _Reached()
    for number, true, unknown in edition.read(facts):
        reached.take(edition.steps[number], true, unknown)
        if reached.deciding:
            reached.step = book.steps[number]
            break
    for _, true, unknown in edition.read_always(facts):
        reached.take(edition.steps[-1], true, unknown)
        if reached.deciding and reached.step is None:
            reached.step = book.steps[-1]
    return reached.concluded(facts)


class _Reached:
    """What was found on the way through the steps."""

    __slots__ = ("adding", "deciding", "open", "overridden", "step")

    def __init__(self) -> None:
        self.step: str | None = None
        self.deciding: list[Clause] = []
        self.adding: list[Clause] = []
        self.open: list[Clause] = []
        self.overridden: list[tuple[Clause, Clause]] = []

    def take(self, clauses: tuple[Clause, ...], true: list[int], unknown: list[int]) -> None:
        """What one step says: which of its clauses stand, and which could still matter."""
        standing = [clauses[place] for place in true]
        if len(standing) > 1:
            standing, beaten = _ranked(standing)
            self.overridden += beaten
        deciding = [clause for clause in standing if not clause.adds]
        self.adding += (clause for clause in standing if clause.adds)
        waiting = (clauses[place] for place in unknown)
        self.open += (clause for clause in waiting if _may_matter(clause, deciding, standing))
        if not self.deciding:
            self.deciding = deciding

    def concluded(self, facts: Facts) -> Ruling:
        """The ruling."""
        unknown: Iterable[str] = ()
        if self.open:
            status = Status.OPEN
            read = (name for clause in self.open for name in clause.reads)
            unknown = dict.fromkeys(name for name in read if name not in facts)
        elif len(self.deciding) > 1 and _differ(self.deciding):
            status = Status.CONFLICT
        else:
            more = any(clause.then.decision or clause.then.refund for clause in self.adding)
            status = Status.DECIDED if self.deciding or more else Status.SILENT
        return Ruling(
            status,
            self.step,
            tuple(self.deciding),
            tuple(self.adding),
            tuple(self.overridden),
            tuple(self.open),
            tuple(unknown),
        )


def _ranked(true: list[Clause]) -> tuple[list[Clause], list[tuple[Clause, Clause]]]:
    """The true clauses that no other true one overrides, and the pairs of loser and winner."""
    beaten = [(loser, winner) for winner in true for loser in true if loser.id in winner.overrides]
    losers = {loser.id for loser, _ in beaten}
    return [clause for clause in true if clause.id not in losers], beaten


def _may_matter(clause: Clause, deciding: list[Clause], standing: list[Clause]) -> bool:
    """Whether an unknown clause could still change what its own step says."""
    if any(clause.id in other.overrides for other in standing):
        return False
    if not deciding or clause.adds:
        return True
    return any(other.id in clause.overrides for other in deciding)


def _differ(deciding: list[Clause]) -> bool:
    first, *others = (outcome(clause) for clause in deciding)
    return any(one != first for one in others)


def outcome(clause: Clause) -> object:
    """What two clauses must share to agree: everything but notes beside the result."""
    return replace(clause.then, also=(), discretion=False)
