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
    adding: list[Clause] = []
    open_: list[Clause] = []
    overridden: list[tuple[Clause, Clause]] = []
    reached: tuple[str | None, list[Clause]] = (None, [])
    left = book.narrowing.left(facts)
    for step in book.steps:
        mask, clauses = book.bits[step]
        if not left & mask or (step != book.always and reached[1]):
            continue
        true, unknown = _read([one for bit, one in clauses if bit & left], facts, day)
        true, beaten = _ranked(true)
        overridden += beaten
        adding += (clause for clause in true if clause.adds)
        deciding = [clause for clause in true if not clause.adds]
        open_ += (clause for clause in unknown if _may_matter(clause, deciding, true))
        if deciding and not reached[1]:
            reached = (step, deciding)
    return _concluded(*reached, adding, overridden, open_, facts)


def _read(clauses: Iterable[Clause], facts: Facts, day: date) -> tuple[list[Clause], list[Clause]]:
    """The clauses that are true and those that are unknown."""
    true, unknown = [], []
    for clause in clauses:
        if clause.in_force(day):
            found = clause.holds(facts)
            if found:
                true.append(clause)
            elif found is None:
                unknown.append(clause)
    return true, unknown


def _ranked(true: list[Clause]) -> tuple[list[Clause], list[tuple[Clause, Clause]]]:
    """The true clauses that no other true one overrides, and the pairs of loser and winner."""
    if len(true) < 2:
        return true, []
    beaten = [(loser, winner) for winner in true for loser in true if loser.id in winner.overrides]
    losers = {loser.id for loser, _ in beaten}
    return [clause for clause in true if clause.id not in losers], beaten


def _may_matter(clause: Clause, deciding: list[Clause], true: list[Clause]) -> bool:
    """Whether an unknown clause could still change what its own step says."""
    if any(clause.id in other.overrides for other in true):
        return False
    if not deciding or clause.adds:
        return True
    return any(other.id in clause.overrides for other in deciding)


def _concluded(
    step: str | None,
    deciding: list[Clause],
    adding: list[Clause],
    overridden: list[tuple[Clause, Clause]],
    open_: list[Clause],
    facts: Facts,
) -> Ruling:
    unknown = dict.fromkeys(name for clause in open_ for name in clause.reads if name not in facts)
    if open_:
        status = Status.OPEN
    elif len(deciding) > 1 and len({_outcome(clause) for clause in deciding}) > 1:
        status = Status.CONFLICT
    else:
        status = Status.DECIDED if deciding or adding else Status.SILENT
    return Ruling(
        status=status,
        step=step,
        deciding=tuple(deciding),
        adding=tuple(adding),
        overridden=tuple(overridden),
        open=tuple(open_),
        unknown=tuple(unknown),
    )


def _outcome(clause: Clause) -> object:
    """What two clauses must share to agree: everything but notes beside the result."""
    return replace(clause.then, also=(), discretion=False)
