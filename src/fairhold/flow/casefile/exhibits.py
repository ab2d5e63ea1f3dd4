"""The files of a case as payload: each under its name, what is not there with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fairhold.adapters.blobs import Blobs
from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.archive import Member
from fairhold.adapters.casefile.bag import Payload
from fairhold.core.evidence.exhibit import Copy, Exhibit
from fairhold.flow.casefile.gathered import Gathered
from fairhold.flow.casefile.readings import exhibit_line
from fairhold.flow.desk import Desk
from fairhold.flow.downloads import EXTENSIONS
from fairhold.flow.hidden import PLATFORM_ONLY, Name

DELETED, REDACTED = "deleted after the time it had to be kept", "a redacted copy"
REDACTED_SINCE = "its owner shows a redacted copy of it since then"


@dataclass(frozen=True, slots=True)
class Filed:
    """One line of the list of exhibits, and its payload where the file goes with it."""

    line: dict[str, Any]
    payload: Payload | None


def filed(desk: Desk, found: Gathered) -> list[Filed]:
    """Every exhibit of the dispute and every file of the order's chat, in their order."""
    dispute, order = found.view.file.the_dispute, found.view.file.the_order
    named = [(f"E{one.number}", one, (dispute.id, one.number)) for one in dispute.exhibits]
    filed = [_filed(desk, found, *one) for one in named]
    return filed + [_filed(desk, found, f"A{one.number}", one) for one in order.attachments]


def _filed(
    desk: Desk, found: Gathered, name: str, exhibit: Exhibit, known_as: Name | None = None
) -> Filed:
    role = found.view.viewer.role
    if not exhibit.seen_by(role):
        hidden = {"name": name, "side": exhibit.side.value, "left_out": PLATFORM_ONLY}
        return Filed(hidden, None)
    copy = exhibit.shown_to(role)
    if known_as and found.hidden.keeps(known_as, copy.sha256):
        hidden = {"name": name, "side": exhibit.side.value, "left_out": REDACTED_SINCE}
        return Filed(hidden, None)
    line = exhibit_line(found, exhibit, name)
    if known_as:
        line |= {"entry": found.submissions[known_as]}
    if copy.sha256 != exhibit.sha256:
        line |= {"redacted": REDACTED}
    line |= {"file_sha256": copy.sha256, "size": copy.size}
    if copy.sha256 not in found.resting or not _there(desk.blobs, copy.sha256):
        return Filed({**line, "left_out": DELETED}, None)
    path = f"{layout.FILES}{name}.{EXTENSIONS.get(copy.media_type, 'bin')}"
    return Filed({**line, "path": path}, _payload(desk.blobs, path, copy))


def _there(blobs: Blobs, sha256: str) -> bool:
    try:
        blobs.open(sha256).close()
    except FileNotFoundError:
        return False
    return True


def _payload(blobs: Blobs, path: str, copy: Copy) -> Payload:
    def chunks() -> Iterator[bytes]:
        return blobs.read(copy.sha256)

    return Payload(Member(path, copy.size, chunks), copy.sha256)
