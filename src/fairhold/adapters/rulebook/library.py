"""Finds book versions by name: `aliexpress@latest`, or with its version."""

from pathlib import Path

from fairhold.adapters.rulebook.merits import load_book
from fairhold.adapters.rulebook.reader import RulebookError, load_process
from fairhold.core.rules.book import Book
from fairhold.core.rules.process import Process

LATEST = "latest"
DEFAULT = "aliexpress@latest"


def folder_of(shelf: Path, name: str) -> Path:
    """The folder of a book version below `shelf`.

    Raises: RulebookError naming what there is.
    """
    book, _, version = name.replace("/", "@").partition("@")
    known = sorted(path.name for path in shelf.iterdir() if path.is_dir())
    if book not in known:
        raise RulebookError(f"expected a book out of {', '.join(known)}; got {name!r}")
    versions = sorted(path.parent.name for path in (shelf / book).glob("*/process.yaml"))
    if not versions:
        raise RulebookError(f"the book {book!r} has no version")
    chosen = versions[-1] if version in ("", LATEST) else version
    if chosen not in versions:
        raise RulebookError(f"expected a version out of {', '.join(versions)}; got {name!r}")
    return shelf / book / chosen


def open_book(shelf: Path, name: str = DEFAULT) -> tuple[Book, Process]:
    """Merits and procedure of one book version.

    Raises: RulebookError.
    """
    folder = folder_of(shelf, name).resolve()
    return load_book(folder), load_process(folder)
