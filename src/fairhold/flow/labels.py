"""Labels: fixed words for codes, said in the language that is active when they are asked for."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

Name = TypeVar("Name")


class Labels(Mapping[Name, str]):
    """A table of lazily translated words that gives out plain text."""

    def __init__(self, words: Mapping[Name, object]) -> None:
        self._words = words

    def __getitem__(self, name: Name) -> str:
        return str(self._words[name])

    def __iter__(self) -> Iterator[Name]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
