"""Sentences in Python: what stands in the calls that mark a text for translation."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Message

# Which positional arguments of a call are texts.
TEXTS = {
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "sentence": (0,),
    "Refusal": (1, 2),
}
WITH_PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
MARKING = "django.utils.translation"


def messages(path: Path) -> Iterator[Message]:
    """The sentences of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, names)


def _names(tree: ast.Module) -> dict[str, str]:
    """What this file calls the functions that mark a text."""
    return {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == MARKING
        for one in node.names
    }


def _of_call(node: ast.Call, names: Mapping[str, str]) -> Iterator[Message]:
    called = str(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))
    name = names.get(called, called)
    said = [_constant(one) for one in node.args]
    if name in WITH_PLURAL and len(said) > 1:
        yield Message((said[0], said[1]))
    elif name in WITH_CONTEXT and len(said) > 1:
        yield Message(said[1], context=said[0])
    else:
        for place in TEXTS.get(name, ()):
            if place < len(said) and said[place]:
                yield Message(said[place])


def _constant(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ""
