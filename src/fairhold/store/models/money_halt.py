"""Whether payment instructions are held back because an audit found what does not hold."""

from django.db import models


class MoneyHalt(models.Model):
    """One row while money stands still: since when, why, and how it began."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        db_table = "money_halt"
