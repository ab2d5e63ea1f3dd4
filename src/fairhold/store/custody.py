"""The chain of custody as it is kept: appended by whoever shows evidence, never changed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from fairhold.core.journal.chain import GENESIS
from fairhold.core.journal.custody import Custody, linked
from fairhold.store.instants import from_database
from fairhold.store.log import LostAppend
from fairhold.store.models import CustodyEvent

MOST_TRIES = 20
PAGE = 2_000


def append(event: Custody) -> Custody:
    """Append an event to the chain of its order; its number and links are given here.

    Raises: LostAppend where others were faster again and again.
    """
    for _ in range(MOST_TRIES):
        last = CustodyEvent.objects.filter(order_id=event.order_id).order_by("-seq").first()
        seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
        fields = {name: getattr(event, name) for name in Custody.__slots__}
        made = linked(Custody(**{**fields, "seq": seq, "prev_hash": prev, "hash": ""}))
        try:
            with transaction.atomic():
                CustodyEvent.objects.create(
                    **{name: getattr(made, name) for name in Custody.__slots__}
                )
        except IntegrityError:
            continue
        return made
    raise LostAppend(f"the chain of custody of order {event.order_id} is being written by others")


def events_of(order_id: str, up_to: int | None = None) -> list[Custody]:
    """The chain of custody of one order, oldest first, up to an event."""
    rows = CustodyEvent.objects.filter(order_id=order_id).order_by("seq")
    if up_to is not None:
        rows = rows.filter(seq__lte=up_to)
    return [_event(row) for row in rows.iterator(chunk_size=PAGE)]


def seen_since(event: Custody, since: datetime) -> bool:
    """Whether the same one was shown the same in the same way since then."""
    rows = CustodyEvent.objects.filter(
        order_id=event.order_id,
        case_id=event.case_id,
        exhibit=event.exhibit,
        sha256=event.sha256,
        act=event.act,
        way=event.way,
        actor_id=event.actor_id,
        at__gte=since,
    )
    return rows.exists()


def length(order_id: str) -> int:
    """How many events the chain has."""
    last = CustodyEvent.objects.filter(order_id=order_id).order_by("-seq").values_list("seq")
    return next((row[0] for row in last[:1]), 0)


def _event(row: CustodyEvent) -> Custody:
    at = from_database(row.at)
    if at is None:
        raise ValueError(f"expected a time in custody event {row.order_id}/{row.seq}, got none")
    fields = {name: getattr(row, name) for name in Custody.__slots__}
    return Custody(**{**fields, "at": at})
