"""A sentence that remembers how it was put together, so that a page can say it in another language.

To everybody who reads it as text it is the English sentence.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


class Sentence(str):
    """English text with its template and the values in it."""

    template: str
    values: Mapping[str, Any]


class Word(str):
    """A code that a page prints as a word."""


def sentence(template: str, **values: Any) -> Sentence:
    """The sentence of `template`, whose named places are filled with `values`.

    A moment reads as RFC 3339, a tuple as “this or that”.
    Raises: KeyError for a place without a value.
    """
    said = Sentence(template.format(**{name: _read(value) for name, value in values.items()}))
    said.template = template
    said.values = values
    return said


def _read(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return " or ".join(str(one) for one in value)
    return value
