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


@dataclass(frozen=True, slots=True)
class Result:
    """What a ruling gives. Units: minor units; None where an amount is not fixed or not said."""

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
    money: bool
    also: dict[str, Any]


def result(ruling: Ruling, facts: Facts) -> Result:
    """The result of the deciding clause with all additions."""
    base = ruling.deciding[0].then if ruling.deciding else Then(decision=BY_AMOUNT)
    added = [clause.then for clause in ruling.adding]
    parts = [base, *added]
    refund = _refund(base, added, facts)
    more = any(part.refund and (_amount(part.refund, facts) or 0) > 0 for part in added)
    decision = base.decision
    if more and decision in YIELDING:
        decision = BY_AMOUNT
    pays = any(part.refund for part in parts)
    after = next((part.refund_after_return for part in parts if part.refund_after_return), None)
    return Result(
        decision=_named(decision, refund, facts),
        liable_party=_last(part.liable_party for part in parts),
        funded_by=_last(part.funded_by for part in parts),
        refund_minor=refund if pays else None,
        release_minor=_release(_last(part.release for part in parts), refund, facts),
        refund_after_return_minor=_amount(after, facts) if after else None,
        return_required=_last(part.return_required for part in parts),
        freight=_freight(parts),
        penalty=_last(part.penalty for part in parts),
        discretion=any(part.discretion for part in parts),
        money=pays or after is not None,
        also={name: value for part in parts for name, value in part.also},
    )


def _refund(base: Then, added: list[Then], facts: Facts) -> int | None:
    """The sum of all refunds, never above what was paid."""
    amounts = [_amount(part.refund, facts) for part in [base, *added] if part.refund]
    if any(amount is None for amount in amounts):
        return None
    total = facts.get("order.total_paid")
    found = sum(amount for amount in amounts if amount is not None)
    return found if total is None else min(found, total)


def _release(kind: str | None, refund: int | None, facts: Facts) -> int | None:
    total = facts.get("order.total_paid")
    if total is None or kind in (None, "open"):
        return None
    if kind == "all":
        return int(total)
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


def _freight(parts: list[Then]) -> dict[str, str]:
    outbound = _last(part.freight_outbound for part in parts)
    back = _last(part.freight_return for part in parts)
    return {name: who for name, who in (("outbound", outbound), ("return", back)) if who}
