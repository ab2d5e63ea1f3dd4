"""The desk with something else in its hands, for as long as a test needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from fairhold.flow.desk import current, install


@contextmanager
def replaced(**parts: Any) -> Iterator[None]:
    """Parts of the desk, or of its proof room, replaced by these."""
    before = current()
    of_proofs = {one.name for one in fields(before.proofs)}
    proofs = {name: part for name, part in parts.items() if name in of_proofs}
    others = {name: part for name, part in parts.items() if name not in of_proofs}
    install(replace(before, proofs=replace(before.proofs, **proofs), **others))
    try:
        yield
    finally:
        install(before)
