"""E-mails as they were received, and what was found then."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from fairhold.store.models import InboundMail

LONGEST_REASON, LONGEST_ADDRESS = 300, 254


@dataclass(frozen=True, slots=True)
class Seen:
    """One e-mail with its verdicts; `answers` are the records of the DNS as JSON."""

    id: str
    raw: bytes
    message_id: str
    received_at: datetime
    recipient: str
    sender: str
    case_id: str | None
    filed: bool
    reason: str
    signature: str
    chain: str
    answers: str


def keep(seen: Seen) -> None:
    """Keep what was found about an e-mail."""
    InboundMail.objects.create(
        id=seen.id,
        raw=hashlib.sha256(seen.raw).hexdigest(),
        message_id=seen.message_id,
        received_at=seen.received_at,
        recipient=seen.recipient[:LONGEST_ADDRESS],
        sender=seen.sender[:LONGEST_ADDRESS],
        case_id=seen.case_id,
        outcome="filed" if seen.filed else "refused",
        reason=seen.reason[:LONGEST_REASON],
        signature=seen.signature,
        chain=seen.chain,
        answers=seen.answers,
    )


def filed_before(case_id: str, message_id: str, sender: str) -> bool:
    """Whether this very e-mail of this sender is in the case."""
    found = InboundMail.objects.filter(message_id=message_id, case_id=case_id, sender=sender)
    return found.filter(outcome="filed").exists()


def forget(case_ids: list[str], raws: list[str]) -> None:
    """Nobody's address is known any more from mails to these cases, or uploaded as these files."""
    rows = InboundMail.objects.filter(Q(case_id__in=case_ids) | Q(raw__in=raws))
    rows.update(sender="", recipient="", answers="{}")


def answers_for(raws: list[str]) -> dict[str, str]:
    """The DNS records as they were seen, by the digest of the raw e-mail; the first look counts."""
    rows = InboundMail.objects.filter(raw__in=raws).order_by("-received_at")
    return dict(rows.values_list("raw", "answers"))
