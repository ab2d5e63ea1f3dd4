"""The Django app of the tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Orders, cases, journal, ledger, clocks, outbox."""

    name = "fairhold.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
