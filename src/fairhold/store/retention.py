"""What is kept of a case beside its journal, and its deletion after the time is over.

Raw scans are append-only by trigger: for their deletion the trigger is taken away and put back in
the same transaction, so that nobody else ever finds it missing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from fairhold.store.models import DisputeCase, SealedText, TrackingScan
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
