"""Case files on the command line: exported where the desk is, verified anywhere."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from fairhold.adapters.casefile.checks import verify as checks_of
from fairhold.adapters.casefile.container import Broken
from fairhold.cli.start import start

SIDES = ("buyer", "seller", "specialist")


@click.command()
@click.argument("number")
@click.option("--for", "side", type=click.Choice(SIDES), default="specialist", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write; default: its name."
)
@click.option("--moment", "moment_text", help="An earlier moment, as a case file names it.")
@click.option("--forum", "forum_name", default="platform_mediation", show_default=True)
@click.option("--law", help="For courts and tribunals: china, us, eu, england.")
def export(
    number: str,
    *,
    side: str,
    out: Path | None,
    moment_text: str | None,
    forum_name: str,
    law: str | None,
) -> None:
    """Write the file of dispute NUMBER as a BagIt bag in a ZIP archive.

    Example: fairhold case export D-7K3M-9QXW --for buyer --forum court --law england
    """
    start(migrated=True)
    from fairhold.cli.exporting import Refused, exported

    try:
        made = exported(number, side, moment_text, (forum_name, law))
    except Refused as error:
        click.echo(str(error), err=True)
        sys.exit(error.code)
    path = out or Path(made.name)
    with path.open("wb") as file:
        for chunk in made.chunks():
            file.write(chunk)
    for warning in made.warnings:
        click.echo(f"Paper: {warning}", err=True)
    click.echo(f"{path}: dispute {number} as of moment {made.moment}, for the {side}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", "keys", multiple=True, help="A key of the desk that you trust.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(file: Path, *, keys: tuple[str, ...], as_json: bool) -> None:
    """Verify a case FILE, without a database, settings or a network; exit 1 if anything fails.

    Example: fairhold case verify D-7K3M-9QXW-buyer.zip
    """
    held: list[Any] = []
    broken = None
    try:
        for one in checks_of(file, keys):
            held.append({"check": one.name, "found": one.found})
            if not as_json:
                click.echo(f"holds: {one.name}: {one.found}")
    except Broken as error:
        broken = str(error)
    if as_json:
        click.echo(json.dumps({"holds": broken is None, "checks": held, "broken": broken}))
    elif broken is not None:
        click.echo(f"DOES NOT HOLD: {broken}")
    else:
        click.echo("Everything holds. It is unchanged since the times it names; that what was")
        click.echo("submitted is true, no file can show.")
        if not keys:
            click.echo("Compare the key of the seal with the one that the desk publishes, or give")
            click.echo("it with --key: anybody can make a whole file under a key of their own.")
    sys.exit(0 if broken is None else 1)
