"""Questions in a few words: an ordinary order, an ordinary dispute, and what differs."""

from datetime import datetime
from pathlib import Path
from typing import Any

from fairhold.adapters.rulebook.library import open_book
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import Known, establish, from_one_notice
from fairhold.flow.adjudicate.answering import answer
from fairhold.flow.adjudicate.intake import Problems, question
from fairhold.flow.adjudicate.question import find

ROOT = Path(__file__).resolve().parents[1]
SHELF = ROOT / "rulebooks"
BOOK, PROCESS = open_book(SHELF)
ORDER = {
    "order.channel": "platform_retail",
    "order.currency": "USD",
    "order.goods_amount": "100.00",
    "order.freight_amount": "10.00",
    "order.total_paid": "110.00",
    "order.placed_at": "2025-03-01T08:00:00Z",
    "order.delivery_promise_days": 30,
    "shipment.all_dispatched_at": "2025-03-03T10:00:00Z",
}
FILED = {
    "dispute.opened_at": "2025-03-25T09:00:00Z",
    "dispute.request": "refund_only",
    "dispute.requested_amount": "110.00",
    "dispute.seller_response": "refused_with_solution",
    "dispute.seller_responded_at": "2025-03-26T09:00:00Z",
    "dispute.platform_notice_at": "2025-03-28T09:00:00Z",
}
LOST = {**ORDER, **FILED, "dispute.reason": "not_received", "dispute.subcase": "none"}
UNLIKE = {**ORDER, **FILED, "dispute.reason": "not_as_agreed"}
LATER = "2025-04-01T09:00:01Z"  # one second after three days from the notice


def ask(facts: dict[str, Any], as_of: str = LATER) -> dict[str, Any]:
    """The answer to one question."""
    asked = question({"id": "q", "as_of": as_of, "facts": facts}, 1, BOOK)
    assert not isinstance(asked, Problems), asked.lines
    return answer(BOOK, find(BOOK, PROCESS, asked))


def known_at(given: dict[str, Any], at: datetime, book: Book = BOOK) -> Known:
    """What is known at a moment when this was given and all requests went out at one notice."""
    return establish(book, given, at, from_one_notice(given, at))


def filed(kind: str, by: str = "seller", at: str = "2025-03-30T09:00:00Z", **more: Any) -> Any:
    """One document on file."""
    return {"type": kind, "by": by, "at": at, **more}


def differs(expected: Any, found: Any) -> bool:
    """Whether `found` lacks or contradicts something of `expected`."""
    if isinstance(expected, dict):
        return not isinstance(found, dict) or any(
            key not in found or differs(value, found[key]) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            not isinstance(found, list)
            or len(found) != len(expected)
            or any(map(differs, expected, found))
        )
    return bool(expected != found)
