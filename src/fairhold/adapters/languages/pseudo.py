"""Pseudo-languages: the English made longer and accented, so that tests see what is not marked.

Placeholders stay as they are. A page in such a language that still shows a plain word shows a word
that nobody can translate; one that clips has no room for the languages that need more of it.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from fairhold.adapters.languages import language

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçđéƒğĥîĵķļɱñóþǫŕšţûṽŵẋýžÁƁÇĐÉƑĞĤÎĴĶĻṀÑÓÞǪŔŠŢÛṼŴẊÝŽ"
SIGNS = str.maketrans(PLAIN, ACCENTED)
KEPT = re.compile(r"(\{[^}]*\}|%\([^)]*\)[sd]|%%|<[^>]*>|&[a-z]+;)")
# Translations of short English labels are up to 40 % longer.
LONGER = 0.4


def pseudo(template: Path, code: str) -> Catalog:
    """The catalog of a pseudo-language, made from the template of all sentences."""
    with template.open("rb") as file:
        source = read_po(file)
    made = Catalog(locale=language(code).locale)
    for one in source:
        if not one.id:
            continue
        if isinstance(one.id, (list, tuple)):
            forms = [one.id[0]] + [one.id[1]] * (made.num_plurals - 1)
            made.add(one.id, tuple(map(accented, forms)), context=one.context)
        else:
            made.add(one.id, accented(one.id), context=one.context)
    return made


def accented(text: str) -> str:
    """`Send` reads `[Šéñđ~]`: nothing of it can be taken for English."""
    told = "".join(
        part if KEPT.fullmatch(part) else part.translate(SIGNS) for part in KEPT.split(text)
    )
    return f"{told}{'~' * max(1, int(len(text) * LONGER))}"
