"""What is paid, over columns: the deciding clause with all additions, as one case would get it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from fairhold.adapters.columns.algebra import Algebra, E
from fairhold.adapters.columns.amounts import AMOUNTS, at_least_zero, least
from fairhold.core.rules.answer import BY_AMOUNT, YIELDING
from fairhold.core.rules.book import Clause, Then


class Counted(Protocol):
    """A clause whose column `counts` says whether the decision rests on it."""

    @property
    def clause(self) -> Clause:
        """The clause."""

    @property
    def counts(self) -> str:
        """The column."""


class Outcome:
    """The columns of a result; all of them null where no decision was reached."""

    def __init__(self, make: Algebra, clauses: Sequence[Counted]) -> None:
        self._make = make
        self._deciding = [one for one in clauses if not one.clause.adds]
        self._adding = [one for one in clauses if one.clause.adds]
        self._paying = [one for one in self._adding if one.clause.then.refund]
        self._total = make.column("order.total_paid")
        self._decided = make.equal(make.column("status"), make.literal("decided"))

    def columns(self) -> dict[str, E]:
        """Clause, decision, refund, release and refund after a return."""
        make = self._make
        refund = least(make, self._refund(), self._total)
        told = {
            "clause": make.first_of(
                [(make.column(one.counts), one.clause.id) for one in self._deciding]
            ),
            "decision": self._decision(refund),
            "refund": refund,
            "release": self._release(refund),
            "refund_after_return": self._first("refund_after_return"),
        }
        return {name: make.choose([(self._decided, value)], None) for name, value in told.items()}

    def _any(self, clauses: Iterable[Counted]) -> E:
        parts = [self._make.column(one.counts) for one in clauses]
        return self._make.either(parts) if parts else self._make.literal(value=False)

    def _by(self, said: Callable[[Then], str | None]) -> list[tuple[E, str]]:
        """Each word that deciding clauses say, and where one of them counts.

        Where several count they agree, or nothing is decided.
        """
        words = dict.fromkeys(said(one.clause.then) for one in self._deciding)
        return [
            (self._any(one for one in self._deciding if said(one.clause.then) == word), word)
            for word in words
            if word is not None
        ]

    def _first(self, part: str) -> E:
        """The amount that the deciding clause names."""
        formulas = self._by(lambda then: getattr(then, part))
        amounts = [(where, AMOUNTS[name](self._make)) for where, name in formulas]
        return self._make.choose(amounts, None)

    def _refund(self) -> E:
        """The base and every addition; null where nothing is paid or one of them is not fixed."""
        make = self._make
        if not self._paying:
            return self._first("refund")
        pays = self._any(one for one in self._deciding if one.clause.then.refund)
        whole = make.choose([(pays, self._first("refund"))], make.literal(0))
        for one in self._paying:
            added = [(make.column(one.counts), self._amount(one))]
            whole = make.add(whole, make.choose(added, make.literal(0)))
        anything = make.either([pays, self._any(self._paying)])
        return make.choose([(anything, whole)], None)

    def _amount(self, one: Counted) -> E:
        return AMOUNTS[one.clause.then.refund or "nothing"](self._make)

    def _release(self, refund: E) -> E:
        """What the seller gets; the last addition that says it has the last word."""
        make = self._make
        rest = make.subtract(self._total, refund)
        back = make.column("chargeback.already_refunded")
        known = make.choose([(make.is_null(back), make.literal(0))], back)
        kinds = {
            "rest": rest,
            "all": self._total,
            "unrefunded_rest": at_least_zero(make, make.subtract(rest, known)),
        }
        said = [
            (make.column(one.counts), kinds.get(one.clause.then.release or ""))
            for one in reversed(self._adding)
            if one.clause.then.release
        ]
        base = [
            (where, kinds[kind])
            for where, kind in self._by(lambda then: then.release)
            if kind in kinds
        ]
        return make.choose([*said, *base], None)

    def _decision(self, refund: E) -> E:
        """The name of the result: a refund that is added makes it one by amount."""
        make = self._make
        by_amount = make.choose(
            [
                (make.equal(refund, make.literal(0)), make.literal("release_to_seller")),
                (make.equal(refund, self._total), make.literal("full_refund")),
            ],
            make.literal("partial_refund"),
        )
        more = [
            make.both(
                [
                    make.column(one.counts),
                    make.certain(make.ordered(">", self._amount(one), make.literal(0))),
                ]
            )
            for one in self._paying
        ]
        yields = self._any(one for one in self._deciding if one.clause.then.decision in YIELDING)
        named = [
            (where, by_amount if word == BY_AMOUNT else make.literal(word))
            for where, word in self._by(lambda then: then.decision)
        ]
        alone = make.negate(self._any(self._deciding))
        joined = [make.both([yields, make.either(more)])] if more else []
        return make.choose([*((where, by_amount) for where in [*joined, alone]), *named], None)
