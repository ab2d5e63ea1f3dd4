"""How far each side has read: moved on, never back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from fairhold.store.instants import from_database
from fairhold.store.models import ReadReceipt


def receipts(order_id: str) -> dict[str, tuple[int, datetime | None]]:
    """Up to which entry each role has read, and since when."""
    rows = ReadReceipt.objects.filter(order_id=order_id).values_list("role", "seq", "at")
    return {role: (seq, from_database(at)) for role, seq, at in rows}


def move(order_id: str, role: str, seq: int, now: datetime) -> None:
    """Somebody in this role has read up to an entry; an earlier one changes nothing."""
    try:
        with transaction.atomic():
            _, made = ReadReceipt.objects.get_or_create(
                order_id=order_id, role=role, defaults={"seq": seq, "at": now}
            )
    except IntegrityError:
        made = False
    if not made:
        behind = ReadReceipt.objects.filter(order_id=order_id, role=role, seq__lt=seq)
        behind.update(seq=seq, at=now)
