"""Files that were uploaded and not yet submitted: who may submit them, and as what."""

from django.db import models


class StagedUpload(models.Model):
    """A stored file waiting to become an exhibit; only its uploader can submit it."""

    id = models.CharField(primary_key=True, max_length=36)
    owner_id = models.CharField(max_length=36, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "staged_upload"
