"""The templates for forums, read once. Data, not code: counsel changes words there, not here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("forums.yaml")
COUNSEL = (
    "Template for counsel. It is no legal advice; whether a forum admits this file, and what it is "
    "worth there, is for the forum to say. The file shows that its content is unchanged since the "
    "times it names and who submitted it, not that what was submitted is true."
)


@dataclass(frozen=True, slots=True)
class Forum:
    """What a case file says and shows for one forum under one law."""

    name: str
    title: str
    cover: tuple[str, ...]
    channels: tuple[str, ...]
    only_confirmed: bool
    certificates: tuple[tuple[str, str], ...]


class ForumError(ValueError):
    """There is no such forum or law; the message lists those there are."""


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(FILE.read_text())
    return found


def forums() -> tuple[str, ...]:
    """The forums there are templates for."""
    return tuple(_read()["forums"])


def laws() -> tuple[str, ...]:
    """The laws there are templates for."""
    return tuple(_read()["laws"])


def statement() -> tuple[tuple[str, str], ...]:
    """How the records of a case came about: title and text of each point."""
    return tuple((one["title"], one["text"]) for one in _read()["statement"])


def forum(name: str, law: str | None = None) -> Forum:
    """The template for a forum, and for courts and tribunals under a law.

    Raises: ForumError.
    """
    if name not in forums() or (law is not None and law not in laws()):
        raise ForumError(
            f"expected a forum out of {', '.join(forums())} and a law out of {', '.join(laws())}; "
            f"got {name!r} and {law!r}"
        )
    data = _read()
    base, added = data["forums"][name], data["laws"][law] if law else {}
    titles = [base["title"], *([added["title"]] if law else [])]
    return Forum(
        name=name if law is None else f"{name}-{law}",
        title=". ".join(titles),
        cover=(*base["cover"], *added.get("cover", ())),
        channels=tuple(base["channels"]),
        only_confirmed=base["only_confirmed"],
        certificates=tuple(
            (one, data["certificates"][one]) for one in added.get("certificates", ("custody",))
        ),
    )
