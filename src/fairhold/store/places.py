"""Where files stand, read off the journal by the worker that also fills the sealed log.

Beside the write path: a step costs no statement more, and an entry that is in the log has its files
here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fairhold.store.models import FilePlace, JournalEntry

WITH_FILES = ("EvidenceSubmitted", "MessageWritten", "EvidenceRedacted")
PAGE = 500
Row = tuple[str, str, str, str, str]


def keep_places(order_ids: Iterable[str]) -> None:
    """Put down where the files of these orders stand; what is there already stays."""
    entries = JournalEntry.objects.filter(order_id__in=set(order_ids), type__in=WITH_FILES)
    rows = entries.values_list("order_id", "case_id", "type", "payload")
    found = [
        place
        for order_id, case_id, kind, payload in rows
        for place in places_in(order_id, case_id, kind, json.loads(payload))
    ]
    FilePlace.objects.bulk_create(
        (
            FilePlace(order_id=order, case_id=case, exhibit=name, side=side, sha256=sha256)
            for order, case, name, side, sha256 in found
        ),
        ignore_conflicts=True,
        batch_size=PAGE,
    )


def places_in(order_id: str, case_id: str | None, kind: str, payload: Any) -> Iterator[Row]:
    """Order, dispute, exhibit, side and digest of each file of one entry.

    A redacted copy stands beside its exhibit, as E3r and the first signs of its digest.
    """
    if kind == "EvidenceRedacted":
        copy = payload["copy"]["sha256"]
        name = f"E{payload['exhibit']}r{copy[:4]}"
        yield order_id, case_id or "", name, "", copy
    letter, place = ("A", "") if kind == "MessageWritten" else ("E", case_id or "")
    for one in payload.get("attachments" if letter == "A" else "exhibits") or ():
        yield order_id, place, f"{letter}{one['number']}", one["side"], one["sha256"]


def kept_places(order_id: str) -> set[Row]:
    """What is put down of one order."""
    rows = FilePlace.objects.filter(order_id=order_id)
    return set(rows.values_list("order_id", "case_id", "exhibit", "side", "sha256"))
