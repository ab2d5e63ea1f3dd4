"""Evidence on its way out: always a download, never a page that a browser would run."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from fairhold.adapters.pictures import PictureFault, enlarged
from fairhold.core.evidence.exhibit import Copy
from fairhold.core.journal.custody import Act
from fairhold.flow.custody import Shown, note
from fairhold.flow.desk import Desk
from fairhold.flow.query import View
from fairhold.store import files
from fairhold.store.places import resting_on

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "text/plain": "txt",
    "message/rfc822": "eml",
}


SANDBOXED = {"Content-Security-Policy": "sandbox; default-src 'none'"}


class Deleted(Exception):
    """The file was here, and the viewer might see it; its time is over and it was deleted."""

    def __init__(self) -> None:
        super().__init__("The file was deleted after its time. Its SHA-256 stays in the journal.")


@dataclass(frozen=True, slots=True)
class Download:
    """The bytes of one exhibit and the headers they travel with."""

    chunks: Iterable[bytes]
    headers: dict[str, str]


def download(desk: Desk, view: View, number: int) -> Download | None:
    """Exhibit `number` of the dispute in view; None where there is none for this viewer.

    Another side's file comes as its redacted copy, where there is one. Who fetched it is on record
    before its first byte leaves.
    Raises: Busy, Deleted.
    """
    dispute = view.file.the_dispute
    exhibits = dispute.exhibits
    found = exhibits[number - 1] if 1 <= number <= len(exhibits) else None
    if found is None or not found.seen_by(view.viewer.role):
        return None
    return _sent(desk, view, found.shown_to(view.viewer.role), (f"E{number}", dispute.id))


def attachment(desk: Desk, view: View, number: int) -> Download | None:
    """File `number` of the order's chat, which both sides see.

    Raises: Busy, Deleted.
    """
    attached = view.file.the_order.attachments
    found = attached[number - 1] if 1 <= number <= len(attached) else None
    if found is None or not found.seen_by(view.viewer.role):
        return None
    return _sent(desk, view, found.shown_to(view.viewer.role), (f"A{number}", None))


def thumbnail(desk: Desk, view: View, number: int) -> Download | None:
    """A small picture of an exhibit, made anew and without metadata; None where there is none.

    Raises: Busy, Deleted.
    """
    exhibits = view.file.the_dispute.exhibits
    found = exhibits[number - 1] if 1 <= number <= len(exhibits) else None
    if found is None or not found.seen_by(view.viewer.role):
        return None
    copy = found.shown_to(view.viewer.role)
    known = files.known([copy.sha256]).get(copy.sha256)
    _must_be_kept(view, copy)
    if known is None or known.thumbnail is None:
        return None
    dispute = view.file.the_dispute
    shown = Shown(f"E{number}", copy.sha256, Act.VIEWED, "small", dispute.id)
    note(desk, view.file.order_id, view.viewer, shown)
    headers = {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, max-age=3600",
        **SANDBOXED,
    }
    return Download(desk.blobs.read(known.thumbnail), headers)


def shown_large(desk: Desk, view: View, number: int) -> Download | None:
    """A picture as large as a page shows it, made anew; None where there is none.

    Raises: Busy, Deleted.
    """
    exhibits = view.file.the_dispute.exhibits
    found = exhibits[number - 1] if 1 <= number <= len(exhibits) else None
    if found is None or not found.seen_by(view.viewer.role):
        return None
    copy = found.shown_to(view.viewer.role)
    known = files.known([copy.sha256]).get(copy.sha256)
    _must_be_kept(view, copy)
    if known is None or not known.width:
        return None
    try:
        picture = enlarged(io.BytesIO(b"".join(desk.blobs.read(copy.sha256))))
    except (FileNotFoundError, PictureFault):
        return None
    case_id = view.file.the_dispute.id
    seen = Shown(f"E{number}", copy.sha256, Act.VIEWED, "large", case_id)
    note(desk, view.file.order_id, view.viewer, seen)
    headers = {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, max-age=3600",
        **SANDBOXED,
    }
    return Download([picture], headers)


def _sent(desk: Desk, view: View, copy: Copy, named: tuple[str, str | None]) -> Download | None:
    """The bytes; None where they never came.

    The name is the exhibit's number: what somebody called a file is not repeated in a header.
    """
    _must_be_kept(view, copy)
    try:
        chunks = desk.blobs.read(copy.sha256)
    except FileNotFoundError:
        return None
    name, case_id = named
    shown = Shown(name, copy.sha256, Act.DOWNLOADED, "whole", case_id)
    note(desk, view.file.order_id, view.viewer, shown)
    headers = {
        "Content-Type": copy.media_type,
        "Content-Length": str(copy.size),
        "Content-Disposition": (
            f'attachment; filename="{name}.{EXTENSIONS.get(copy.media_type, "bin")}"'
        ),
        **SANDBOXED,
    }
    return Download(chunks, headers)


def _must_be_kept(view: View, copy: Copy) -> None:
    """Refuse what this order's time is over for, although another may still need the same bytes."""
    order_id = view.file.order_id
    if copy.sha256 not in resting_on([order_id]).get(order_id, set()):
        raise Deleted
