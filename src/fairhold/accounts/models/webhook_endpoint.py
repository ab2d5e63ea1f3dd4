"""Where the marketplace wants to be told."""

from django.db import models


class WebhookEndpoint(models.Model):
    """An address of the marketplace's own. Units: `failures` counts deliveries in a row."""

    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=120)
    failures = models.PositiveIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "webhook_endpoint"

    def __str__(self) -> str:
        return self.url
