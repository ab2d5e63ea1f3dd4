"""Evidence on its way out: always a download, never a page that a browser would run."""

from collections.abc import Iterator
from dataclasses import dataclass

from fairhold.flow.desk import Desk
from fairhold.flow.query import View

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
}


@dataclass(frozen=True, slots=True)
class Download:
    """The bytes of one exhibit and the headers they travel with."""

    chunks: Iterator[bytes]
    headers: dict[str, str]


def download(desk: Desk, view: View, number: int) -> Download | None:
    """Exhibit `number` of the dispute in view; None where there is none.

    The name is the exhibit's number: what somebody called a file is not repeated in a header.
    """
    exhibits = view.file.the_dispute.exhibits
    if not 1 <= number <= len(exhibits):
        return None
    found = exhibits[number - 1]
    name = f"E{number}.{EXTENSIONS.get(found.media_type, 'bin')}"
    headers = {
        "Content-Type": found.media_type,
        "Content-Length": str(found.size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Download(desk.blobs.read(found.sha256), headers)
