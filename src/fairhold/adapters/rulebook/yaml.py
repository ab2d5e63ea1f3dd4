"""Rulebook files as plain values, and the line of every place in them.

No aliases, a bounded size, no key twice. Lines are looked up only when there is a fault to tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent

from fairhold.adapters.rulebook.reader import RulebookError

LARGEST_FILE_BYTES = 131_072
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path and its content."""

    path: Path
    content: Any

    def error(self, place: Sequence[Any], what: str) -> RulebookError:
        """The fault at `place`, with its line."""
        where = ".".join(str(part) for part in place)
        return RulebookError(f"{self.path}:{self._line(place)}: {where}: {what}")

    def _line(self, place: Sequence[Any]) -> int:
        node: Any = YAML(typ="rt").load(self.path.read_bytes())
        line = 1
        for part in place:
            marks = getattr(node, "lc", None)
            try:
                found = marks.item(part) if isinstance(node, list) else marks.key(part)  # type: ignore[union-attr]
                line = found[0] + 1
                node = node[part]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return line


def read(path: Path) -> Source:
    """The content of one file.

    Raises: RulebookError for a file that is not there, too large, no YAML, or uses aliases.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RulebookError(f"{path}: expected a readable file; {error.strerror}") from error
    if len(raw) > LARGEST_FILE_BYTES:
        raise RulebookError(f"{path}:1: expected at most {LARGEST_FILE_BYTES} bytes")
    try:
        if b"&" in raw or b"*" in raw:
            _refuse_aliases(path, raw)
        content = YAML(typ="safe").load(raw)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RulebookError(f"{path}:{line}: {getattr(error, 'problem', error)}") from error
    if _depth(content) > DEEPEST:
        raise RulebookError(f"{path}:1: expected at most {DEEPEST} levels")
    return Source(path, content)


def _refuse_aliases(path: Path, raw: bytes) -> None:
    for event in YAML(typ="safe").parse(raw):
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            raise RulebookError(f"{path}:{line}: anchors and aliases are not taken; write it out")


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
