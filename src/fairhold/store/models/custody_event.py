"""Who did what with the evidence of an order: seen, fetched, exported. A chain of its own."""

from django.db import models


class CustodyEvent(models.Model):
    """One event of custody, linked to the one before. Append-only by trigger on both engines.

    `exhibit` is E3, A1 or O2; `case` where the whole file is meant. `sha256` is that of the bytes.
    """

    pk = models.CompositePrimaryKey("order_id", "seq")
    order_id = models.CharField(max_length=36)
    seq = models.IntegerField()
    case_id = models.CharField(max_length=36, null=True)
    exhibit = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    act = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=36)
    actor_role = models.CharField(max_length=16)
    at = models.DateTimeField()
    way = models.CharField(max_length=40)
    salt = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "custody_event"
