"""What a decision is worth to the buyer, as formulas of the solver over complete facts."""

from collections.abc import Sequence
from typing import Any, cast

import z3

from fairhold.adapters.columns.algebra import Algebra
from fairhold.adapters.columns.amounts import AMOUNTS
from fairhold.adapters.prover.encoding import FALSE, ORDER, TRUE, Encoding
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.conditions import Op

TOTAL, GOODS, FREIGHT = "order.total_paid", "order.goods_amount", "order.freight_amount"
ASKED = "dispute.requested_amount"
# Parts of what was paid; which part is a product of two facts, or stands in a list of records.
PARTS = ("missing_share", "delay_schedule", "settled", "refund_plan")
SIGNS = {"<": Op.BELOW, "<=": Op.AT_MOST, ">": Op.ABOVE, ">=": Op.AT_LEAST}


class Worth:
    """The amounts of one book. Minor units; an amount that is not fixed counts as nothing."""

    def __init__(self, book: Book, encoding: Encoding) -> None:
        self._book, self._encoding = book, encoding
        self._make = cast("Algebra", Sums(encoding))
        self.total = encoding.number(TOTAL)
        goods, freight = encoding.number(GOODS), encoding.number(FREIGHT)
        self.bounds = [self.total == goods + freight, goods >= 0, freight >= 0]
        self.everything_asked = encoding.number(ASKED) == self.total
        self._parts = {name: z3.Int(f"part: {name}") for name in PARTS}
        self.bounds += [z3.And(part >= 0, part <= self.total) for part in self._parts.values()]

    def amount(self, formula: str) -> Any:
        """What a formula gives; of a part only that it is none of less than nothing or too much."""
        part = self._parts.get(formula)
        return AMOUNTS[formula](self._make) if part is None else part

    def refund(self, clause: Clause) -> Any:
        """The refund where this clause decides, with all additions, at most what was paid."""
        whole = self.amount(clause.then.refund or "nothing")
        for one in self._book.clauses:
            if one.adds and one.then.refund:
                added = self.amount(one.then.refund)
                whole = whole + z3.If(self.stands(one), added, 0)
        return z3.If(whole > self.total, self.total, whole)

    def stands(self, clause: Clause) -> Any:
        """Whether a clause counts: it is true, and no other one outranks it."""
        formulas = self._encoding.clauses
        above = [formulas[one.id] for one in above_of(self._book, clause)]
        return z3.And(formulas[clause.id], z3.Not(z3.Or(above)))

    def to_the_buyer(self) -> tuple[Any, Any]:
        """The amount the buyer gets, now or once the goods are back; and whether one is fixed."""
        amount, fixed = z3.IntVal(0), FALSE
        for step in reversed(self._book.steps):
            for clause in self._book.by_step[step]:
                if clause.adds:
                    continue
                here = self._first_of_step(clause)
                amount = z3.If(here, self._worth(clause), amount)
                says = clause.then.refund or clause.then.refund_after_return
                fixed = z3.If(here, TRUE if says else FALSE, fixed)
        return amount, fixed

    def _worth(self, clause: Clause) -> Any:
        if clause.then.refund is None and clause.then.refund_after_return:
            return self.amount(clause.then.refund_after_return)
        return self.refund(clause)

    def _first_of_step(self, clause: Clause) -> Any:
        formulas = self._encoding.clauses
        over = [one for one in self._book.by_step[clause.step] if clause.id in one.overrides]
        return z3.And(formulas[clause.id], z3.Not(z3.Or([formulas[one.id] for one in over])))


def above_of(book: Book, clause: Clause) -> list[Clause]:
    """The clauses that outrank this one: deciding ones of earlier steps, and its overriders."""
    over = [one for one in book.by_step[clause.step] if clause.id in one.overrides]
    if clause.step == book.always:
        return over
    earlier = book.steps[: book.steps.index(clause.step)]
    return [one for step in earlier for one in book.by_step[step] if not one.adds] + over


class Sums:
    """The algebra of amounts whose terms are the solver's; every amount is known."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding

    def column(self, name: str) -> Any:
        """The number of a fact."""
        return self._encoding.number(name)

    def literal(self, value: int) -> Any:
        """A constant."""
        return z3.IntVal(value)

    def ordered(self, sign: str, left: Any, right: Any) -> Any:
        """An order."""
        return ORDER[SIGNS[sign]](left, right)

    def is_null(self, _: Any) -> Any:
        """Never."""
        return FALSE

    def choose(self, cases: Sequence[tuple[Any, Any]], otherwise: Any) -> Any:
        """The value of the first condition that is true."""
        value = z3.IntVal(0) if otherwise is None else otherwise
        for condition, told in reversed(cases):
            value = z3.If(condition, told, value)
        return value

    def add(self, left: Any, right: Any) -> Any:
        """The sum."""
        return left + right

    def subtract(self, left: Any, right: Any) -> Any:
        """The difference."""
        return left - right
