"""What has to leave the house after the commit: mail, webhooks, payment instructions."""

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One thing to deliver, at least once, with bounded retries and a visible end."""

    topic = models.CharField(max_length=12)
    order_id = models.CharField(max_length=36)
    case_id = models.CharField(max_length=36, null=True)
    seq = models.IntegerField()
    recipient = models.CharField(max_length=16)
    next_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0, db_default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="", db_default="")
    # The message of a step also says that the head of its order has to go into the log.
    logged = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "outbox_message"
        indexes = [
            # Heads that are not in the log yet.
            models.Index(
                fields=["id"],
                name="outbox_to_log",
                condition=Q(topic="webhook", logged=False),
            ),
            # What is waiting to be delivered.
            models.Index(
                fields=["next_at", "id"],
                name="outbox_waiting",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            ),
        ]
