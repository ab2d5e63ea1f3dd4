"""The Django app that wires the desk once at start."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Installs the desk when Django is ready."""

    name = "fairhold.config"
    label = "config"

    def ready(self) -> None:
        """Wire the adapters; a broken rulebook stops the start here, with its file and line."""
        from django.conf import settings

        from fairhold.config.wiring import wire
        from fairhold.flow.desk import install

        install(wire(settings.ENVIRONMENT))
