"""A file looked at once, when it comes in: scanned, and where it is a picture, decoded.

What was found is kept beside the file, under its digest. The file itself is never touched.
"""

import json
from collections.abc import Iterable

from fairhold.adapters.blobs import Blobs
from fairhold.adapters.pictures import READABLE, PictureFault, Seen, look
from fairhold.adapters.scanning import Scan, Verdict
from fairhold.flow.desk import Desk
from fairhold.store import files
from fairhold.store.models import KnownFile

LARGEST_THUMBNAIL = 1024 * 1024


class Infected(Exception):
    """A scan found something in the file; the message names it."""


def scanned(desk: Desk, chunks: Iterable[bytes]) -> Verdict:
    """The verdict of the scanner.

    Raises: Infected.
    """
    verdict = desk.scanner.scan(chunks)
    if verdict.scan is Scan.INFECTED:
        raise Infected(verdict.note)
    return verdict


def examine(desk: Desk, sha256: str, media_type: str, verdict: Verdict) -> KnownFile:
    """Look at a stored file and keep what was found; a file that is known is not decoded again."""
    before = files.known([sha256]).get(sha256)
    if before is not None and (before.scan == Scan.CLEAN or verdict.scan is Scan.NOT_SCANNED):
        files.touch(sha256, desk.clock.now())
        return before
    seen = _seen(desk.blobs, sha256) if media_type in READABLE else None
    thumbnail = None
    if seen is not None:
        thumbnail, _ = desk.blobs.put([seen.thumbnail], most_bytes=LARGEST_THUMBNAIL)
    found = KnownFile(
        sha256=sha256,
        examined_at=desk.clock.now(),
        scan=verdict.scan.value,
        scan_note=verdict.note,
        picture=seen.likeness if seen else None,
        width=seen.width if seen else None,
        height=seen.height if seen else None,
        metadata=json.dumps(seen.taken if seen else {}, ensure_ascii=False),
        thumbnail=thumbnail,
    )
    files.keep(found)
    return found


def _seen(blobs: Blobs, sha256: str) -> Seen | None:
    """What a picture shows; None where it cannot be decoded: it is kept all the same."""
    try:
        with blobs.open(sha256) as file:
            return look(file)
    except PictureFault:
        return None
