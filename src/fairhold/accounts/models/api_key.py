"""Bearer keys of the API: stored as a hash, shown once."""

from django.db import models


class ApiKey(models.Model):
    """A key of a person, with scopes never wider than the person's role."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE)
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    last4 = models.CharField(max_length=4)
    scopes = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_key"

    def __str__(self) -> str:
        return f"{self.label} (…{self.last4})"
