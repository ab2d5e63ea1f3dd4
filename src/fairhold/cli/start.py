"""Starting Django for a command, with start-up faults told in one sentence."""

import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.config.environment import SettingError


def start() -> None:
    """Set Django up and refuse a database that could lose what it acknowledged."""
    try:
        django.setup()
        from fairhold.config.durability import refuse_weak_durability

        refuse_weak_durability()
    except (SettingError, RulebookError, ImproperlyConfigured) as error:
        click.echo(f"Cannot start: {error}", err=True)
        sys.exit(2)
