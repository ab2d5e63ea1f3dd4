"""The history in words: messages, evidence, what was said elsewhere, terms, retention."""

from typing import Any

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.flow.teller import Sentence, Teller, acts, plain, when
from fairhold.flow.wordings import CHANNEL_WORDS, TAG_WORDS, WHY_PURGED


def _wrote(event: Any, entry: Entry, teller: Teller) -> str:
    """Who wrote, for what purpose, in answer to what, with which files."""
    told = f"{teller.who(entry.actor_role)} wrote a message"
    if event.tag is not None:
        told += f" ({TAG_WORDS[event.tag]})"
    if event.reply_to is not None:
        told += f", in answer to message {event.reply_to}"
    files = [_numbered(one) for one in event.attachments or ()]
    return told + (f", with {', '.join(files)}" if files else "")


def _numbered(attached: Any) -> str:
    """An exhibit of the dispute by number, or a file of the order's chat."""
    return f"E{attached}" if isinstance(attached, int) else f"A{attached.number}"


def _submitted(event: dispute.EvidenceSubmitted, entry: Entry, teller: Teller) -> str:
    files = ", ".join(
        f"E{one.number}" + (" (for the platform only)" if one.platform_only else "")
        for one in event.exhibits
    )
    return f"{teller.who(entry.actor_role)} submitted evidence: {files}"


def _filed(event: dispute.OutsideFiled, entry: Entry, teller: Teller) -> str:
    outside = event.outside
    files = ", ".join(f"E{number}" for number in outside.exhibits)
    what = f"O{outside.number}, {CHANNEL_WORDS[outside.channel]}"
    told = f"{teller.who(entry.actor_role)} brought in what was said elsewhere: {what}"
    return told + (f", with {files}" if files else "")


def _amending(event: order.AmendmentProposed, entry: Entry, teller: Teller) -> str:
    amendment = event.amendment
    parts = []
    if amendment.shipping_service is not None:
        parts.append(f"shipping by {amendment.shipping_service}")
    if amendment.promise_days is not None:
        parts.append(f"delivery within {amendment.promise_days} days")
    if amendment.delivery_address is not None:
        parts.append("another delivery address")
    who = teller.who(entry.actor_role)
    return f"{who} proposed to change the terms: {', '.join(parts)}"


def _purged(event: order.MaterialPurged, _: Entry, __: Teller) -> str:
    counts = f"{len(event.texts)} texts and {len(event.files)} files"
    return f"{counts} were deleted ({WHY_PURGED[event.why]}); their digests stay on record"


def _withdrew(event: dispute.EvidenceWithdrawn, entry: Entry, teller: Teller) -> str:
    who = teller.who(entry.actor_role)
    return f"{who} withdrew evidence E{event.exhibit}; it stays on record as withdrawn"


def _redacted(event: dispute.EvidenceRedacted, entry: Entry, teller: Teller) -> str:
    who = teller.who(entry.actor_role)
    return f"{who} redacted evidence E{event.exhibit} for the other side; the original is kept"


def _stands(event: dispute.OutsideConfirmed, entry: Entry, teller: Teller) -> str:
    return f"{teller.who(entry.actor_role)} confirmed O{event.number} as genuine and valid"


def _denies(event: dispute.OutsideContested, entry: Entry, teller: Teller) -> str:
    return f"{teller.who(entry.actor_role)} contested O{event.number}"


def _agreed(event: order.AmendmentAccepted, entry: Entry, teller: Teller) -> str:
    return f"{teller.who(entry.actor_role)} agreed to change of terms {event.number}"


TALK_SENTENCES: dict[type, tuple[Sentence, str]] = {
    dispute.MessagePosted: (_wrote, "messages"),
    order.MessageWritten: (_wrote, "messages"),
    dispute.EvidenceSubmitted: (_submitted, "evidence"),
    dispute.EvidenceWithdrawn: (_withdrew, "evidence"),
    dispute.EvidenceRedacted: (_redacted, "evidence"),
    dispute.OutsideFiled: (_filed, "evidence"),
    dispute.OutsideConfirmed: (_stands, "evidence"),
    dispute.OutsideContested: (_denies, "evidence"),
    order.AmendmentProposed: (_amending, "order"),
    order.AmendmentAccepted: (_agreed, "order"),
    order.AmendmentDeclined: (acts("ended the proposed change of terms"), "order"),
    order.HoldPlaced: (plain("A legal hold keeps the material of this order"), "order"),
    order.HoldLifted: (plain("The legal hold ended"), "order"),
    order.DeletionAnnounced: (
        lambda event, _, __: (
            "What was said and shown in this case may be deleted after "
            f"{when(event.delete_after)}; both sides can export it until then"
        ),
        "order",
    ),
    order.MaterialPurged: (_purged, "order"),
}
