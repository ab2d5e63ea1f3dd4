"""Numbering and limits of exhibits."""

from datetime import datetime

from fairhold.core.cases.disputes.events import EvidenceSubmitted
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.evidence.exhibit import (
    MOST_FILES_AT_ONCE,
    MOST_FILES_OF_A_SIDE,
    Exhibit,
    Upload,
    exhibit_of,
)
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence


def submitted(
    present: tuple[Exhibit, ...], uploads: tuple[Upload, ...], side: Role, now: datetime
) -> tuple[EvidenceSubmitted, ...] | Refusal:
    """The event for new files, numbered after the present ones; no event for no files.

    Refuses: more files at once, or of one side, than the limits allow.
    """
    if not uploads:
        return ()
    of_side = sum(1 for exhibit in present if exhibit.side is side)
    too_many = len(uploads) > MOST_FILES_AT_ONCE
    if too_many or of_side + len(uploads) > MOST_FILES_OF_A_SIDE:
        return Refusal(
            Code.EXHIBIT_LIMIT,
            sentence(
                "Expected at most {most} files at once and {in_all} in all from one side; you "
                "have {present} and sent {sent}.",
                most=MOST_FILES_AT_ONCE,
                in_all=MOST_FILES_OF_A_SIDE,
                present=of_side,
                sent=len(uploads),
            ),
            "Send the files that show the most, or combine pages into one document.",
            field="evidence",
        )
    first = len(present) + 1
    exhibits = tuple(
        exhibit_of(upload, first + place, side, now) for place, upload in enumerate(uploads)
    )
    return (EvidenceSubmitted(exhibits),)
