"""The door of the command line.

Each command is a module of its own and loaded when it is called.
"""

import os
import sys
from importlib import import_module

import click

from fairhold import __version__

# Command -> (module, function). Loaded on demand: `--help` needs no database.
COMMANDS = {
    "demo": ("serving", "demo"),
    "serve": ("serving", "serve"),
    "worker": ("serving", "worker"),
    "migrate": ("setup", "migrate"),
    "doctor": ("setup", "doctor"),
    "people": ("people", "people"),
    "keys": ("people", "keys"),
    "orders": ("orders", "orders"),
    "parcels": ("parcels", "parcels"),
    "case": ("case", "case"),
    "audit": ("case", "audit"),
    "log": ("log", "log_"),
    "retention": ("retention", "retention"),
    "mail": ("mail", "mail"),
    "adjudicate": ("rules", "adjudicate"),
    "rulebook": ("rules", "rulebook"),
    "languages": ("languages", "languages"),
    "bench": ("bench", "bench"),
    "pictures": ("pictures", "pictures"),
    "reference": ("reference", "reference"),
}


class Desk(click.Group):
    """Loads a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command there is."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module = import_module(f"fairhold.cli.commands.{place[0]}")
        command: click.Command = getattr(module, place[1])
        return command


@click.group(cls=Desk, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fairhold")
def desk() -> None:
    """The dispute desk of a marketplace.

    Example: fairhold demo
    """


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairhold.config.settings")
    desk.main(args=sys.argv[1:], prog_name="fairhold")
