"""Catalogs of translations: read, checked against what the code says, made ready for Django.

The source is the `.po` file, which every translator's program opens. What Django loads is made
from it at start, into the data folder, whenever the source has changed.
"""

import hashlib
import os
import string
import tempfile
from collections.abc import Callable, Iterable
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from fairhold.adapters.languages import PSEUDO, TRANSLATED, folder_name, language
from fairhold.adapters.languages.pseudo import pseudo

DOMAIN = "django.mo"
# Lines of a catalog's head that say when and by whom: they would change with every writing.
OF_NO_USE = (
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Last-Translator:',
    b'"Report-Msgid-Bugs-To:',
    b'"Language-Team:',
    b'"Generated-By:',
)
# A catalog of the desk has some two thousand entries; far more is a mistake.
LARGEST_FILE_BYTES = 8 * 1024 * 1024


class CatalogError(Exception):
    """A catalog cannot be used; the message names the file and what was expected."""


def read(path: Path, code: str) -> Catalog:
    """The catalog in `path`, with the plural rules of its language.

    Raises: CatalogError.
    """
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise CatalogError(f"{path}: expected at most {LARGEST_FILE_BYTES} bytes")
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language(code).locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogError(f"{path}: expected a gettext catalog; {error}") from error


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalog, in the order of what it translates, without dates that change nothing."""
    file = BytesIO()
    write_po(file, catalog, width=100, sort_output=True, no_location=True)
    lines = file.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(one for one in lines if not one.startswith(OF_NO_USE)))


def compiled(source: Path, target: Path, *, with_pseudo: bool) -> Path:
    """Make ready what Django loads: one folder a language under `target`, made anew where stale."""
    codes = [one.code for one in TRANSLATED if (source / f"{one.code}.po").is_file()]
    for code in codes:
        path = source / f"{code}.po"
        _compile(target, code, path.read_bytes(), partial(read, path, code))
    template = source / "messages.pot"
    if with_pseudo and template.is_file():
        for one in PSEUDO:
            made = partial(pseudo, template, one.code)
            _compile(target, one.code, template.read_bytes(), made)
    return target


def _compile(target: Path, code: str, source: bytes, made: Callable[[], Catalog]) -> None:
    folder = target / folder_name(code) / "LC_MESSAGES"
    stamp = folder / "source.sha256"
    digest = hashlib.sha256(source).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest and (folder / DOMAIN).is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    catalog = made()
    # Several processes may start at once: each writes its own file and puts it in place whole.
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        write_mo(file, catalog)
    os.replace(file.name, folder / DOMAIN)
    stamp.write_text(digest)


@cache
def spoken(path: Path, code: str) -> dict[str, str]:
    """The translations of a catalog without plurals, by what they translate; empty without one."""
    if not path.is_file():
        return {}
    return {str(one.id): str(one.string) for one in read(path, code) if one.id and one.string}


def faults(catalog: Catalog, wanted: Iterable[Message]) -> list[str]:
    """What is wrong with a catalog, in words: missing, uncertain, left over, other placeholders."""
    needed = {(_key(one.id), one.context): one for one in wanted if one.id}
    found = {(_key(one.id), one.context): one for one in catalog if one.id}
    told = [f"missing: {key[0]!r}" for key in needed if key not in found]
    told += [f"left over: {key[0]!r}" for key in found if key not in needed]
    for key in needed.keys() & found.keys():
        told += _unlike(found[key], catalog.num_plurals)
    return sorted(told)


def _unlike(message: Message, plurals: int) -> list[str]:
    several = isinstance(message.id, (list, tuple))
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    said = [str(one or "") for one in strings]
    name = repr(_key(message.id))
    if message.fuzzy:
        return [f"not certain: {name}"]
    if not all(said) or (several and len(said) != plurals):
        return [f"not translated: {name}"]
    allowed = placeholders(str(message.id[-1] if several else message.id))
    # “One day” need not say the number.
    least = allowed - {"count", "days", "plans"} if several else allowed
    return [
        f"placeholders of {name}: expected {sorted(allowed)}, got {sorted(placeholders(one))}"
        for one in said
        if not least <= placeholders(one) <= allowed
    ]


def placeholders(text: str) -> set[str]:
    """The names in a sentence that are filled in later: `{sum}` and `%(sum)s`."""
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        named = set()
    rest = text
    while "%(" in rest:
        inside, _, rest = rest.partition("%(")[2].partition(")")
        named.add(inside)
    return named


def _key(ids: object) -> str:
    return str(ids[0]) if isinstance(ids, (list, tuple)) else str(ids)
