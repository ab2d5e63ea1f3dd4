"""The algorithm over columns: the same ranking as for one case, written as expressions.

In stages, each over the columns of the one before: tests, clauses, what stands, what each step
says, which clauses count, how far that leads, what is paid.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from fairhold.adapters.columns.algebra import Algebra, Conditions, E
from fairhold.adapters.columns.outcome import Outcome
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.conditions import tests_of
from fairhold.core.rules.ruling import outcome

Stage = dict[str, E]
RESULT = ("status", "clause", "decision", "refund", "release", "refund_after_return")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its number, which names its columns, and the place of its step."""

    number: int
    place: int
    clause: Clause

    @property
    def truth(self) -> str:
        """True, false, or null for unknown."""
        return f"c{self.number}"

    @property
    def stands(self) -> str:
        """True where the clause is true and nothing outranks it."""
        return f"s{self.number}"

    @property
    def counts(self) -> str:
        """True where it stands and the decision gets as far as its step."""
        return f"d{self.number}"


class Deciding:
    """One book on one day, in one algebra; `stages` are the columns to add, one after another."""

    def __init__(self, book: Book, day: date, make: Algebra) -> None:
        self._book, self._make = book, make
        numbers = iter(range(len(book.clauses)))
        self._steps = [
            [Numbered(next(numbers), place, one) for one in step]
            for place, step in enumerate(book.edition(day).steps)
        ]
        self._all = [one for step in self._steps for one in step]

    def stages(self) -> list[Stage]:
        """The columns of every stage by name; those of the last are `RESULT` without the status."""
        tests, clauses = self._read()
        standing = {one.stands: self._stands(one) for one in self._all}
        steps: Stage = {}
        for place, step in enumerate(self._steps):
            steps |= self._step(place, step)
        counting = {one.counts: self._counts(one) for one in self._all}
        result = Outcome(self._make, self._all).columns()
        return [tests, clauses, standing, steps, self._reached(), counting, self._status(), result]

    def _read(self) -> tuple[Stage, Stage]:
        """Every test of the book once, and the clauses over them."""
        conditions = Conditions(self._book.facts, self._make)
        tests = {test for one in self._all for test in tests_of(one.clause.when)}
        names = {test: f"t{number}" for number, test in enumerate(sorted(tests, key=repr))}
        read = {name: conditions.tested(test) for test, name in names.items()}
        clauses = {one.truth: conditions.of(one.clause.when, names) for one in self._all}
        return read, clauses

    def _columns(self, names: Iterable[str]) -> E:
        """Whether any of these columns is true."""
        return self._some([self._make.column(name) for name in names])

    def _some(self, parts: list[E]) -> E:
        return self._make.either(parts) if parts else self._make.literal(value=False)

    def _stands(self, one: Numbered) -> E:
        above = [
            self._make.certain(self._make.column(other.truth))
            for other in self._steps[one.place]
            if one.clause.id in other.clause.overrides
        ]
        own = self._make.certain(self._make.column(one.truth))
        return self._make.both([own, self._make.negate(self._make.either(above))]) if above else own

    def _step(self, place: int, step: list[Numbered]) -> Stage:
        """Whether a step decides, waits, or contradicts itself."""
        deciding = [one for one in step if not one.clause.adds]
        decides = self._columns(one.stands for one in deciding)
        groups = _grouped(deciding, lambda one: outcome(one.clause))
        outcomes = [self._columns(one.stands for one in group) for _, group in groups]
        return {
            f"decides{place}": decides,
            f"waits{place}": self._some([self._waits(one, step, decides) for one in step]),
            f"differs{place}": self._make.at_least_two(outcomes),
        }

    def _waits(self, one: Numbered, step: list[Numbered], decides: E) -> E:
        """An unknown clause that could still change what its step says."""
        make = self._make
        waits = [make.is_null(make.column(one.truth))]
        above = [two.stands for two in step if one.clause.id in two.clause.overrides]
        if above:
            waits.append(make.negate(self._columns(above)))
        if not one.clause.adds:
            below = [
                make.column(two.stands)
                for two in step
                if two.clause.id in one.clause.overrides and not two.clause.adds
            ]
            waits.append(make.either([make.negate(decides), *below]))
        return make.both(waits)

    def _reached(self) -> Stage:
        """Whether a step is still reached: nothing decided before it."""
        return {
            f"reached{place}": self._make.negate(
                self._columns(f"decides{earlier}" for earlier in range(place))
            )
            for place in range(len(self._steps))
        }

    def _counts(self, one: Numbered) -> E:
        """Additions of the last step are heard wherever the decision is found."""
        stands = self._make.column(one.stands)
        if one.clause.adds and one.place == len(self._steps) - 1:
            return stands
        return self._make.both([self._make.column(f"reached{one.place}"), stands])

    def _status(self) -> Stage:
        make = self._make
        places = range(len(self._steps))
        waits = [self._at(place, "waits") for place in places[:-1]]
        waits.append(make.column(f"waits{places[-1]}"))
        differs = [self._at(place, "differs") for place in places]
        found = [f"decides{place}" for place in places] + [
            one.counts
            for one in self._all
            if one.clause.adds and (one.clause.then.decision or one.clause.then.refund)
        ]
        told = [
            (self._some(waits), make.literal("open")),
            (self._some(differs), make.literal("conflict")),
            (self._columns(found), make.literal("decided")),
        ]
        return {"status": make.choose(told, make.literal("silent"))}

    def _at(self, place: int, what: str) -> E:
        make = self._make
        return make.both([make.column(f"reached{place}"), make.column(f"{what}{place}")])


def _grouped(
    clauses: Iterable[Numbered], key: Callable[[Numbered], object]
) -> list[tuple[object, list[Numbered]]]:
    """Clauses with the same key together, in order of their first."""
    groups: list[tuple[object, list[Numbered]]] = []
    for one in clauses:
        same = next((group for known, group in groups if known == key(one)), None)
        if same is None:
            groups.append((key(one), [one]))
        else:
            same.append(one)
    return groups
