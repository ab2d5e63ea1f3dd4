"""Redacted copies: black boxes over a picture, telephone numbers and addresses out of a text.

The original stays as it is; the copy is a file of its own, linked to it by an act on the case.
"""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairhold.adapters.pictures import READABLE, PictureFault, blackened
from fairhold.adapters.scanning import Scan, Verdict
from fairhold.core.evidence.exhibit import Copy, Exhibit
from fairhold.core.values.roles import PARTIES
from fairhold.flow.desk import Desk
from fairhold.flow.intake.examine import examine
from fairhold.flow.query import View

MOST_BOXES = 40
WHOLE = 1000
LARGEST_COPY = 50 * 1024 * 1024
LARGEST_TEXT = 2 * 1024 * 1024
BLACK = "█████"
Box = tuple[int, int, int, int]
# Digits with the usual signs between them, eight or more of them: a number to call.
PHONE = re.compile(r"(?<![\w.])\+?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
SHORTEST_PART = 4


class RedactionError(ValueError):
    """A file cannot be redacted like this; the message says what can be done."""


# What an act is told with where no copy is made: its decider says why.
NO_COPY = Copy("0" * 64, 0, "text/plain")


def may_redact(view: View, exhibit: Exhibit) -> bool:
    """Whether a copy is made at all: of one's own file that stands, or by the desk."""
    own = view.viewer.role not in PARTIES or exhibit.side is view.viewer.role
    return own and exhibit.withdrawn_at is None


def redacted(desk: Desk, view: View, exhibit: Exhibit, boxes: Sequence[Box]) -> Copy:
    """The copy of an exhibit: with boxes where it is a picture, without numbers where it is text.

    Raises: RedactionError.
    """
    if exhibit.media_type == "text/plain":
        content, kind = _without_contacts(desk, view, exhibit), "text/plain"
    elif exhibit.media_type in READABLE:
        content, kind = _with_boxes(desk, exhibit, boxes), "image/jpeg"
    else:
        raise RedactionError(
            _(
                "Only photos and plain texts can be redacted here. Upload a redacted copy as a "
                "new file, and mark this one as for the platform only."
            )
        )
    digest, size = desk.blobs.put([content], most_bytes=LARGEST_COPY)
    examine(desk, digest, kind, Verdict(Scan.NOT_SCANNED, "made here"))
    return Copy(digest, size, kind)


def _with_boxes(desk: Desk, exhibit: Exhibit, boxes: Sequence[Box]) -> bytes:
    if not 1 <= len(boxes) <= MOST_BOXES:
        told = _("Expected 1 to {most} boxes, got {count}.")
        raise RedactionError(told.format(most=MOST_BOXES, count=len(boxes)))
    for left, top, right, bottom in boxes:
        if not (0 <= left < right <= WHOLE and 0 <= top < bottom <= WHOLE):
            told = _(
                "Expected each box as left, top, right, bottom in thousandths of the picture, "
                "got {box}."
            )
            raise RedactionError(told.format(box=f"{left}, {top}, {right}, {bottom}"))
    try:
        with desk.blobs.open(exhibit.sha256) as file:
            return blackened(file, boxes)
    except PictureFault as fault:
        told = _("The picture cannot be opened: {fault}.")
        raise RedactionError(told.format(fault=fault)) from fault


def _without_contacts(desk: Desk, view: View, exhibit: Exhibit) -> bytes:
    if exhibit.size > LARGEST_TEXT:
        raise RedactionError(_("The text is too long to be redacted here; upload a shorter one."))
    text = b"".join(desk.blobs.read(exhibit.sha256)).decode("utf-8", "replace")
    agreement = view.file.the_order.agreement
    addresses = (view.text(agreement.delivery_address), view.text(agreement.return_address))
    return without_contacts(text, addresses).encode()


def without_contacts(text: str, addresses: Iterable[str]) -> str:
    """The text with telephone numbers, e-mail addresses and these postal addresses blacked out."""
    text = PHONE.sub(BLACK, MAIL.sub(BLACK, text))
    for part in sorted(_parts(addresses), key=len, reverse=True):
        text = re.sub(re.escape(part), BLACK, text, flags=re.IGNORECASE)
    return text


def _parts(addresses: Iterable[str]) -> set[str]:
    """The lines and the parts between commas of addresses, but for very short ones."""
    found = {part.strip() for one in addresses for part in re.split(r"[,;\n]", one)}
    return {part for part in found if len(part) >= SHORTEST_PART}
