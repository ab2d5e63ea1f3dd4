"""Starting Django for a command, with start-up faults told in one sentence."""

import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.config.environment import SettingError


def close_connections() -> None:
    """Close every connection of this process, a pool and its threads included."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def missing_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def start(*, migrated: bool = False) -> None:
    """Set Django up and refuse a database that could lose what it acknowledged.

    `migrated`: refuse one whose tables are not up to date, too.
    """
    try:
        django.setup()
        from fairhold.config.durability import refuse_weak_durability

        refuse_weak_durability()
        if migrated and missing_migrations():
            raise ImproperlyConfigured("the tables are not up to date; run `fairhold migrate`")
    except (SettingError, RulebookError, ImproperlyConfigured, OperationalError) as error:
        click.echo(f"Cannot start: {error}", err=True)
        sys.exit(2)
