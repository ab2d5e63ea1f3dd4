"""Transfers between the accounts of an order: append-only by trigger on both engines."""

from django.db import models
from django.db.models import F, Q


class LedgerTransfer(models.Model):
    """One transfer; journal entry `seq`, leg by leg."""

    pk = models.CompositePrimaryKey("order_id", "seq", "leg")
    order_id = models.CharField(max_length=36)
    seq = models.IntegerField()
    leg = models.SmallIntegerField()
    case_id = models.CharField(max_length=36, null=True)
    source = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    authority_kind = models.CharField(max_length=12, null=True)
    authority_ref = models.CharField(max_length=120, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_transfer"
        constraints = [
            models.CheckConstraint(
                name="transfer_moves_something",
                condition=Q(amount_minor__gt=0) & ~Q(source=F("target")),
            ),
            # One settlement per authority, and one per case.
            models.UniqueConstraint(
                fields=["authority_ref", "leg"],
                name="transfer_one_settlement_per_authority",
                condition=Q(authority_ref__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case_id", "leg"],
                name="transfer_one_settlement_per_case",
                condition=Q(authority_ref__isnull=False, case_id__isnull=False),
            ),
        ]
