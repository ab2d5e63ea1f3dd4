"""Personal words, kept apart from the journal that holds only their digests."""

from django.db import models


class SealedText(models.Model):
    """One text with its salt. Erasing the row leaves every hash intact."""

    id = models.CharField(primary_key=True, max_length=36)
    order_id = models.CharField(max_length=36, db_index=True)
    salt = models.CharField(max_length=32)
    body = models.TextField()

    class Meta:
        db_table = "sealed_text"
