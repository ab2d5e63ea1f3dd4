"""When the desk could be reached: a beat, and the gaps in it."""

from django.db import models


class Beat(models.Model):
    """The last sign of life of the web side."""

    role = models.CharField(primary_key=True, max_length=12)
    at = models.DateTimeField()

    class Meta:
        db_table = "beat"


class Outage(models.Model):
    """A gap in the beat. Clocks of the parties get it back; then `given_back_at` is set."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outage"
