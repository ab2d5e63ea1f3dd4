"""Clocks, open and ended. The worker looks here for what is due."""

from django.db import models
from django.db.models import Q


class ClockRow(models.Model):
    """One clock. `wake_at` is `due_at` less what a sandbox let pass: real time for the worker."""

    pk = models.CompositePrimaryKey("order_id", "seq")
    order_id = models.CharField(max_length=36)
    seq = models.IntegerField()
    case_id = models.CharField(max_length=36, null=True)
    kind = models.CharField(max_length=24)
    must_act = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    wake_at = models.DateTimeField()
    default_action = models.CharField(max_length=24)
    clause = models.CharField(max_length=16)
    notice_seq = models.IntegerField(null=True)
    paused_at = models.DateTimeField(null=True)
    extended_seconds = models.IntegerField()
    status = models.CharField(max_length=12)
    ended_seq = models.IntegerField(null=True)
    failures = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "clock_row"
        indexes = [
            # The due clocks: as many rows as are due, however many are open.
            models.Index(
                fields=["wake_at"],
                name="clock_due",
                condition=Q(status="open", paused_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="clock_ends_exactly_once",
                condition=Q(status="open", ended_seq=None)
                | Q(
                    status__in=["fired", "satisfied", "cancelled", "superseded"],
                    ended_seq__isnull=False,
                ),
            ),
        ]
