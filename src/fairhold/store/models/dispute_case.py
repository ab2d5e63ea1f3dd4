"""One row per dispute: its snapshot, and the columns that lists and queues ask for."""

from django.db import models
from django.db.models import Q


class DisputeCase(models.Model):
    """The dispute as it stands."""

    id = models.CharField(primary_key=True, max_length=36)
    number = models.CharField(max_length=16, unique=True)
    order_id = models.CharField(max_length=36)
    order_ref = models.CharField(max_length=100)
    buyer_id = models.CharField(max_length=36)
    seller_id = models.CharField(max_length=36)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=24)
    waiting_on = models.CharField(max_length=12)
    answered = models.BooleanField()
    due_at = models.DateTimeField(null=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    assigned_to = models.CharField(max_length=36, null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    snapshot = models.TextField()
    # Whether both sides were told from when on the material may be deleted.
    retention_told = models.BooleanField(default=False, db_default=False)
    purged = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "dispute_case"
        indexes = [
            # The disputes of one buyer or seller, newest first.
            models.Index(fields=["buyer_id", "id"], name="case_of_buyer"),
            models.Index(fields=["seller_id", "id"], name="case_of_seller"),
            # The queue of the specialists: open cases by the end of their next clock.
            models.Index(
                fields=["due_at", "id"], name="case_open_by_due", condition=Q(closed_at=None)
            ),
            # Closed disputes whose sides were not told a date.
            models.Index(
                fields=["closed_at"],
                name="case_untold",
                condition=Q(closed_at__isnull=False, retention_told=False),
            ),
            # A past dispute of an order.
            models.Index(fields=["order_id"], name="case_of_order"),
        ]
