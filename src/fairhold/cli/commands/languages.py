"""`fairhold languages`: the catalogs of translations, brought up to date and checked."""

import sys
from pathlib import Path

import click

from fairhold.cli.start import start


@click.group()
def languages() -> None:
    """Translations of pages, letters and rulebooks.

    Example: fairhold languages check
    """


@languages.command()
def update() -> None:
    """Bring every catalog up to what the code and the rulebooks say now.

    Example: fairhold languages update
    """
    start()
    from fairhold.cli.wording.catalogs import places
    from fairhold.cli.wording.catalogs import update as brought_up

    for folder, said in places(_folder()).items():
        click.echo(f"{brought_up(folder, said())} sentences in {folder}")


@languages.command()
def check() -> None:
    """Say what is not translated or does not fit; exit 1 where anything is found.

    Example: fairhold languages check
    """
    start()
    from fairhold.cli.wording.catalogs import check as looked_at
    from fairhold.cli.wording.catalogs import places

    told = [
        line for folder, said in places(_folder()).items() for line in looked_at(folder, said())
    ]
    for line in told:
        click.echo(line)
    click.echo(f"{len(told)} faults." if told else "Every sentence is translated.")
    sys.exit(1 if told else 0)


def _folder() -> Path:
    from django.conf import settings

    folder: Path = settings.ENVIRONMENT.languages
    return folder
