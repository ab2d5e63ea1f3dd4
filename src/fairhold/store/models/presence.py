"""Who of the desk looks at a case or writes in it, by the last sign of life."""

from django.db import models


class Presence(models.Model):
    """One person in one case."""

    case_id = models.CharField(max_length=36)
    person_id = models.CharField(max_length=36)
    name = models.CharField(max_length=200)
    seen_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "presence"
        constraints = [
            # Read by case: who else is in it.
            models.UniqueConstraint(fields=["case_id", "person_id"], name="presence_once")
        ]
