"""The places of files that a step submits, as rows. Step 6 of the write path."""

from typing import Any

from fairhold.core.cases.disputes.events import EvidenceSubmitted
from fairhold.core.cases.orders.events import MessageWritten
from fairhold.store.rows import Step

Row = tuple[Any, ...]


def file_rows(step: Step) -> list[Row]:
    """One row for each exhibit and each file of a chat: order, dispute, exhibit, side, digest."""
    rows: list[Row] = []
    for event, entry in zip(step.events, step.entries, strict=True):
        if isinstance(event, EvidenceSubmitted):
            place, files = ("E", entry.case_id or ""), event.exhibits
        elif isinstance(event, MessageWritten):
            place, files = ("A", ""), event.attachments or ()
        else:
            continue
        letter, case_id = place
        rows += [
            (entry.order_id, case_id, f"{letter}{one.number}", one.side.value, one.sha256)
            for one in files
        ]
    return rows
