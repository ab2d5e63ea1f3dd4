"""Scans as they were received and as they were read. Append-only: raw scans are evidence."""

from django.db import models
from django.db.models import Q


class TrackingScan(models.Model):
    """One record of a carrier. `digest` is the SHA-256 of the raw record with number and source."""

    digest = models.CharField(primary_key=True, max_length=64)
    number = models.CharField(max_length=50)
    carrier = models.CharField(max_length=200, null=True)
    source = models.CharField(max_length=24)
    received_at = models.DateTimeField()
    raw = models.TextField()
    mark = models.CharField(max_length=16, null=True)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    offset_minutes = models.SmallIntegerField()
    zone_assumed = models.BooleanField()
    country = models.CharField(max_length=200, null=True)
    province = models.CharField(max_length=200, null=True)
    city = models.CharField(max_length=200, null=True)
    zip = models.CharField(max_length=40, null=True)
    signatory = models.CharField(max_length=200, null=True)
    weight_grams = models.IntegerField(null=True)
    reason = models.CharField(max_length=32, null=True)
    cause = models.CharField(max_length=16, null=True)
    ref = models.CharField(max_length=250, null=True)
    revised_at = models.DateTimeField(null=True)
    text = models.TextField()

    class Meta:
        db_table = "tracking_scan"
        indexes = [
            # The scans of one number, for its story.
            models.Index(fields=["number"], name="scan_of_number"),
            # What could not be read, for the report of texts without meaning.
            models.Index(fields=["source"], name="scan_unmapped", condition=Q(kind="unmapped")),
        ]
