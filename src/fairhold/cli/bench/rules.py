"""Questions put to the clauses: bare, with reasons, and with what would have changed the outcome.

Beside them, in the same run, the clauses that these questions turn on as a function by hand.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fairhold.adapters.rulebook.library import open_book
from fairhold.config.environment import shelf
from fairhold.core.rules.answer import result
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import Known, establish, from_one_notice
from fairhold.core.rules.requests import asked
from fairhold.core.rules.ruling import rule
from fairhold.core.rules.what_if import would_change
from fairhold.flow.adjudicate.telling import because

NOTICE = datetime(2026, 3, 28, 9, tzinfo=UTC)
AS_OF = NOTICE + timedelta(days=4)
SHOWN = ("match", "mismatch", "not_shown")
DIFFERING = 360
STATES = ("not_found", "in_transit", "delivered", "returned_to_sender")


def run(cases: int) -> dict[str, Any]:
    """Cases a second on one core, and their ratio to the function by hand."""
    began = time.perf_counter()
    book, _ = open_book(shelf())
    loaded = time.perf_counter() - began
    known = [established(book, place) for place in range(cases)]
    day = AS_OF.date()
    _agree(book, known[:DIFFERING])

    def bare(one: Known) -> None:
        result(rule(book, one.facts, day), one.facts)

    def explained(one: Known) -> None:
        found = rule(book, one.facts, day)
        result(found, one.facts)
        asked(book, one, found, day)
        for clause in found.standing:
            because(clause, one, "USD")

    def changed(one: Known) -> None:
        would_change(book, one, result(rule(book, one.facts, day), one.facts), day)

    by_hand_rate = rate(by_hand, known)
    rates = {name: rate(work, known) for name, work in (("bare", bare), ("explained", explained))}
    changes = rate(changed, known[: max(1, cases // 20)])
    from_given = rate(lambda place: bare(established(book, place)), range(max(1, cases // 4)))
    return {
        "clauses": len(book.clauses),
        "load_milliseconds": round(loaded * 1000),
        "cases": cases,
        "bare_per_second": round(rates["bare"]),
        "explained_per_second": round(rates["explained"]),
        "what_would_change_per_second": round(changes),
        "from_given_facts_per_second": round(from_given),
        "by_hand_per_second": round(by_hand_rate),
        "ratio_bare_to_by_hand": round(rates["bare"] / by_hand_rate, 4),
    }


def established(book: Book, place: int) -> Known:
    """What is known in one case."""
    given = facts(place)
    return establish(book, given, AS_OF, from_one_notice(given, AS_OF))


def _agree(book: Book, known: list[Known]) -> None:
    """The function by hand and the clauses say the same, or there is nothing to compare."""
    for one in known:
        told = result(rule(book, one.facts, AS_OF.date()), one.facts).refund_minor
        if told != by_hand(one):
            raise AssertionError(f"by hand {by_hand(one)}, by the book {told}: {one.facts}")


def facts(place: int) -> dict[str, Any]:
    """The facts of one case out of many that differ."""
    return {
        "order.goods_amount": 10_000 + place,
        "order.freight_amount": 500,
        "order.placed_at": NOTICE - timedelta(days=40),
        "order.delivery_promise_days": 20 + place % 30,
        "shipment.all_dispatched_at": NOTICE - timedelta(days=38),
        "dispute.reason": "not_received",
        "dispute.opened_at": NOTICE - timedelta(days=3),
        "dispute.requested_amount": 500 + place,
        "dispute.seller_response": "refused_with_solution",
        "dispute.platform_notice_at": NOTICE,
        "tracking.state": STATES[place % 4],
        "tracking.country": SHOWN[place % 3],
        "tracking.city": SHOWN[place // 3 % 3],
    }


def rate(work: Callable[[Any], Any], known: Sequence[Any]) -> float:
    """Cases a second."""
    began = time.perf_counter()
    for one in known:
        work(one)
    return len(known) / (time.perf_counter() - began)


def by_hand(known: Known) -> int | None:
    """The refund that the clauses on tracking lead to; None while the parcel may still come."""
    found = known.facts
    total: int = found["order.total_paid"]
    if found["tracking.first_event_at"] is not None or found["tracking.state"] == "not_found":
        return total
    if found["tracking.state"] == "in_transit":
        promise = timedelta(days=found["order.delivery_promise_days"])
        return total if found["as_of"] > found["shipment.all_dispatched_at"] + promise else None
    if found["tracking.state"] == "delivered":
        shown = (found["tracking.country"], found["tracking.city"])
        return 0 if shown == ("match", "match") else total
    return total
