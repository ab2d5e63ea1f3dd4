"""E-mails that reached the desk: kept raw, with what was found when they were received."""

from django.db import models


class InboundMail(models.Model):
    """One e-mail. `outcome` is filed, waiting or refused; `answers` the DNS records as seen."""

    id = models.CharField(primary_key=True, max_length=36)
    raw = models.CharField(max_length=64)
    message_id = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    recipient = models.CharField(max_length=254)
    sender = models.CharField(max_length=254)
    case_id = models.CharField(max_length=36, null=True)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=300)
    signature = models.CharField(max_length=10)
    chain = models.CharField(max_length=10)
    answers = models.TextField()

    class Meta:
        db_table = "inbound_mail"
        indexes = [
            # Whether this very e-mail came before, and what came for a case.
            models.Index(fields=["message_id"], name="inbound_mail_seen"),
            models.Index(fields=["case_id", "received_at"], name="inbound_mail_of_case"),
        ]
