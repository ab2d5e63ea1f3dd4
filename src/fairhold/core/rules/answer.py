"""From a ruling to its result: amounts, who answers, what goes back. Additions join once.

Refund and release together are what was paid, unless another fund pays. Nothing is rounded here:
each formula rounded once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fairhold.core.rules.book import Then
from fairhold.core.rules.conditions import Facts
from fairhold.core.rules.formulas import FORMULAS
from fairhold.core.rules.ruling import Ruling

# The decision whose name follows from the amount.
BY_AMOUNT = "by_amount"
# Decisions that an added refund turns into one by amount.
YIELDING = {BY_AMOUNT, "release_to_seller", "partial_refund", None}
# Where no clause decides, what the additions give is all there is.
UNDECIDED = Then(decision=BY_AMOUNT)


@dataclass(frozen=True, slots=True)
class Result:
    """What a ruling gives. Units: minor units; None where an amount is not fixed or not said.

    `range_minor` are the inclusive bounds of a refund that is left to a specialist.
    """

    decision: str | None
    liable_party: str | None
    funded_by: str | None
    refund_minor: int | None
    release_minor: int | None
    refund_after_return_minor: int | None
    return_required: bool | None
    freight: dict[str, str]
    penalty: str | None
    discretion: bool
    range_minor: tuple[int, int] | None
    money: bool
    also: dict[str, Any]


def result(ruling: Ruling, facts: Facts) -> Result:
    """The result of the deciding clause with all additions."""
    then = ruling.deciding[0].then if ruling.deciding else UNDECIDED
    refund = _amount(then.refund, facts)
    also = dict(then.also)
    for clause in ruling.adding:
        also.update(clause.then.also)
    added = [clause.then for clause in ruling.adding if not clause.then.only_notes]
    if added:
        refund = _added_up(refund if then.refund else 0, added, facts)
        more = any(part.refund and _amount(part.refund, facts) for part in added)
        then = _joined(then, added, more=more)
    if refund is not None and then.refund:
        total = facts.get("order.total_paid")
        refund = refund if total is None else min(refund, total)
    freight = (("outbound", then.freight_outbound), ("return", then.freight_return))
    return Result(
        decision=_named(then.decision, refund, facts),
        liable_party=then.liable_party,
        funded_by=then.funded_by,
        refund_minor=refund if then.refund else None,
        release_minor=_release(then.release, refund, facts),
        refund_after_return_minor=_amount(then.refund_after_return, facts),
        return_required=then.return_required,
        freight={name: who for name, who in freight if who},
        penalty=then.penalty,
        discretion=then.discretion,
        range_minor=_range(then, refund, facts) if then.discretion else None,
        money=then.refund is not None or then.refund_after_return is not None,
        also=also,
    )


def _range(then: Then, refund: int | None, facts: Facts) -> tuple[int, int] | None:
    """What a clause with discretion leaves: from nothing to the amount it names.

    One that would refund nothing leaves everything that was paid.
    """
    if then.refund is None or refund is None:
        return None
    total = facts.get("order.total_paid")
    if refund > 0:
        return (0, refund)
    return None if total is None else (0, total)


def _added_up(refund: int | None, added: list[Then], facts: Facts) -> int | None:
    """The sum of all refunds; None where one of them is not fixed."""
    amounts = [refund, *(_amount(part.refund, facts) for part in added if part.refund)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _joined(base: Then, added: list[Then], *, more: bool) -> Then:
    """The base with what is added to it: the last word counts."""
    parts = [base, *added]
    returned = (part.refund_after_return for part in parts if part.refund_after_return)
    return Then(
        decision=BY_AMOUNT if more and base.decision in YIELDING else base.decision,
        liable_party=_last(part.liable_party for part in parts),
        funded_by=_last(part.funded_by for part in parts),
        refund=_last(part.refund for part in parts),
        refund_after_return=next(returned, None),
        release=_last(part.release for part in parts),
        return_required=_last(part.return_required for part in parts),
        freight_outbound=_last(part.freight_outbound for part in parts),
        freight_return=_last(part.freight_return for part in parts),
        penalty=_last(part.penalty for part in parts),
        discretion=any(part.discretion for part in parts),
    )


def _release(kind: str | None, refund: int | None, facts: Facts) -> int | None:
    total = facts.get("order.total_paid")
    if total is None or kind in (None, "open"):
        return None
    if kind == "all":
        return int(total)
    if kind == "unrefunded_rest" and refund is not None:
        return max(0, int(total) - refund - (facts.get("chargeback.already_refunded") or 0))
    return None if refund is None else int(total) - refund


def _named(decision: str | None, refund: int | None, facts: Facts) -> str | None:
    if decision != BY_AMOUNT or refund is None:
        return decision if decision != BY_AMOUNT else "partial_refund"
    if refund == 0:
        return "release_to_seller"
    return "full_refund" if refund == facts.get("order.total_paid") else "partial_refund"


def _amount(formula: str | None, facts: Facts) -> int | None:
    return FORMULAS[formula](facts) if formula else None


def _last(values: Iterable[Any]) -> Any:
    """The last that is said: an addition stands above the clause it joins."""
    found = None
    for value in values:
        found = value if value is not None else found
    return found
