"""Labels: fixed words for codes, said in the language that is active when they are asked for."""

from collections.abc import ItemsView, Iterator, Mapping
from typing import Any, TypeVar

Name = TypeVar("Name")


class Labels(Mapping[Name, str]):
    """A table of lazily translated words that gives out plain text, one word at a time."""

    def __init__(self, words: Mapping[Name, Any]) -> None:
        self._words = words

    def __getitem__(self, name: Name) -> str:
        return str(self._words[name])

    def __iter__(self) -> Iterator[Name]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def items(self) -> ItemsView[Name, str]:
        """The whole table, its words translated only when they are read: for choices of a form."""
        return self._words.items()
