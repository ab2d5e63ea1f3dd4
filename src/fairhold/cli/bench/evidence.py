"""Evidence: stored, exported and verified beside plain hashing and copying of the same bytes."""

import hashlib
import io
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.ids import words
from fairhold.adapters.papers import blocks, paper
from fairhold.cli.bench.script import BUYER, SELLER, Script
from fairhold.core.cases.disputes.commands import AddEvidence
from fairhold.core.cases.orders.commands import WriteMessage
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE
from fairhold.flow.casefile.assembled import case_bag
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.intake.mails import Bytes
from fairhold.flow.intake.uploads import Stored, store, submitted
from fairhold.flow.query import View, view_of_case
from fairhold.flow.request import Refused, Request

FILM = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
CHUNK_BYTES = 1 << 20
MEGABYTE = 1 << 20
ROWS_OF_FORTY_PAGES = 2_010


def run(desk: Desk, files: int, megabytes: int) -> dict[str, Any]:
    """Ratios to plain hashing (and copying); seconds; megabytes of memory above the start."""
    each = megabytes * MEGABYTE // files
    contents = [FILM + os.urandom(each - len(FILM)) for _ in range(min(files, 20))]
    found: dict[str, Any] = {"files": files, "megabytes": megabytes}
    found |= _storing(desk, contents)
    stored = [
        store(desk, Bytes("film.mp4", content + number.to_bytes(4, "big")))
        for number in range(-(-files // len(contents)))
        for content in contents
    ][:files]
    del contents
    return found | _exporting(desk, stored) | _printing()


def _storing(desk: Desk, contents: list[bytes]) -> dict[str, Any]:
    """Files a second through the desk's own door, and by hashing them beside a synced copy."""
    with tempfile.TemporaryDirectory() as folder:
        places = [(Path(folder) / str(number), one) for number, one in enumerate(contents)]
        theirs = _seconds(lambda: [_copied(*place) for place in places])
    ours = _seconds(lambda: [store(desk, Bytes("film.mp4", one)) for one in contents])
    size = sum(map(len, contents)) / MEGABYTE
    return {
        "store_mb_per_second": round(size / ours),
        "hash_and_copy_mb_per_second": round(size / theirs),
        "store_ratio": round(theirs / ours, 2),
    }


def _copied(path: Path, content: bytes) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for start in range(0, len(content), CHUNK_BYTES):
            piece = content[start : start + CHUNK_BYTES]
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _exporting(desk: Desk, stored: list[Stored]) -> dict[str, Any]:
    """The file of a case with all these exhibits: made, written to a disk, and verified."""
    view = _filed(desk, stored)
    hashing = _seconds(lambda: [_hashed(desk.blobs.read(one.sha256)) for one in stored])
    with tempfile.TemporaryDirectory() as folder, _Memory() as memory:
        path, plain = Path(folder) / "case.zip", Path(folder) / "plain"
        making = _seconds(lambda: sum(map(len, case_bag(desk, view).chunks())))
        grown = memory.most()
        copying = _seconds(lambda: _written(plain, (c for one in stored for c in _read(desk, one))))
        writing = _seconds(lambda: _written(path, case_bag(desk, view).chunks()))
        checking = _seconds(lambda: list(verify(path)))
        size = path.stat().st_size / MEGABYTE
    return {
        "case_file_mb": round(size),
        "hash_seconds": round(hashing, 2),
        "export_seconds": round(making, 2),
        "export_ratio": round(hashing / making, 2),
        "export_memory_mb": grown,
        "export_to_disk_seconds": round(writing, 2),
        "plain_copy_to_disk_seconds": round(copying, 2),
        "verify_seconds": round(checking, 2),
        "verify_ratio": round(hashing / checking, 2),
    }


def _filed(desk: Desk, stored: list[Stored]) -> View:
    """A dispute that all these files belong to, as evidence and in the chat of its order."""
    script = Script(desk, "BENCH-EVIDENCE")
    opening = script.open()
    _done(desk, script.register())
    _done(desk, opening)
    for number, place in enumerate(range(0, len(stored), MOST_FILES_AT_ONCE)):
        some = submitted(desk, stored[place : place + MOST_FILES_AT_ONCE])
        said = WriteMessage(words(desk.ids, "files"), evidence=some)
        # No side may file all of them: both do, as evidence and in the chat.
        command: Any = AddEvidence(some) if number % 4 < 2 else said
        _done(desk, script.request(BUYER if number % 2 else SELLER, command))
    view = view_of_case(desk, opening.command.dispute_id, BUYER)
    if view is None:
        raise LookupError("expected the dispute that was just filed, found none")
    return view


def _done(desk: Desk, request: Request) -> None:
    result = handle(desk, request)
    if isinstance(result, Refused):
        raise LookupError(f"expected the step to be taken, got: {result.refusal.why}")


def _read(desk: Desk, one: Stored) -> Iterable[bytes]:
    return desk.blobs.read(one.sha256)


def _hashed(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _written(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)


def _printing() -> dict[str, Any]:
    """A paper of forty pages."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    rows = [(place, "2026-03-02", "buyer", "An act") for place in range(ROWS_OF_FORTY_PAGES)]
    table = blocks.table(["No.", "When", "Who", "What"], [1, 2, 2, 5], rows)
    shown = [blocks.heading("Forty pages", 1), table]
    content = {
        "title": "Bench",
        "running": "Bench",
        "desk": "bench",
        "footer": "bench",
        "language": "en",
        "blocks": shown,
    }
    made: list[Any] = []
    seconds = _seconds(lambda: made.append(paper("sheets", content, moment)))
    pages = PdfFileReader(io.BytesIO(made[0].content)).root["/Pages"]["/Count"]
    return {"paper_seconds": round(seconds, 2), "paper_pages": int(pages)}


def _seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


class _Memory:
    """Looks at the memory of this process while something runs."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._start = self._most = _resident()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Memory":
        self._looking.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            self._most = max(self._most, _resident())

    def most(self) -> int:
        """Megabytes that the process has grown by, at the most."""
        return round((self._most - self._start) / MEGABYTE)


def _resident() -> int:
    """Bytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()
