"""Setting up: tables, and a look at whether everything is in place."""

import json

import click
from django.core.management import call_command
from django.db import connection

from fairhold.cli.start import missing_migrations, start


@click.command()
def migrate() -> None:
    """Bring the tables up to date.

    Example: fairhold migrate
    """
    start()
    call_command("migrate", verbosity=0, interactive=False)
    click.echo("The tables are up to date.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(*, as_json: bool) -> None:
    """Look at database, durability, rulebook and data folder; exit 1 if anything is missing.

    Example: fairhold doctor --json
    """
    start()
    from django.conf import settings

    from fairhold.flow.desk import current

    missing = missing_migrations()
    process = current().shelf.process(current().shelf.in_force)
    rows = {
        "database": connection.vendor,
        "durability": "safe",
        "migrations missing": missing,
        "rulebook in force": f"{process.name} ({process.digest[:12]})",
        "data folder": str(settings.ENVIRONMENT.data),
        "test mode": settings.ENVIRONMENT.test_mode,
    }
    click.echo(json.dumps(rows) if as_json else "\n".join(f"{name}: {rows[name]}" for name in rows))
    raise SystemExit(1 if missing else 0)
