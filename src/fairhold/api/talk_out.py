"""How the thread of an order, custody and what was said elsewhere look in the API."""

from typing import Any

from fairhold.core.cases.disputes.weighing import weigh
from fairhold.core.evidence.outside import Outside
from fairhold.core.rules.book import Book
from fairhold.core.values.plain import to_plain
from fairhold.flow.query import View
from fairhold.flow.thread import Thread


def thread(found: Thread) -> dict[str, Any]:
    """The messages, oldest first, and who has read how far."""
    return {
        "messages": [
            {
                "entry": one.entry,
                "place": one.place,
                "number": one.number,
                "at": to_plain(one.at),
                "sender": one.role,
                "tag": one.tag,
                "language": one.language,
                "reply_to": one.reply_to,
                "text": one.text,
                "attachments": [file.name for file in one.attached],
                "hash": one.hash,
            }
            for one in found.said
        ],
        "read": [
            {"role": one.role, "entry": one.entry, "at": to_plain(one.at)} for one in found.receipts
        ],
    }


def outside(view: View, book: Book) -> list[dict[str, Any]]:
    """What was said elsewhere, who stands for it, and whether it counts."""
    dispute = view.file.the_dispute
    weights = weigh(dispute, book)
    return [_outside(view, one, weights) for one in dispute.outside]


def _outside(view: View, one: Outside, weights: dict[int, Any]) -> dict[str, Any]:
    return {
        "number": one.number,
        "channel": one.channel.value,
        "side": one.side.value,
        "summary": view.text(one.summary),
        "filed_at": to_plain(one.filed_at),
        "happened_at": to_plain(one.happened_at),
        "authentication": one.authentication.value,
        "confirmed_by": [role.value for role in one.confirmed_by],
        "contested": view.text(one.contested) or None if one.contested else None,
        "exhibits": [
            {"number": number, "weight": weights[number].value} for number in one.exhibits
        ],
        "mail": to_plain(one.mail),
    }
