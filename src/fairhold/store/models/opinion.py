"""Answers to the questionnaire on the page of a dispute. Read by the operator, beside the case."""

from django.db import models


class Opinion(models.Model):
    """What one person thought of how one dispute went. Units: answers from 1 (no) to 5 (yes)."""

    case_id = models.CharField(max_length=36)
    person_id = models.CharField(max_length=36)
    role = models.CharField(max_length=16)
    answers = models.JSONField()
    suggestion = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "opinion"
        constraints = [
            models.UniqueConstraint(fields=["case_id", "person_id"], name="opinion_once")
        ]
