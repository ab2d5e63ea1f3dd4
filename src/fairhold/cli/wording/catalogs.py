"""Catalogs brought up to what is said now; what was translated stays translated."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from babel.messages.catalog import Catalog, Message

import fairhold
from fairhold.adapters.languages import LANGUAGES, SOURCE, TRANSLATED
from fairhold.adapters.languages.catalogs import faults, read, write
from fairhold.cli.wording import in_books, in_pages, in_python
from fairhold.core.cases.refusal import Code
from fairhold.flow.desk import current

CODE = Path(fairhold.__file__).parent
TEMPLATE = "messages.pot"
Said = Callable[[], Iterator[Message]]


def of_the_desk() -> Iterator[Message]:
    """Every sentence of the code and of the pages."""
    for path in sorted(CODE.rglob("*.py")):
        yield from in_python.messages(path)
    for path in sorted((CODE / "web" / "templates").rglob("*.html")):
        yield from in_pages.messages(path)
    for code in Code:
        yield Message(code.title)


def places(languages: Path) -> dict[Path, Said]:
    """Where catalogs lie, and what each has to say: the desk's, and one folder a rulebook."""
    shelf = current().shelf
    found: dict[Path, Said] = {languages: of_the_desk}
    for name in shelf.names():
        found[shelf.folder(name) / "languages"] = partial(in_books.messages, name)
    return found


def update(folder: Path, said: Iterable[Message]) -> int:
    """Write the template and every catalog of `folder` anew; returns how many sentences there are.

    What is new stands in them untranslated; what nobody says any more is gone.
    """
    wanted = _catalog(SOURCE, said)
    folder.mkdir(exist_ok=True)
    write(folder / TEMPLATE, wanted)
    for one in TRANSLATED:
        path = folder / f"{one.code}.po"
        catalog = _catalog(one.code, wanted)
        if path.is_file():
            _take_over(catalog, read(path, one.code))
        write(path, catalog)
    return len(wanted)


def check(folder: Path, said: Iterable[Message]) -> list[str]:
    """What is missing or wrong in the catalogs of `folder`, one line each."""
    wanted = list(_catalog(SOURCE, said))
    told = []
    for one in TRANSLATED:
        path = folder / f"{one.code}.po"
        if not path.is_file():
            told.append(f"{path}: expected a catalog; run `fairhold languages update`")
            continue
        told += [f"{path}: {fault}" for fault in faults(read(path, one.code), wanted)]
    return told


def _catalog(code: str, said: Iterable[Message]) -> Catalog:
    catalog = Catalog(
        locale=LANGUAGES[code].locale,
        project="Fairhold",
        version="1",
        fuzzy=False,
        header_comment=f"# Fairhold in {LANGUAGES[code].name}.",
    )
    for one in said:
        if one.id:
            catalog.add(one.id, context=one.context)
    return catalog


def _take_over(catalog: Catalog, older: Catalog) -> None:
    for one in older:
        mine = catalog.get(one.id, one.context) if one.id else None
        if mine is not None and one.string:
            mine.string = one.string
