"""The blocks that a sheet is made of, as plain data for the template."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
RIGHT_TO_LEFT = {"R", "AL"}


def piece(text: object, *, mono: bool = False) -> Block:
    """A text with the direction that its first strong sign has."""
    shown = str(text)
    strong = (unicodedata.bidirectional(sign) for sign in shown)
    first = next((kind for kind in strong if kind in {"L", *RIGHT_TO_LEFT}), "L")
    return {"text": shown, "rtl": first in RIGHT_TO_LEFT, "mono": mono}


def heading(text: str, level: int = 2) -> Block:
    """A heading; level 1 is the sheet's title."""
    return {"kind": "heading", "level": level, "text": text}


def paragraph(text: object) -> Block:
    """A paragraph."""
    return {"kind": "text", **piece(text)}


def note(text: object) -> Block:
    """A paragraph in a frame."""
    return {"kind": "note", **piece(text)}


def quote(text: object) -> Block:
    """Words of somebody."""
    return {"kind": "quote", **piece(text)}


def facts(rows: Iterable[tuple[str, object]], *, mono: Sequence[str] = ()) -> Block:
    """Names and values; those named in `mono` are fingerprints."""
    return {
        "kind": "facts",
        "rows": [[piece(name), piece(value, mono=name in mono)] for name, value in rows],
    }


def table(
    head: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
    *,
    mono: Sequence[int] = (),
) -> Block:
    """A table; `widths` are shares, `mono` the columns of fingerprints."""
    shown = [[piece(value, mono=place in mono) for place, value in enumerate(row)] for row in rows]
    return {"kind": "table", "head": list(head), "widths": list(widths), "rows": shown}


def items(texts: Iterable[object]) -> Block:
    """A list of points."""
    return {"kind": "list", "items": [piece(one) for one in texts]}


def new_page() -> Block:
    """What follows begins on a page of its own."""
    return {"kind": "page"}
