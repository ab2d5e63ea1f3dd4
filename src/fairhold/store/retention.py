"""What is kept of a case beside its journal, and its deletion after the time is over.

Raw scans are append-only by trigger: for their deletion the trigger is taken away and put back in
the same transaction, so that nobody else ever finds it missing.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from fairhold.store.models import DisputeCase, JournalEntry, Opinion, SealedText, TrackingScan
from fairhold.store.parcels import orders_of
from fairhold.store.triggers import SCANS, removals, statements

BATCH = 200


def closed_and_untold(before: datetime, limit: int = BATCH) -> list[tuple[str, str]]:
    """Closed disputes whose sides were not told a date: order and dispute, oldest first."""
    rows = DisputeCase.objects.filter(closed_at__lte=before, retention_told=False)
    return list(rows.order_by("closed_at").values_list("order_id", "id")[:limit])


def mark_told(case_id: str) -> None:
    """Both sides of this dispute know the date."""
    DisputeCase.objects.filter(id=case_id).update(retention_told=True)


def closed_orders(limit: int = BATCH) -> list[str]:
    """Orders whose last dispute is closed and whose sides were told a date, oldest first."""
    rows = DisputeCase.objects.filter(closed_at__isnull=False, retention_told=True, purged=False)
    found = rows.order_by("closed_at").values_list("order_id", flat=True)[:limit]
    return list(dict.fromkeys(found))


def mark_purged(order_id: str) -> None:
    """Nothing is left of the disputes of this order."""
    DisputeCase.objects.filter(order_id=order_id).update(purged=True)


def kept_texts(ids: Sequence[str]) -> list[str]:
    """Those of these texts that are there, in the given order."""
    there = set(SealedText.objects.filter(id__in=ids).values_list("id", flat=True))
    return [one for one in ids if one in there]


def kept_scans(digests: Sequence[str]) -> list[str]:
    """Those of these raw scans that are there, in the given order."""
    there = set(TrackingScan.objects.filter(digest__in=digests).values_list("digest", flat=True))
    return [one for one in digests if one in there]


def scans_reported(order_ids: Iterable[str]) -> dict[str, set[str]]:
    """The raw scans that each of these orders names and did not delete since."""
    entries = JournalEntry.objects.filter(
        order_id__in=set(order_ids), type__in=("ParcelReported", "MaterialPurged")
    )
    found: dict[str, set[str]] = {one: set() for one in order_ids}
    rows = entries.order_by("order_id", "seq").values_list("order_id", "type", "payload")
    for order_id, kind, text in rows:
        payload = json.loads(text)
        if kind == "MaterialPurged":
            found[order_id].difference_update(payload["files"])
        else:
            found[order_id].update(payload["scans"])
    return found


def scans_needed_elsewhere(digests: Sequence[str], order_id: str) -> set[str]:
    """Those raw scans that another order rests on: one that names them, or whose parcel they tell
    of while nothing of it was deleted.
    """
    rows = TrackingScan.objects.filter(digest__in=digests).values_list("digest", "number")
    numbers = dict(rows)
    orders = orders_of(numbers.values())
    others = {one for number in orders.values() for one in number} - {order_id}
    named = scans_reported(others)
    over = set(
        DisputeCase.objects.filter(order_id__in=others, purged=True).values_list(
            "order_id", flat=True
        )
    )
    return {
        digest
        for digest, number in numbers.items()
        for other in orders.get(number, set()) - {order_id}
        if digest in named[other] or other not in over
    }


def empty_opinions(case_ids: Sequence[str]) -> None:
    """Delete the words of the opinions on these disputes; their marks stay, for the figures."""
    Opinion.objects.filter(case_id__in=case_ids).update(suggestion="")


def delete_texts(ids: Sequence[str]) -> None:
    """Delete texts; their digests stay in the journal."""
    SealedText.objects.filter(id__in=ids).delete()


def delete_scans(digests: Sequence[str]) -> None:
    """Delete raw scans; their digests stay in the journal."""
    if not digests:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in removals(connection.vendor, SCANS):
            cursor.execute(statement)
        TrackingScan.objects.filter(digest__in=digests).delete()
        for statement in statements(connection.vendor, SCANS):
            cursor.execute(statement)
