"""References to words inside plain payloads: an id and the digest that stands for the text."""

from collections.abc import Collection, Iterator
from typing import Any


def refs(value: Any) -> Iterator[tuple[str, str]]:
    """Every reference inside a payload, at any depth: id and digest."""
    if isinstance(value, dict):
        if value.keys() == {"id", "digest"}:
            yield value["id"], value["digest"]
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from refs(item)


def refs_under(value: Any, names: Collection[str]) -> Iterator[str]:
    """The ids of references that stand under one of these names, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from refs_under(item, names)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in names and isinstance(item, dict):
                yield from (text_id for text_id, _ in refs(item))
            else:
                yield from refs_under(item, names)
