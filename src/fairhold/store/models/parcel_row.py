"""Numbers that parcels of orders go by. The worker looks here for parcels with news."""

from django.db import models
from django.db.models import F, Q


class ParcelRow(models.Model):
    """One number of one parcel. `standing`: current, transfer or replaced.

    `changed` counts what happened to it, `reported` up to where the journal knows; `look_at` is
    when to look again though nothing came. `wanted`: providers are asked after it.
    """

    pk = models.CompositePrimaryKey("order_id", "direction", "parcel", "number")
    order_id = models.CharField(max_length=36)
    direction = models.CharField(max_length=10)
    parcel = models.SmallIntegerField()
    number = models.CharField(max_length=50)
    carrier = models.CharField(max_length=200)
    standing = models.CharField(max_length=10)
    changed = models.IntegerField(default=1, db_default=1)
    reported = models.IntegerField(default=0, db_default=0)
    look_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    wanted = models.BooleanField(default=True, db_default=True)
    failures = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "parcel_row"
        indexes = [
            # Scans that come in find their parcels by it, and numbers used on two orders show.
            models.Index(fields=["number"], name="parcel_of_number"),
            # Parcels with news: as many rows as have some.
            models.Index(
                fields=["order_id"],
                name="parcel_with_news",
                condition=Q(changed__gt=F("reported")),
            ),
            # Parcels to ask a provider after, the longest waiting first.
            models.Index(
                fields=["asked_at", "number"],
                name="parcel_to_ask",
                condition=Q(wanted=True, standing="current"),
            ),
            # Parcels to look at because time passed.
            models.Index(
                fields=["look_at"], name="parcel_to_look_at", condition=Q(look_at__isnull=False)
            ),
        ]
