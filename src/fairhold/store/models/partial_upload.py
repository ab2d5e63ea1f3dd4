"""Uploads that are not finished: whose they are, how long they will be, until when they wait."""

from django.db import models


class PartialUpload(models.Model):
    """One file on its way. Units: `length` in bytes."""

    id = models.CharField(primary_key=True, max_length=36)
    owner_id = models.CharField(max_length=36, db_index=True)
    name = models.CharField(max_length=200)
    length = models.BigIntegerField()
    expires_at = models.DateTimeField(db_index=True)
    # The handle of the staged file, once it is whole and was taken.
    staged = models.CharField(max_length=36, blank=True)

    class Meta:
        db_table = "partial_upload"
