"""The journal: append-only by trigger on both engines (see the first migration)."""

from django.db import models
from django.db.models import Q


class JournalEntry(models.Model):
    """One entry. Its primary key is also the guard against two writers of one order."""

    pk = models.CompositePrimaryKey("order_id", "seq")
    order_id = models.CharField(max_length=36)
    seq = models.IntegerField()
    case_id = models.CharField(max_length=36, null=True)
    type = models.CharField(max_length=40)
    actor_id = models.CharField(max_length=36)
    actor_role = models.CharField(max_length=16)
    at = models.DateTimeField()
    payload = models.TextField()
    request = models.CharField(max_length=300, null=True)
    request_digest = models.CharField(max_length=64, null=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        indexes = [
            # What became of reminders: few among all entries.
            models.Index(fields=["at"], name="journal_reminders", condition=Q(type="NudgeIssued")),
        ]
        constraints = [
            # An idempotency key is used once; it lives as long as the journal.
            models.UniqueConstraint(
                fields=["request"], name="journal_request_once", condition=Q(request__isnull=False)
            ),
        ]
