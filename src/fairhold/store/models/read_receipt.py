"""How far each side has read in the messages of an order."""

from django.db import models


class ReadReceipt(models.Model):
    """Up to which entry somebody in this role has read, and when that was first so."""

    pk = models.CompositePrimaryKey("order_id", "role")
    order_id = models.CharField(max_length=36)
    role = models.CharField(max_length=16)
    seq = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "read_receipt"
