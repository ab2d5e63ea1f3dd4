"""Where files stand, read off the journal by the worker that also fills the sealed log.

Beside the write path: a step costs no statement more, and an entry that is in the log has its files
here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fairhold.store.models import FilePlace, JournalEntry

WITH_FILES = ("EvidenceSubmitted", "MessageWritten", "EvidenceRedacted")
PURGED = "MaterialPurged"
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


def resting_on(order_ids: Iterable[str]) -> dict[str, set[str]]:
    """The files that each of these orders still rests on: submitted, and not deleted since."""
    entries = JournalEntry.objects.filter(
        order_id__in=set(order_ids), type__in=(*WITH_FILES, PURGED)
    )
    found: dict[str, set[str]] = {}
    rows = entries.order_by("order_id", "seq")
    for order_id, case_id, kind, text in rows.values_list("order_id", "case_id", "type", "payload"):
        payload, files = json.loads(text), found.setdefault(order_id, set())
        if kind == PURGED:
            files.difference_update(payload["files"])
        files.update(row[-1] for row in places_in(order_id, case_id, kind, payload))
    return found


def kept_places(order_id: str) -> set[Row]:
    """What is put down of one order."""
    rows = FilePlace.objects.filter(order_id=order_id)
    return set(rows.values_list("order_id", "case_id", "exhibit", "side", "sha256"))
