"""Reads a register of carriers: that of a book version, and what an operator adds by file.

Raises: RulebookError with file and line for whatever does not fit.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fairhold.adapters.rulebook import shapes
from fairhold.adapters.rulebook.fitting import citing, fitted
from fairhold.adapters.rulebook.yaml import Source, read
from fairhold.core.logistics.carriers import Carrier, NumberFormat, Register
from fairhold.core.logistics.check_digits import CHECKS
from fairhold.core.values.spelling import bare

# What an operator adds cites nothing but the operator.
ADDED_DOCUMENTS = {"operator": "Operator setting"}


@dataclass
class _Reading:
    """A register while it is read."""

    carriers: dict[str, Carrier] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)


def read_register(folder: Path, documents: dict[str, str], added: Path | None = None) -> Register:
    """The carriers of a book, which may leave the register out, with those that `added` brings.

    An entry of `added` takes the place of one with the same key.
    """
    reading = _Reading()
    path = folder / "carriers.yaml"
    if path.exists():
        _take(reading, read(path), documents)
    if added is not None:
        _take(reading, read(added), {**documents, **ADDED_DOCUMENTS}, may_replace=True)
    version = f"{folder.parent.name}/{folder.name}"
    return Register(version, reading.carriers, reading.by_name, reading.posts)


def accepted(register: Register) -> dict[str, str]:
    """Every spelling of the carriers whose records count, and their names."""
    counting = {key: one.name for key, one in register.carriers.items() if one.proof}
    return {name: counting[key] for name, key in register.by_name.items() if key in counting}


def _take(
    reading: _Reading, source: Source, documents: dict[str, str], *, may_replace: bool = False
) -> None:
    cite = citing(documents, source)
    for place, entry in enumerate(fitted(list[shapes.CarrierEntry], source)):
        cite(entry.cite, (place,))
        if entry.key in reading.carriers:
            if not may_replace:
                raise source.error((place, "key"), f"{entry.key!r} stands twice")
            _drop(reading, entry.key)
        _name(reading, entry, source, place)
        if entry.country:
            other = reading.posts.setdefault(entry.country, entry.key)
            if other != entry.key:
                raise source.error((place, "country"), f"{entry.country} is that of {other}")
        reading.carriers[entry.key] = _carrier(entry, source, place)


def _drop(reading: _Reading, key: str) -> None:
    del reading.carriers[key]
    reading.by_name = {name: one for name, one in reading.by_name.items() if one != key}
    reading.posts = {country: one for country, one in reading.posts.items() if one != key}


def _name(reading: _Reading, entry: shapes.CarrierEntry, source: Source, place: int) -> None:
    for spelling in (entry.name, *entry.aliases):
        other = reading.by_name.setdefault(bare(spelling), entry.key)
        if other != entry.key:
            raise source.error((place, "name"), f"{spelling!r} names {other} too")


def _carrier(entry: shapes.CarrierEntry, source: Source, place: int) -> Carrier:
    if entry.site and "{number}" not in entry.site:
        raise source.error((place, "site"), "expected an address with {number} in it")
    return Carrier(
        key=entry.key,
        name=entry.name,
        group=entry.group,
        country=entry.country,
        numbers=tuple(
            _format(one, source, (place, "numbers", at)) for at, one in enumerate(entry.numbers)
        ),
        site=entry.site,
        proof=entry.proof,
    )


def _format(entry: shapes.NumberEntry, source: Source, place: tuple[Any, ...]) -> NumberFormat:
    """A format whose own example fits it."""
    try:
        pattern = re.compile(entry.pattern)
    except re.error as error:
        raise source.error((*place, "pattern"), f"expected a pattern; {error}") from error
    if entry.check is not None and entry.check not in CHECKS:
        known = ", ".join(sorted(CHECKS))
        raise source.error((*place, "check"), f"expected one of {known}; got {entry.check!r}")
    fits = pattern.fullmatch(entry.example)
    if not fits or (entry.check and not CHECKS[entry.check](entry.example)):
        raise source.error((*place, "example"), f"{entry.example!r} does not fit this format")
    return NumberFormat(pattern, entry.check, entry.example, entry.note)
