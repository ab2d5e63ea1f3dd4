"""`fairhold reference`: the reference pages, made anew."""

from pathlib import Path

import click

from fairhold.cli.start import start


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def reference(folder: Path) -> None:
    """Write the reference pages into FOLDER.

    Example: fairhold reference docs/reference
    """
    start()
    from fairhold.cli.reference.pages import PAGES

    folder.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (folder / name).write_text(made(), encoding="utf-8")
    click.echo(f"{len(PAGES)} pages written to {folder}.")
