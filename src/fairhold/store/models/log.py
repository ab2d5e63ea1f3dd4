"""The log of chain heads: its leaves, the hashes of its complete subtrees, its checkpoints."""

from django.db import models


class LogLeaf(models.Model):
    """The head of one order's journal at one entry. Append-only by trigger; numbered from 0."""

    index = models.BigIntegerField(primary_key=True)
    order_id = models.CharField(max_length=36)
    seq = models.IntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        db_table = "log_leaf"
        constraints = [
            # Where the head of an order stands in the log.
            models.UniqueConstraint(fields=["order_id", "seq"], name="log_leaf_once"),
        ]


class LogNode(models.Model):
    """The hash of a complete subtree: level 0 are the leaves. Append-only by trigger."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "log_node"


class LogCheckpoint(models.Model):
    """The signed state of the log at one size, with what others put their names to.

    `stamp` is the raw reply of a time-stamping authority, `cosignatures` the lines of witnesses.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    made_at = models.DateTimeField()
    cosignatures = models.TextField(default="", db_default="")
    stamp = models.BinaryField(null=True)
    stamp_error = models.CharField(max_length=300, default="", db_default="")

    class Meta:
        db_table = "log_checkpoint"
