"""Frozen records to plain JSON values and back, derived from their type hints.

Used for journal payloads and snapshots. Absent means None: a field that is None is left out, and an
unknown field is refused. Instants are RFC 3339 in UTC with microseconds.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Plain = Any
T = TypeVar("T")


class PlainError(ValueError):
    """A plain value does not fit the record it should become."""


def to_plain(value: object) -> Plain:
    """The JSON value of a record, tuple, mapping, enum, instant, string, integer or boolean."""
    kind: Any = type(value)
    return _writer(kind)(value)


def from_plain(kind: type[T], value: Plain) -> T:
    """The record of type `kind` that `value` describes.

    Raises: PlainError, naming the field.
    """
    try:
        hint: Any = kind
        result: T = _reader(hint)(value)
    except (KeyError, TypeError, ValueError) as error:
        raise PlainError(f"{kind.__name__}: {error}") from error
    return result


@cache
def _writer(kind: Any) -> Callable[[Any], Plain]:
    """The function that writes values of one type; made once per type."""
    if kind in (str, int, bool, type(None)):
        return _same
    if issubclass(kind, Enum):
        return _member
    if issubclass(kind, datetime):
        return _written_instant
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, (tuple, list)):
        return _list
    if issubclass(kind, dict):
        return _mapping
    return _record_writer(kind)


def _same(value: Plain) -> Plain:
    return value


def _member(value: Any) -> Plain:
    return value._value_


def _written_instant(value: datetime) -> str:
    return value.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _list(value: Any) -> Plain:
    return [to_plain(item) for item in value]


def _mapping(value: Any) -> Plain:
    return {str(to_plain(key)): to_plain(item) for key, item in value.items()}


def _record_writer(kind: Any) -> Callable[[Any], Plain]:
    names = tuple(field.name for field in fields(kind))

    def write(value: Any) -> Plain:
        plain = {}
        for name in names:
            item = getattr(value, name)
            if item is not None:
                plain[name] = to_plain(item)
        return plain

    return write


@cache
def _reader(hint: Any) -> Callable[[Plain], Any]:
    """The function that reads one type hint; built once per type."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional_reader(hint)
    if origin is tuple:
        item = _reader(get_args(hint)[0])
        return lambda value: tuple([item(part) for part in value])
    if origin is dict:
        key, item = (_reader(part) for part in get_args(hint))
        return lambda value: {key(name): item(part) for name, part in value.items()}
    if hint is datetime:
        return _instant
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        return _record_reader(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = {member.value: member for member in hint}
        return members.__getitem__
    return _exactly(hint)


def _optional_reader(hint: Any) -> Callable[[Plain], Any]:
    [inner] = [part for part in get_args(hint) if part is not type(None)]
    read = _reader(inner)
    return lambda value: None if value is None else read(value)


def _instant(value: Plain) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _exactly(hint: Any) -> Callable[[Plain], Any]:
    def read(value: Plain) -> Any:
        if type(value) is not hint:
            raise TypeError(f"expected {hint.__name__}, got {value!r}")
        return value

    return read


def _record_reader(kind: Any) -> Callable[[Plain], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    absent = {
        field.name: None
        for field in fields(kind)
        if field.default is MISSING and type(None) in get_args(hints[field.name])
    }

    def read(value: Plain) -> Any:
        found = dict(absent)
        for name, item in value.items():
            found[name] = readers[name](item)
        return kind(**found)

    return read
