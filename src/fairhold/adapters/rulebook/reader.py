"""Reads `process.yaml` of a book version.

Raises: RulebookError with file and line for whatever does not fit; nothing is guessed.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from fairhold.core.rules.process import Citation, ClockRule, Limits, Process
from fairhold.core.values.spans import Span, WorkCalendar

# A process file is a few kilobytes; anything far larger is a mistake or an attack.
LARGEST_FILE_BYTES = 262_144
PARTS = {"documents", "calendar", "limits", "clocks", "refusals"}


class RulebookError(Exception):
    """A rulebook file cannot be used; the message names file, line and what was expected."""


@cache
def load_process(folder: Path) -> Process:
    """The procedure in `folder`, which is named `<book>/<version>`."""
    path = folder / "process.yaml"
    document = _parse(path)
    missing = PARTS ^ set(document)
    if missing:
        raise RulebookError(f"{path}:1: expected exactly {sorted(PARTS)}; see {sorted(missing)}")
    cite = _citing(document, path)
    limits = _part(document, "limits", path)
    calendar = _part(document, "calendar", path)
    return Process(
        book=folder.parent.name,
        version=folder.name,
        digest=hashlib.sha256(rfc8785.dumps(_plain(document))).hexdigest(),
        limits=_limits(limits, cite, path),
        clocks={kind: _clock(kind, part, cite, path) for kind, part in document["clocks"].items()},
        calendar=WorkCalendar(calendar["zone"], frozenset(calendar["holidays"])),
        refusals={name: cite(part) for name, part in document["refusals"].items()},
    )


def _parse(path: Path) -> Any:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RulebookError(f"{path}: expected a readable file; {error.strerror}") from error
    if len(raw) > LARGEST_FILE_BYTES:
        raise RulebookError(f"{path}:1: expected at most {LARGEST_FILE_BYTES} bytes")
    try:
        return YAML(typ="rt").load(raw)
    except YAMLError as error:
        raise RulebookError(f"{path}: {error}") from error


def _part(document: Any, name: str, path: Path) -> Any:
    part = document[name]
    if not hasattr(part, "items"):
        raise RulebookError(f"{path}:{_line(document, name)}: expected a mapping under {name!r}")
    return part


def _line(mapping: Any, key: str) -> int:
    line: int = mapping.lc.key(key)[0] + 1
    return line


def _citing(document: Any, path: Path) -> Callable[[Any], Citation]:
    documents = _part(document, "documents", path)

    def cite(part: Any) -> Citation:
        try:
            return Citation(str(documents[part["source"]]), str(part["place"]))
        except KeyError as error:
            line = part.lc.line + 1
            known = sorted(documents)
            raise RulebookError(
                f"{path}:{line}: expected a `place`, and a `source` out of {known}; got {error}"
            ) from error

    return cite


def _limits(part: Any, cite: Callable[[Any], Citation], path: Path) -> Limits:
    values = {}
    for name in ("filing_opens_after_days", "short_promise_under_days", "plans_per_side"):
        if name not in part or type(part[name].get("value")) is not int:
            raise RulebookError(f"{path}:{part.lc.line + 1}: expected a whole number in {name!r}")
        values[name] = part[name]["value"]
    return Limits(
        **values,
        filing_citation=cite(part["filing_opens_after_days"]),
        plans_citation=cite(part["plans_per_side"]),
    )


def _clock(kind: str, part: Any, cite: Callable[[Any], Citation], path: Path) -> ClockRule:
    days, working = part.get("days", 0), part.get("working_days", 0)
    if type(days) is not int or type(working) is not int or (days > 0) == (working > 0):
        line = part.lc.line + 1
        raise RulebookError(f"{path}:{line}: clock {kind!r}: expected days or working_days above 0")
    for name in ("default", "clause", "summary"):
        if name not in part:
            raise RulebookError(f"{path}:{part.lc.line + 1}: clock {kind!r}: expected {name!r}")
    reminder = part.get("reminder_hours")
    if type(reminder) is not int or reminder < 1:
        line = part.lc.line + 1
        raise RulebookError(f"{path}:{line}: clock {kind!r}: expected reminder_hours of 1 or more")
    return ClockRule(
        kind=kind,
        span=Span(days=days, working_days=working),
        default=part["default"],
        clause=part["clause"],
        summary=part["summary"],
        citation=cite(part),
        reminder_hours=reminder,
    )


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, (int, str)) else str(value)
