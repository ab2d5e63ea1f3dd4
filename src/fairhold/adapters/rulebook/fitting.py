"""Plain values of a file fitted to a shape, and its citations resolved; faults carry their line."""

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fairhold.adapters.rulebook.yaml import Source
from fairhold.core.rules.process import Citation

Cite = Callable[[str, tuple[Any, ...]], Citation]


def fitted(kind: Any, source: Source) -> Any:
    """The content of `source` as `kind`.

    Raises: RulebookError at the first place that does not fit.
    """
    try:
        return TypeAdapter(kind).validate_python(source.content)
    except ValidationError as error:
        # A key that is misspelt is missing too: name what stands there.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        given = str(first["input"])[:60]
        raise source.error(first["loc"], f"{first['msg']}; got {given!r}") from error


def citing(documents: dict[str, str], source: Source) -> Cite:
    """Citations are `DOCUMENT place`, the document being a key of the book's list."""

    def cite(text: str, place: tuple[Any, ...]) -> Citation:
        key, _, where = text.partition(" ")
        if key not in documents or not where:
            known = ", ".join(sorted(documents))
            raise source.error(
                (*place, "cite"), f"expected `DOCUMENT place` with a document out of {known}"
            )
        return Citation(documents[key], where)

    return cite
