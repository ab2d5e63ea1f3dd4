"""Starting Django for a command, with start-up faults told in one sentence."""

import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.config.environment import SettingError


def close_connections() -> None:
    """Close every connection of this process, a pool and its threads included."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def start() -> None:
    """Set Django up and refuse a database that could lose what it acknowledged."""
    try:
        django.setup()
        from fairhold.config.durability import refuse_weak_durability

        refuse_weak_durability()
    except (SettingError, RulebookError, ImproperlyConfigured) as error:
        click.echo(f"Cannot start: {error}", err=True)
        sys.exit(2)
