"""What is due: clocks to carry out, outages to give back, messages to deliver. Bounded picks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from fairhold.store.instants import from_database, to_database
from fairhold.store.models import Beat, ClockRow, Outage, OutboxMessage

# PostgreSQL decides what is due by its own clock; SQLite has none apart from the machine's.
PICK_CLOCKS = {
    "postgresql": """
SELECT c.order_id, c.seq, clock_timestamp() FROM clock_row c JOIN order_file o ON o.id = c.order_id
WHERE c.status = 'open' AND c.paused_at IS NULL AND c.wake_at < least(clock_timestamp(), %s)
ORDER BY c.wake_at LIMIT %s FOR UPDATE OF o SKIP LOCKED
""",
    "sqlite": """
SELECT order_id, seq, NULL FROM clock_row
WHERE status = 'open' AND paused_at IS NULL AND wake_at < %s
ORDER BY wake_at LIMIT %s
""",
}
TOUCHED = """
SELECT DISTINCT order_id FROM clock_row
WHERE status = 'open' AND must_act IN ('buyer', 'seller')
AND starts_at < %s AND due_at > %s AND order_id > %s ORDER BY order_id LIMIT %s
"""
# A clock whose lapse fails by a defect of ours waits this long before it is tried again.
FIRST_PAUSE = timedelta(minutes=1)
MOST_FAILURES = 12


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock that has run out, by the database's own time where it has one."""

    order_id: str
    seq: int
    database_time: datetime | None = None


def pick_clocks(now: datetime, limit: int) -> list[DueClock]:
    """Up to `limit` due clocks, the longest due first, each order locked for this transaction.

    Orders that another worker is busy with are passed over. Call inside a transaction.
    """
    with connection.cursor() as cursor:
        moment = to_database(now, connection.vendor)
        cursor.execute(PICK_CLOCKS[connection.vendor], [moment, limit])
        return [DueClock(*row) for row in cursor.fetchall()]


def set_aside(clock: DueClock, now: datetime) -> None:
    """Let a clock that could not be carried out wait, longer each time, so that others go on."""
    row = ClockRow.objects.get(order_id=clock.order_id, seq=clock.seq)
    failures = min(row.failures + 1, MOST_FAILURES)
    wake_at = now + FIRST_PAUSE * 2**failures
    if row.wake_at < row.due_at:  # a reminder that fails must not put off the end
        wake_at = min(wake_at, row.due_at)
    ClockRow.objects.filter(order_id=clock.order_id, seq=clock.seq, status="open").update(
        failures=failures, wake_at=wake_at
    )


def touched_by(outage: Outage, after: str, limit: int) -> list[str]:
    """Orders with a clock of a party that ran during `outage`, in the order of their ids."""
    vendor = connection.vendor
    times = [to_database(outage.ended_at, vendor), to_database(outage.started_at, vendor)]
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [*times, after, limit])
        return [row[0] for row in cursor.fetchall()]


def beat(now: datetime, outage_seconds: int) -> Outage | None:
    """Record that the desk can be reached; a gap since the last beat becomes an outage."""
    with transaction.atomic():
        last = Beat.objects.select_for_update().filter(role="web").first()
        Beat.objects.update_or_create(role="web", defaults={"at": now})
        if last is None or now - last.at <= timedelta(seconds=outage_seconds):
            return None
        return Outage.objects.create(started_at=last.at, ended_at=now)


def last_beat() -> datetime | None:
    """When the desk could last be reached; None when nobody ever looked."""
    return from_database(Beat.objects.filter(role="web").values_list("at", flat=True).first())


def open_outages() -> list[Outage]:
    """Outages not yet given back, oldest first."""
    return list(Outage.objects.filter(given_back_at=None).order_by("id")[:50])


def close_outage(outage: Outage, now: datetime) -> None:
    """Everything this outage took has been given back."""
    Outage.objects.filter(id=outage.id).update(given_back_at=now)


def lease_messages(
    now: datetime, limit: int, lease: timedelta, *, without_payments: bool
) -> list[OutboxMessage]:
    """Up to `limit` waiting messages, put out of other workers' reach for the time of `lease`.

    `without_payments`: instructions to move money wait.
    """
    waiting: Any = OutboxMessage.objects.filter(
        done_at=None, dead_at=None, next_at__lte=now
    ).order_by("next_at", "id")
    if without_payments:
        waiting = waiting.exclude(topic="payment")
    with transaction.atomic():
        picked = list(waiting.select_for_update(skip_locked=True)[:limit])
        ids = [message.id for message in picked]
        OutboxMessage.objects.filter(id__in=ids).update(next_at=now + lease)
    return picked


def delivered(message: OutboxMessage, now: datetime) -> None:
    """The message has left."""
    OutboxMessage.objects.filter(id=message.id).update(done_at=now)


def not_delivered(
    message: OutboxMessage, error: str, next_at: datetime, *, dead_at: datetime | None
) -> None:
    """The message stays: to be tried again at `next_at`, or visibly dead."""
    OutboxMessage.objects.filter(id=message.id).update(
        attempts=message.attempts + 1, last_error=error[:300], next_at=next_at, dead_at=dead_at
    )


def deliver_nothing_before(now: datetime) -> None:
    """Sample histories tell of letters that were never written: mark them as gone."""
    OutboxMessage.objects.filter(done_at=None, next_at__lt=now).update(done_at=now)
