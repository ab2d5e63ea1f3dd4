"""Uploads that resume, by the tus protocol 1.0.0: creation, expiration, checksum, termination.

Source: tus.io, "Resumable upload protocol 1.0.x".
"""

import base64
import binascii
import hashlib
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from fairhold.flow.desk import current
from fairhold.flow.intake import resuming, uploads
from fairhold.flow.speech import say
from fairhold.web.viewing import viewer

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS: dict[str, Callable[[bytes], "hashlib._Hash"]] = {
    "sha1": lambda content: hashlib.sha1(content, usedforsecurity=False),
    "sha256": hashlib.sha256,
}
PIECE = "application/offset+octet-stream"
MISMATCH = 460


@require_http_methods(["OPTIONS", "POST"])
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file: its length, its name; the answer says where its pieces go."""
    if request.method == "OPTIONS":
        return _answer(
            204,
            {
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(uploads.LARGEST_FILE_BYTES),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )
    length = _number(request.headers.get("Upload-Length"))
    if length is None:
        return _fault(400, "Upload-Length: expected the number of bytes of the file.")
    name = _named(request.headers.get("Upload-Metadata", ""))
    try:
        row = resuming.begin(current(), viewer(request).actor.id, name, length)
    except uploads.UploadError as error:
        return _fault(422, say(str(error)))
    except resuming.ResumeError as error:
        return _fault(error.status, str(error))
    place = reverse("resumable-piece", args=[row.id])
    expires = http_date(row.expires_at.timestamp())
    return _answer(201, {"Location": place, "Upload-Offset": "0", "Upload-Expires": expires})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@login_required
def piece(request: HttpRequest, upload_id: str) -> HttpResponse:
    """How far a file is (HEAD), its next piece (PATCH), or that it is not wanted (DELETE)."""
    desk, owner = current(), viewer(request).actor.id
    try:
        row, there = resuming.find(desk, owner, upload_id)
        if request.method == "HEAD":
            told = {"Upload-Offset": str(there), "Upload-Length": str(row.length)}
            return _answer(200, told | _staged(row.staged))
        if request.method == "DELETE":
            resuming.give_up(desk, row)
            return _answer(204, {})
        return _add(request, owner, upload_id)
    except resuming.ResumeError as error:
        return _fault(error.status, str(error))
    except uploads.UploadError as error:
        return _fault(422, say(str(error)))


def _add(request: HttpRequest, owner: str, upload_id: str) -> HttpResponse:
    begins = _number(request.headers.get("Upload-Offset"))
    if begins is None or request.content_type != PIECE:
        return _fault(400, f"expected Upload-Offset and Content-Type: {PIECE}.")
    most = resuming.LARGEST_PIECE_BYTES
    content = request.read(most + 1)
    if len(content) > most:
        return _fault(413, f"expected a piece of at most {most} bytes.")
    if not _fits(content, request.headers.get("Upload-Checksum", "")):
        return _fault(MISMATCH, "Upload-Checksum: the piece came in changed; send it again.")
    staged, there = resuming.add(current(), owner, upload_id, (begins, content))
    return _answer(204, {"Upload-Offset": str(there)} | _staged(staged))


def _staged(handle: str) -> dict[str, str]:
    return {"Upload-Staged": handle} if handle else {}


def _fits(content: bytes, announced: str) -> bool:
    """Whether the piece has the checksum it came with; one without is taken as it is."""
    if not announced:
        return True
    name, _, encoded = announced.partition(" ")
    if name not in ALGORITHMS:
        return False
    try:
        return ALGORITHMS[name](content).digest() == base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False


def _named(metadata: str) -> str:
    """The file name out of `Upload-Metadata`; empty where it says none."""
    for pair in metadata.split(","):
        key, _, encoded = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(encoded, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _number(text: str | None) -> int | None:
    fits = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if fits and text else None


def _answer(status: int, headers: dict[str, str]) -> HttpResponse:
    always = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    return HttpResponse(status=status, headers=always | headers)


def _fault(status: int, message: str) -> HttpResponse:
    headers = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    return JsonResponse({"error": message}, status=status, headers=headers)
