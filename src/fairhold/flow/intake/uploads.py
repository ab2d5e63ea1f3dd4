"""Evidence files on their way in: size, name and type are checked before anything is kept."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import puremagic
from django.utils.translation import gettext as _

from fairhold.adapters.blobs import BlobTooLarge
from fairhold.adapters.ids import words
from fairhold.adapters.mailbox import is_mail
from fairhold.core.evidence.exhibit import Upload
from fairhold.flow.desk import Desk
from fairhold.flow.intake.examine import Infected, examine, scanned
from fairhold.store.instants import from_database
from fairhold.store.models import StagedUpload

LARGEST_FILE_BYTES = 50 * 1024 * 1024
LONGEST_NAME = 120
# By content, not by name: extension that the content has -> media type we record.
ALLOWED = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
}
# Phones write photos and videos into one container; its brand (bytes 8 to 12) tells which.
BRANDS = {
    **dict.fromkeys([b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"], "image/heic"),
    **dict.fromkeys([b"avif", b"avis"], "image/avif"),
    **dict.fromkeys([b"iso", b"mp4", b"avc", b"3gp", b"M4V", b"MSN", b"dash"], "video/mp4"),
    b"qt  ": "video/quicktime",
}
MAIL_TYPE = "message/rfc822"


class UploadError(Exception):
    """A file was not taken; the message names the file, the limit and the cure."""


class Incoming(Protocol):
    """What a web framework hands over as an uploaded file."""

    @property
    def name(self) -> str | None:
        """The name it came with."""

    @property
    def size(self) -> int | None:
        """How many bytes it has."""

    def chunks(self) -> Iterable[bytes]:
        """The content in pieces."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is kept and known."""

    sha256: str
    size: int
    media_type: str
    name: str
    received_at: datetime


def store(desk: Desk, file: Incoming) -> Stored:
    """Check the file and keep its bytes, durably, before anything refers to them.

    Raises: UploadError.
    """
    name = clean_name(file.name or "")
    refuse_size(name, file.size or 0)
    first = next(iter(file.chunks()), b"")
    media_type = _media_type(name, first)
    try:
        verdict = scanned(desk, file.chunks())
    except Infected as found:
        told = _("“{name}” was not taken: the virus scan found {virus}. Send another copy of it.")
        raise UploadError(told.format(name=name, virus=found)) from found
    try:
        digest, size = desk.blobs.put(file.chunks(), most_bytes=LARGEST_FILE_BYTES)
    except BlobTooLarge as error:
        raise _too_large(name) from error
    examine(desk, digest, media_type, verdict)
    return Stored(digest, size, media_type, name, desk.clock.now())


def refuse_size(name: str, size: int) -> None:
    """Refuse a file that is empty or too large, before its bytes are read. Units: bytes.

    Raises: UploadError.
    """
    if size <= 0:
        told = _("“{name}” is empty. Choose the file again.")
        raise UploadError(told.format(name=clean_name(name)))
    if size > LARGEST_FILE_BYTES:
        raise _too_large(clean_name(name))


def _too_large(name: str) -> UploadError:
    told = _("“{name}” is larger than {limit} MB. Send a smaller copy, or split it.")
    return UploadError(told.format(name=name, limit=LARGEST_FILE_BYTES // (1024 * 1024)))


@dataclass(frozen=True, slots=True)
class Called:
    """What their owner says of files: the kind of evidence, what they show, who may see them."""

    kind: str | None = None
    shows: str = ""
    platform_only: bool = False


PLAIN = Called()


def submitted(desk: Desk, files: Iterable[Stored], called: Called = PLAIN) -> tuple[Upload, ...]:
    """The files as a command carries them, all called alike.

    Raises: UploadError for a kind that the rulebook in force does not know.
    """
    kind = called.kind
    if kind is not None:
        known = desk.shelf.book(desk.shelf.in_force).evidence
        if kind not in known:
            told = _("“{kind}” is no kind of evidence. Use one of these: {kinds}.")
            raise UploadError(told.format(kind=kind, kinds=", ".join(known)))
    return tuple(
        Upload(
            sha256=one.sha256,
            size=one.size,
            media_type=one.media_type,
            name=words(desk.ids, one.name),
            kind=kind,
            shows=words(desk.ids, called.shows) if called.shows else None,
            received_at=one.received_at,
            platform_only=called.platform_only or None,
        )
        for one in files
    )


def stage(desk: Desk, file: Stored, owner_id: str) -> StagedUpload:
    """Keep a handle by which its uploader can submit the file later."""
    return StagedUpload.objects.create(
        id=desk.ids.new(),
        owner_id=owner_id,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        name=file.name,
        created_at=file.received_at,
    )


def staged(upload_ids: Iterable[str], owner_id: str) -> tuple[Stored, ...]:
    """The staged files of this owner, in the order asked for.

    Raises: UploadError for a handle that is not the owner's.
    """
    wanted = list(upload_ids)
    if len(set(wanted)) != len(wanted):
        raise UploadError(_("One file is named twice. Name each upload once."))
    found = known(wanted, owner_id)
    missing = [one for one in wanted if one not in found]
    if missing:
        told = _("There is no upload {upload} of yours. Upload the file first.")
        raise UploadError(told.format(upload=missing[0]))
    return tuple(found.values())


def known(upload_ids: Iterable[str], owner_id: str) -> dict[str, Stored]:
    """Those of these handles that are staged files of this owner, in the order asked for."""
    wanted = list(dict.fromkeys(upload_ids))
    mine = StagedUpload.objects.filter(id__in=wanted, owner_id=owner_id) if wanted else ()
    rows = {row.id: row for row in mine}
    return {one: _stored(rows[one]) for one in wanted if one in rows}


def _stored(row: StagedUpload) -> Stored:
    received_at = from_database(row.created_at) or row.created_at
    return Stored(row.sha256, row.size, row.media_type, row.name, received_at)


def clean_name(name: str) -> str:
    """A file name that is safe to show and to download: no path, no control or direction signs."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return kept.strip(" .")[-LONGEST_NAME:] or "file"


def _media_type(name: str, first: bytes) -> str:
    if first[4:8] == b"ftyp":
        brand = BRANDS.get(first[8:12]) or BRANDS.get(first[8:11])
        if brand:
            return brand
    try:
        extension = puremagic.from_string(first[:8192], filename=None)
    except (puremagic.PureError, ValueError):
        extension = ""
    if extension in ALLOWED:
        return ALLOWED[extension]
    if is_mail(first):
        return MAIL_TYPE
    if _is_text(first):
        return "text/plain"
    told = _(
        "“{name}” is none of the kinds we take. Send a photo (JPEG, PNG, GIF, WebP, HEIC), a PDF, "
        "a video (MP4, MOV, WebM), an e-mail (.eml) or plain text."
    )
    raise UploadError(told.format(name=name))


def _is_text(first: bytes) -> bool:
    """UTF-8 without control bytes, and not the beginning of a page or a drawing that can run."""
    try:
        text = first[:8192].decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(first[:8192]) - 4:
            return False
        text = first[: error.start].decode("utf-8")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text):
        return False
    return not re.match(r"\s*<", text)
