"""A file per noun."""

from fairhold.accounts.models.api_key import ApiKey
from fairhold.accounts.models.party import Party
from fairhold.accounts.models.person import Person
from fairhold.accounts.models.webhook_endpoint import WebhookEndpoint

__all__ = ["ApiKey", "Party", "Person", "WebhookEndpoint"]
