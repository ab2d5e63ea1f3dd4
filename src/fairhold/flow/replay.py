"""The journal read forward: the state at any entry, and the state as a whole."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fairhold.core.cases.evolve import EVENT_TYPES, evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain
from fairhold.store.queries import entries_of


def fold(order_id: str, entries: Iterable[Entry]) -> CaseFile:
    """The file that these entries lead to."""
    return folded_on(CaseFile(order_id), entries)


def folded_on(file: CaseFile, entries: Iterable[Entry]) -> CaseFile:
    """The file after further entries."""
    for entry in entries:
        event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
        file = replace(evolve(file, event, entry.at), head=entry.hash)
    return file


def file_of_case(order_id: str, case_id: str) -> CaseFile:
    """The file as the last act on this dispute left it: an earlier dispute of an order."""
    entries = entries_of(order_id)
    last = max((entry.seq for entry in entries if entry.case_id == case_id), default=0)
    return fold(order_id, entries[:last])


def file_after(order_id: str, first_seq: int) -> CaseFile:
    """The file as the command whose first entry is `first_seq` left it."""
    entries = entries_of(order_id)
    following = (entry.seq for entry in entries if entry.seq > first_seq and entry.request)
    end = next(following, len(entries) + 1)
    return fold(order_id, entries[: end - 1])
