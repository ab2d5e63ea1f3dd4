"""The history in words: messages, evidence, what was said elsewhere, terms, retention."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.flow import speech
from fairhold.flow.teller import Sentence, Teller, Told, acts, plain, when
from fairhold.flow.wordings import CHANNEL_WORDS, TAG_WORDS, WHY_PURGED

WROTE: Told = (_("You wrote a message"), _("{side} wrote a message"))
WROTE_FOR: Told = (_("You wrote a message ({purpose})"), _("{side} wrote a message ({purpose})"))
SUBMITTED: Told = (_("You submitted evidence: {files}"), _("{side} submitted evidence: {files}"))
BROUGHT_IN: Told = (
    _("You brought in what was said elsewhere: {name}, {channel}"),
    _("{side} brought in what was said elsewhere: {name}, {channel}"),
)
BROUGHT_IN_WITH: Told = (
    _("You brought in what was said elsewhere: {name}, {channel}, with {files}"),
    _("{side} brought in what was said elsewhere: {name}, {channel}, with {files}"),
)
OTHER_TERMS: Told = (
    _("You proposed to change the terms: {terms}"),
    _("{side} proposed to change the terms: {terms}"),
)
WITHDREW: Told = (
    _("You withdrew evidence E{number}; it stays on record as withdrawn"),
    _("{side} withdrew evidence E{number}; it stays on record as withdrawn"),
)
REDACTED: Told = (
    _("You redacted evidence E{number} for the other side; the original is kept"),
    _("{side} redacted evidence E{number} for the other side; the original is kept"),
)
STANDS_FOR: Told = (
    _("You confirmed O{number} as genuine and valid"),
    _("{side} confirmed O{number} as genuine and valid"),
)
DENIES: Told = (_("You contested O{number}"), _("{side} contested O{number}"))
AGREED: Told = (
    _("You agreed to change of terms {number}"),
    _("{side} agreed to change of terms {number}"),
)


def _wrote(event: Any, entry: Entry, teller: Teller) -> str:
    """Who wrote, for what purpose, in answer to what, with which files."""
    purpose = TAG_WORDS[event.tag] if event.tag is not None else ""
    told = [teller.told(entry.actor_role, WROTE_FOR if purpose else WROTE, purpose=purpose)]
    if event.reply_to is not None:
        told.append(str(_("It answers message {number}")).format(number=event.reply_to))
    files = [_numbered(one) for one in event.attachments or ()]
    if files:
        told.append(str(_("Files: {files}")).format(files=", ".join(files)))
    return speech.sentences(told)


def _numbered(attached: Any) -> str:
    """An exhibit of the dispute by number, or a file of the order's chat."""
    return f"E{attached}" if isinstance(attached, int) else f"A{attached.number}"


def _submitted(event: dispute.EvidenceSubmitted, entry: Entry, teller: Teller) -> str:
    hidden = str(_("E{number} (for the platform only)"))
    files = [
        hidden.format(number=one.number) if one.platform_only else f"E{one.number}"
        for one in event.exhibits
    ]
    return teller.told(entry.actor_role, SUBMITTED, files=", ".join(files))


def _filed(event: dispute.OutsideFiled, entry: Entry, teller: Teller) -> str:
    outside = event.outside
    return teller.told(
        entry.actor_role,
        BROUGHT_IN_WITH if outside.exhibits else BROUGHT_IN,
        name=f"O{outside.number}",
        channel=CHANNEL_WORDS[outside.channel],
        files=", ".join(f"E{number}" for number in outside.exhibits),
    )


def _amending(event: order.AmendmentProposed, entry: Entry, teller: Teller) -> str:
    amendment = event.amendment
    terms = []
    if amendment.shipping_service is not None:
        service = amendment.shipping_service
        terms.append(str(_("shipping by {service}")).format(service=service))
    if amendment.promise_days is not None:
        days = amendment.promise_days
        within = ngettext("delivery within {count} day", "delivery within {count} days", days)
        terms.append(within.format(count=days))
    if amendment.delivery_address is not None:
        terms.append(str(_("another delivery address")))
    return teller.told(entry.actor_role, OTHER_TERMS, terms=speech.listed(terms))


def _purged(event: order.MaterialPurged, entry: Entry, teller: Teller) -> str:
    told = str(_("Deleted ({why}), texts: {texts}, files: {files}; their digests stay on record"))
    return told.format(why=WHY_PURGED[event.why], texts=len(event.texts), files=len(event.files))


def _announced(event: order.DeletionAnnounced, entry: Entry, teller: Teller) -> str:
    told = str(
        _(
            "What was said and shown in this case may be deleted after {date}; both sides can "
            "export it until then"
        )
    )
    return told.format(date=when(event.delete_after))


def _withdrew(event: dispute.EvidenceWithdrawn, entry: Entry, teller: Teller) -> str:
    return teller.told(entry.actor_role, WITHDREW, number=event.exhibit)


def _redacted(event: dispute.EvidenceRedacted, entry: Entry, teller: Teller) -> str:
    return teller.told(entry.actor_role, REDACTED, number=event.exhibit)


def _stands(event: dispute.OutsideConfirmed, entry: Entry, teller: Teller) -> str:
    return teller.told(entry.actor_role, STANDS_FOR, number=event.number)


def _denies(event: dispute.OutsideContested, entry: Entry, teller: Teller) -> str:
    return teller.told(entry.actor_role, DENIES, number=event.number)


def _agreed(event: order.AmendmentAccepted, entry: Entry, teller: Teller) -> str:
    return teller.told(entry.actor_role, AGREED, number=event.number)


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
    order.AmendmentDeclined: (
        acts(
            _("You ended the proposed change of terms"),
            _("{side} ended the proposed change of terms"),
        ),
        "order",
    ),
    order.HoldPlaced: (plain(_("A legal hold keeps the material of this order")), "order"),
    order.HoldLifted: (plain(_("The legal hold ended")), "order"),
    order.DeletionAnnounced: (_announced, "order"),
    order.MaterialPurged: (_purged, "order"),
}
