"""What somebody typed and has not sent: kept so that nothing is lost, and never part of a case."""

from django.db import models


class Draft(models.Model):
    """The fields of one form of one person, by the address of the form."""

    owner_id = models.CharField(max_length=36)
    place = models.CharField(max_length=200)
    content = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "draft"
        constraints = [models.UniqueConstraint(fields=["owner_id", "place"], name="draft_once")]
