"""Figures of the whole desk for the people who run it: counts, times, money. Reads only.

The filing rate of a seller: disputes opened in the window, for every hundred orders that had a
step in it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Sum

from fairhold.accounts.models import Party
from fairhold.store.models import DisputeCase, JournalEntry, LedgerTransfer, OrderFile
from fairhold.store.models.order_file import ACCOUNTS

# Times are worked out over so many of the last cases; the page says over how many.
LAST_CASES = 500
WEEKS = 12
TOP = 20
ANSWERS = ("PlanAccepted", "RequestRefused")
TOLD_BY = (*ANSWERS, "RulingRecorded", "DisputeClosed")


@dataclass(frozen=True, slots=True)
class Past:
    """One closed dispute. Units: hours, minor units; no clause where nothing was ruled."""

    currency: str
    close_hours: float
    opened_at: datetime
    answer_hours: float | None = None
    outcome: str = ""
    clause: str = ""
    refund_minor: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """How long cases took. Units: hours; None where there is no case yet."""

    cases: int
    first_answer_hours: float | None
    close_hours: float | None


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a seller's orders are disputed. Units: disputes for every hundred orders."""

    seller: str
    orders: int
    disputes: int

    @property
    def percent(self) -> float:
        """The rate."""
        return 100 * self.disputes / self.orders if self.orders else 0.0


def by_reason() -> list[tuple[str, int]]:
    """Disputes by reason, the most frequent first."""
    return _counted(DisputeCase.objects.values_list("reason").annotate(n=Count("id")))


def by_state() -> list[tuple[str, int]]:
    """Open disputes by where they stand."""
    found = DisputeCase.objects.filter(closed_at=None)
    return _counted(found.values_list("state").annotate(n=Count("id")))


def past() -> list[Past]:
    """The last closed disputes, each with its first answer, its end and its deciding clause."""
    closed = DisputeCase.objects.filter(closed_at__isnull=False).order_by("-closed_at")
    cases = {one.id: one for one in closed.defer("snapshot")[:LAST_CASES]}
    orders = {one.order_id for one in cases.values()}
    # By order, because that is how the journal is keyed: no scan of the whole of it.
    rows = JournalEntry.objects.filter(order_id__in=orders, type__in=TOLD_BY, case_id__in=cases)
    found = {case_id: _begun(case) for case_id, case in cases.items()}
    told = rows.order_by("order_id", "seq").values_list("case_id", "type", "at", "payload")
    for case_id, kind, at, payload in told:
        if case_id:
            found[case_id] = _with(found[case_id], kind, at, payload)
    return list(found.values())


def _begun(case: DisputeCase) -> Past:
    end = case.closed_at or case.opened_at
    return Past(case.currency, _hours(end - case.opened_at), case.opened_at)


def _with(so_far: Past, kind: str, at: datetime, payload: str) -> Past:
    if kind in ANSWERS:
        hours = _hours(at - so_far.opened_at)
        return replace(so_far, answer_hours=so_far.answer_hours or hours)
    content = json.loads(payload)
    if kind == "RulingRecorded":
        standing = [one["id"] for one in content["record"]["clauses"] if not one["adds"]]
        return replace(so_far, clause=standing[0] if standing else so_far.clause)
    refund = content["refund"]
    sum_minor = refund["goods_minor"] + refund["freight_minor"]
    return replace(so_far, outcome=content["outcome"], refund_minor=sum_minor)


def by_outcome(cases: list[Past]) -> list[tuple[str, int]]:
    """Closed disputes by how they ended."""
    return Counter(one.outcome for one in cases).most_common()


def refunded_by_clause(cases: list[Past]) -> dict[str, list[tuple[str, int]]]:
    """Money refunded by currency and by the clause that decided. Units: minor units.

    Of a dispute without a ruling the way it ended stands in the place of the clause.
    """
    sums: dict[str, Counter[str]] = {}
    for one in cases:
        sums.setdefault(one.currency, Counter())[one.clause or one.outcome] += one.refund_minor
    return {currency: found.most_common(TOP) for currency, found in sorted(sums.items())}


def times(cases: list[Past]) -> Times:
    """The median time to the first answer, and to the end of a case."""
    first = [one.answer_hours for one in cases if one.answer_hours is not None]
    whole = [one.close_hours for one in cases]
    return Times(
        cases=len(cases),
        first_answer_hours=median(first) if first else None,
        close_hours=median(whole) if whole else None,
    )


def _hours(length: timedelta) -> float:
    return length.total_seconds() / 3600


def rates(since: datetime) -> list[Rate]:
    """The sellers with the highest filing rate since a day."""
    disputes = _by_seller(DisputeCase.objects.filter(opened_at__gte=since))
    sellers = sorted(disputes, key=lambda one: -disputes[one])[:TOP]
    orders = _by_seller(OrderFile.objects.filter(seller_id__in=sellers, head_at__gte=since))
    names = dict(Party.objects.filter(id__in=sellers).values_list("id", "name"))
    found = [Rate(names.get(one, one), orders.get(one, 0), disputes[one]) for one in sellers]
    return sorted(found, key=lambda one: -one.percent)


def _by_seller(rows: Any) -> dict[str, int]:
    return dict(rows.values_list("seller_id").annotate(n=Count("id")))


def trial_balance() -> dict[str, dict[str, int]]:
    """What stands on every account, by currency. Units: minor units; each currency sums to zero."""
    sums = {name: Sum(name) for name in ACCOUNTS}
    rows: Any = OrderFile.objects.values("currency").annotate(**sums).order_by("currency")
    return {row["currency"]: {name: row[name] or 0 for name in ACCOUNTS} for row in rows}


def transfers_of(order_id: str) -> list[LedgerTransfer]:
    """Every transfer of an order, in order."""
    return list(LedgerTransfer.objects.filter(order_id=order_id).order_by("seq", "leg")[:500])


def weekly(cases: Any, now: datetime) -> list[tuple[datetime, int]]:
    """Disputes opened in each of the last weeks, the oldest first."""
    begin = now - timedelta(weeks=WEEKS)
    counts = [0] * WEEKS
    for opened in cases.filter(opened_at__gt=begin).values_list("opened_at", flat=True):
        counts[min(WEEKS - 1, (opened - begin) // timedelta(weeks=1))] += 1
    return [(begin + timedelta(weeks=place), count) for place, count in enumerate(counts)]


def _counted(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(((str(name), count) for name, count in rows), key=lambda one: -one[1])


def refunded(cases: Iterable[DisputeCase], outcome: str = "") -> dict[str, int]:
    """What went to the buyer by the end of each of these disputes, or of those that ended so.

    Units: minor units.
    """
    orders = {one.order_id for one in cases}
    if not orders:
        return {}
    rows = JournalEntry.objects.filter(order_id__in=orders, type="DisputeClosed")
    told = {
        case_id: json.loads(payload) for case_id, payload in rows.values_list("case_id", "payload")
    }
    return {
        case_id: one["refund"]["goods_minor"] + one["refund"]["freight_minor"]
        for case_id, one in told.items()
        if case_id and outcome in ("", one["outcome"])
    }
