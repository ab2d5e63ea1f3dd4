"""Sentences in templates: what Django itself takes for translatable, in its own reading."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from django.utils.translation.template import templatize

CALL = re.compile(r"\b(?:_|gettext|ngettext|pgettext|npgettext)\((?=\s*u?['\"])")


def messages(path: Path) -> Iterator[Message]:
    """The sentences of one template."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in CALL.finditer(text):
        call = _call_at(text, found.start())
        if call is not None:
            yield from _message(call)


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins at `start`: up to the first bracket that makes it whole."""
    end = start
    while (end := text.find(")", end + 1)) > 0:
        try:
            node = ast.parse(text[start : end + 1].strip(), mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _message(call: ast.Call) -> Iterator[Message]:
    name = getattr(call.func, "id", "")
    said = [one.value for one in call.args if isinstance(one, ast.Constant)]
    texts = [str(one) for one in said]
    if name == "ngettext":
        yield Message((texts[0], texts[1]))
    elif name == "npgettext":
        yield Message((texts[1], texts[2]), context=texts[0])
    elif name == "pgettext":
        yield Message(texts[1], context=texts[0])
    elif texts:
        yield Message(texts[0])
