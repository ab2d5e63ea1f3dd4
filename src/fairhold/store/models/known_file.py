"""What is known of a file by its digest, and where the same or a similar picture stands."""

from django.db import models


class KnownFile(models.Model):
    """What an examination found. Bytes are never changed; what is made from them is linked here.

    `scan` is clean, infected or not_scanned; `picture` the difference hash of an image that has
    something to tell apart, as 16 hex digits; `thumbnail` is the digest of a derivative.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    examined_at = models.DateTimeField()
    scan = models.CharField(max_length=12)
    scan_note = models.CharField(max_length=200, default="", db_default="")
    picture = models.CharField(max_length=16, null=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    metadata = models.TextField(default="{}", db_default="{}")
    thumbnail = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "known_file"


class PictureBand(models.Model):
    """One of eight parts of a picture's hash: pictures that differ little share at least one."""

    pk = models.CompositePrimaryKey("band", "value", "sha256")
    band = models.SmallIntegerField()
    value = models.SmallIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "picture_band"


class FilePlace(models.Model):
    """Where a file was submitted: order, dispute, exhibit, side."""

    pk = models.CompositePrimaryKey("order_id", "case_id", "exhibit")
    order_id = models.CharField(max_length=36)
    case_id = models.CharField(max_length=36)
    exhibit = models.CharField(max_length=12)
    side = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        db_table = "file_place"
