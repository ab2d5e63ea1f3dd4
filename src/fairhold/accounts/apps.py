"""The Django app of people and keys."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, parties, API keys."""

    name = "fairhold.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
