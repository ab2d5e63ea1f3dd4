"""Step 8 of the write path.

The outbox leaves the house. At least once, bounded, visibly dead at last.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog

from fairhold.accounts.models import WebhookEndpoint
from fairhold.adapters.mail import MailFault
from fairhold.adapters.webhooks import WebhookFault, send
from fairhold.flow.desk import Desk
from fairhold.flow.letters import letter
from fairhold.store import due, queries
from fairhold.store.halt import halted
from fairhold.store.models import OutboxMessage

BATCH = 50
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=30)
# Thirty seconds doubled twelve times: the last try comes after more than two days.
MOST_TRIES = 14
MOST_ENDPOINT_FAILURES = 50
# A letter that cannot even be written must not hold up the others.
DEFECTS = (LookupError, ValueError, TypeError)
log = structlog.get_logger()


def relay(desk: Desk, limit: int = BATCH) -> int:
    """Deliver up to `limit` waiting messages; returns how many were taken up."""
    now = desk.clock.now()
    picked = due.lease_messages(now, limit, LEASE, without_payments=halted() is not None)
    for message in picked:
        try:
            _deliver(desk, message, now)
        except (MailFault, WebhookFault, *DEFECTS) as error:
            _try_later(message, str(error), now)
        else:
            due.delivered(message, now)
    return len(picked)


def _deliver(desk: Desk, message: OutboxMessage, now: datetime) -> None:
    if message.topic == "mail":
        found = letter(desk, message.order_id, message.seq, message.recipient)
        if found is not None:
            desk.mail.send(found.to, found.subject, found.body)
        return
    endpoints = list(WebhookEndpoint.objects.filter(disabled_at=None))
    if not endpoints and message.topic == "payment":
        raise WebhookFault("no endpoint takes payment instructions; register one")
    content, faults = _content(message), []
    for endpoint in endpoints:
        try:
            _call(endpoint, message, content, now)
        except WebhookFault as error:
            faults.append(f"{endpoint.url}: {error}")
    if faults:
        raise WebhookFault("; ".join(faults))


def _call(
    endpoint: WebhookEndpoint, message: OutboxMessage, content: dict[str, Any], now: datetime
) -> None:
    try:
        send(endpoint.url, endpoint.secret, f"msg_{message.id}", now, content)
    except WebhookFault:
        failures = endpoint.failures + 1
        disabled_at = now if failures >= MOST_ENDPOINT_FAILURES else None
        WebhookEndpoint.objects.filter(id=endpoint.id).update(
            failures=failures, disabled_at=disabled_at
        )
        raise
    if endpoint.failures:
        WebhookEndpoint.objects.filter(id=endpoint.id).update(failures=0)


def _content(message: OutboxMessage) -> dict[str, Any]:
    """Thin: what happened and where to read it; a payment instruction carries its transfers."""
    found = {"order_id": message.order_id, "dispute_id": message.case_id, "entry": message.seq}
    if message.topic != "payment":
        return {"type": "case.changed", "data": found}
    entry = next(one for one in queries.entries_of(message.order_id) if one.seq == message.seq)
    return {"type": "payment.instructed", "data": {**found, **entry.payload}}


def _try_later(message: OutboxMessage, error: str, now: datetime) -> None:
    tries = message.attempts + 1
    dead_at = now if tries >= MOST_TRIES else None
    if dead_at:
        log.error("message_dead", id=message.id, topic=message.topic, error=error)
    due.not_delivered(message, error, now + FIRST_PAUSE * 2**tries, dead_at=dead_at)
