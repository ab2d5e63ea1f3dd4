"""Uploads that are taken up again after a break: begun, continued piece by piece, finished once."""

from datetime import timedelta

from fairhold.adapters.blobs.partial import OutOfStep
from fairhold.flow.desk import Desk
from fairhold.flow.intake import uploads
from fairhold.store.models import PartialUpload

# A day is enough for the worst line; after that the bytes are thrown away.
WAITS = timedelta(hours=24)
MOST_OPEN = 20
LARGEST_PIECE_BYTES = 5 * 1024 * 1024


class ResumeError(Exception):
    """A piece was not taken. `status` is what HTTP calls it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def begin(desk: Desk, owner: str, name: str, length: int) -> PartialUpload:
    """Make room for a file of `length` bytes.

    Raises: UploadError where it is empty or too large; ResumeError where too many are open.
    """
    uploads.refuse_size(name, length)
    now = desk.clock.now()
    _throw_away(desk, owner)
    if PartialUpload.objects.filter(owner_id=owner, staged="").count() >= MOST_OPEN:
        raise ResumeError(429, "too_many_uploads")
    row = PartialUpload(
        id=desk.ids.new(),
        owner_id=owner,
        name=uploads.clean_name(name),
        length=length,
        expires_at=now + WAITS,
    )
    desk.partials.begin(row.id)
    row.save(force_insert=True)
    return row


def find(desk: Desk, owner: str, upload_id: str) -> tuple[PartialUpload, int]:
    """An upload of this owner, and how many bytes are there.

    Raises: ResumeError where there is none any more.
    """
    row = PartialUpload.objects.filter(id=upload_id, owner_id=owner).first()
    if row is None:
        raise ResumeError(404, "unknown_upload")
    if row.staged:
        return row, row.length
    try:
        return row, desk.partials.length(row.id)
    except FileNotFoundError as error:
        raise ResumeError(410, "upload_expired") from error


def add(desk: Desk, owner: str, upload_id: str, piece: tuple[int, bytes]) -> tuple[str, int]:
    """Add a piece (where it begins, its bytes); returns the handle once all is there, and how far.

    Raises: ResumeError; UploadError where the whole file is not taken, which ends the upload.
    """
    row, _there = find(desk, owner, upload_id)
    if row.staged:
        return row.staged, row.length
    begins, content = piece
    if begins + len(content) > row.length:
        raise ResumeError(413, "more_than_announced")
    try:
        there = desk.partials.append(row.id, begins, content)
    except OutOfStep as error:
        raise ResumeError(409, str(error)) from error
    if there < row.length:
        return "", there
    return _finish(desk, row), there


def _finish(desk: Desk, row: PartialUpload) -> str:
    try:
        stored = uploads.store(desk, desk.partials.whole(row.id, row.name))
    except uploads.UploadError:
        give_up(desk, row)
        raise
    row.staged = uploads.stage(desk, stored, row.owner_id).id
    row.save(update_fields=["staged"])
    desk.partials.remove(row.id)
    return row.staged


def give_up(desk: Desk, row: PartialUpload) -> None:
    """Throw an unfinished upload away."""
    desk.partials.remove(row.id)
    row.delete()


def _throw_away(desk: Desk, owner: str) -> None:
    """What waited too long, of this owner first and of a few others."""
    over = PartialUpload.objects.filter(expires_at__lt=desk.clock.now())
    for row in [*over.filter(owner_id=owner)[:MOST_OPEN], *over[:MOST_OPEN]]:
        give_up(desk, row)
