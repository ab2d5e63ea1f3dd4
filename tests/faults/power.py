"""Power cuts: every write of a real process is recorded, and any crash image rebuilt from it.

python tests/faults/power.py IMAGES

A desk submits evidence under strace and says so after each commit. Images are rebuilt for a cut
after every recorded operation: what was synced is there, what was not survives by chance, write
by write and name by name. In each image the database must be whole, everything that was said to
be kept must be there, and every file that the journal names must have its bytes. Then the same
with the syncs of evidence left out: a harness that finds nothing there finds nothing anywhere.
"""

import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

SUBMISSIONS = 30
CHANCES = (0.0, 0.3, 0.7, 1.0)
CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,link,linkat,mkdir,mkdirat,"
    "rename,renameat,renameat2"
)
LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= \d+(?:<(.*?)>)?")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
AT = re.compile(r"^\d+<(.*?)>")
WORK = """
import os, sys
sys.path.insert(0, "tests")
from django import setup
setup()
from dossier import upload
from fairhold.core.cases.disputes.commands import AddEvidence
from world import BUYER, Case
case = Case(ref="power")
if sys.argv[1] == "prepare":
    case.registered().opened()
else:
    for number in range(int(sys.argv[2])):
        files = upload(b"evidence %d " % number * 700)
        case.do(BUYER, AddEvidence(files))
        os.write(1, f"ACK {files[0].sha256}\\n".encode())
"""


@dataclass(frozen=True)
class Operation:
    """One recorded operation on the disk, or an acknowledgement."""

    kind: str
    path: str = ""
    offset: int = 0
    data: bytes = b""
    target: str = ""


@dataclass
class Disk:
    """What a disk holds for sure, and what is still on its way to it."""

    names: dict[str, int]
    kept: dict[int, bytearray]
    volatile: dict[str, int] = field(default_factory=dict)
    writes: dict[int, list[Operation]] = field(default_factory=dict)
    naming: list[tuple[str, str, int | None]] = field(default_factory=list)

    def do(self, one: Operation, *, sync: bool) -> None:
        """Carry out one operation. Without `sync` syncing keeps nothing."""
        match one.kind:
            case "create" if one.path not in self.volatile:
                self._name(one.path, self._new())
            case "write" | "truncate" if one.path in self.volatile:
                self.writes.setdefault(self.volatile[one.path], []).append(one)
            case "unlink" if one.path in self.volatile:
                self._name(one.path, None)
            case "link" if one.path in self.volatile:
                self._name(one.target, self.volatile[one.path])
            case "rename" if one.path in self.volatile:
                self._name(one.target, self.volatile[one.path])
                self._name(one.path, None)
            case "sync" if sync:
                self._sync(one.path)

    def _new(self) -> int:
        number = len(self.kept) + 1
        self.kept[number] = bytearray()
        return number

    def _name(self, path: str, inode: int | None) -> None:
        self.naming.append((os.path.dirname(path), path, inode))
        if inode is None:
            del self.volatile[path]
        else:
            self.volatile[path] = inode

    def _sync(self, path: str) -> None:
        inode = self.volatile.get(path)
        if inode is not None:
            for one in self.writes.pop(inode, []):
                _apply(self.kept[inode], one)
            return
        for folder, name, named in [one for one in self.naming if one[0] == path]:
            _named(self.names, name, named)
            self.naming.remove((folder, name, named))

    def image(self, chance: random.Random, likely: float) -> dict[str, bytes]:
        """What is there after a cut: the rest survives by chance."""
        names = dict(self.names)
        for _, name, inode in self.naming:
            if chance.random() < likely:
                _named(names, name, inode)
        found = {}
        for name, inode in names.items():
            content = bytearray(self.kept[inode])
            for one in self.writes.get(inode, []):
                if chance.random() < likely:
                    _apply(content, one)
            found[name] = bytes(content)
        return found


def _named(names: dict[str, int], name: str, inode: int | None) -> None:
    if inode is None:
        names.pop(name, None)
    else:
        names[name] = inode


def _apply(content: bytearray, one: Operation) -> None:
    if one.kind == "truncate":
        del content[one.offset :]
        content.extend(bytes(one.offset - len(content)))
        return
    if len(content) < one.offset:
        content.extend(bytes(one.offset - len(content)))
    content[one.offset : one.offset + len(one.data)] = one.data


def recorded(log: Path, data: Path) -> Iterator[Operation]:
    """The operations on files below `data`, and the acknowledgements, in order."""
    positions: dict[str, int] = {}
    for line in log.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if found is None:
            continue
        call, given, opened = found.groups()
        for one in _read(call, given, _plain(opened or ""), positions):
            if one.kind == "ack" or one.path.startswith(str(data)):
                yield one


def _plain(written: str) -> str:
    """A path or a text as strace writes it, each byte in hex."""
    return bytes.fromhex(written.replace("\\x", "")).decode(errors="replace")


def _read(call: str, given: str, opened: str, positions: dict[str, int]) -> Iterator[Operation]:
    texts = [bytes.fromhex(one.replace("\\x", "")) for one in TEXT.findall(given)]
    place = AT.match(given)
    path = _plain(place.group(1)) if place else ""
    match call:
        case "openat" if opened and "O_CREAT" in given:
            positions[opened] = 0
            yield Operation("create", opened)
        case "write" if texts and texts[0].startswith(b"ACK "):
            yield Operation("ack", data=texts[0])
        case "write" if texts:
            yield Operation("write", path, positions.get(path, 0), texts[0])
            positions[path] = positions.get(path, 0) + len(texts[0])
        case "pwrite64":
            yield Operation("write", path, int(given.rsplit(",", 1)[1]), texts[0])
        case "ftruncate":
            yield Operation("truncate", path, int(given.rsplit(",", 1)[1]))
        case "fsync" | "fdatasync":
            yield Operation("sync", path)
        case "unlink" | "unlinkat":
            yield Operation("unlink", texts[0].decode())
        case "link" | "linkat" | "rename" | "renameat" | "renameat2":
            kind = "link" if call.startswith("link") else "rename"
            yield Operation(kind, texts[0].decode(), target=texts[1].decode())


def traced(folder: Path) -> tuple[list[Operation], Path, Path]:
    """A prepared desk, and what it did on the disk while it took evidence."""
    data, before, log = folder / "data", folder / "before", folder / "strace"
    environment = {
        **os.environ,
        "FAIRHOLD_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
        "DATABASE_URL": f"sqlite:///{data / 'fairhold.sqlite3'}",
        "FAIRHOLD_TEST_MODE": "1",
    }
    run = [sys.executable, "-c", WORK]
    migrate = [sys.executable, "-m", "fairhold", "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    subprocess.run([*run, "prepare"], env=environment, check=True)
    shutil.copytree(data, before)
    strace = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run(
        [*strace, *run, "work", str(SUBMISSIONS)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return list(recorded(log, data)), before, data


def fresh(before: Path, data: Path) -> Disk:
    """The disk as it was before the first operation."""
    names: dict[str, int] = {}
    kept: dict[int, bytearray] = {}
    for number, path in enumerate(sorted(one for one in before.rglob("*") if one.is_file()), 1):
        names[str(data / path.relative_to(before))] = number
        kept[number] = bytearray(path.read_bytes())
    return Disk(names, kept, dict(names))


def broken(image: dict[str, bytes], acknowledged: set[str], data: Path) -> str | None:
    """What is wrong with an image; None where all is well."""
    with tempfile.TemporaryDirectory(dir=SHM) as folder:
        for name in ("fairhold.sqlite3", "fairhold.sqlite3-journal"):
            if str(data / name) in image:
                (Path(folder) / name).write_bytes(image[str(data / name)])
        try:
            connection = sqlite3.connect(Path(folder) / "fairhold.sqlite3")
            [[sound]] = connection.execute("PRAGMA integrity_check").fetchall()
            sql = "SELECT payload FROM journal_entry WHERE type = 'EvidenceSubmitted'"
            rows = connection.execute(sql).fetchall()
            connection.close()
        except sqlite3.DatabaseError as error:
            return f"the database cannot be read: {error}"
    if sound != "ok":
        return f"the database is not whole: {sound}"
    named = {one["sha256"] for row in rows for one in json.loads(row[0])["exhibits"]}
    if acknowledged - named:
        return f"{len(acknowledged - named)} acknowledged entries are lost"
    for digest in named & MADE_HERE:
        content = image.get(str(data / "evidence" / digest[:2] / digest))
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return f"the journal names {digest[:12]}, its bytes are not there"
    return None


SHM = "/dev/shm" if Path("/dev/shm").is_dir() else None
MADE_HERE: set[str] = set()


def images(part: tuple[int, int, int, bool, str]) -> tuple[int, list[str]]:
    """Check the images of one worker; how many, and what was wrong."""
    worker, workers, wanted, sync, folder = part
    operations, before, data = load(Path(folder))
    MADE_HERE.update(one.data.decode().split()[1] for one in operations if one.kind == "ack")
    disk, acknowledged, found, count = fresh(before, data), set(), [], 0
    each = max(1, -(-wanted // len(operations)))
    for place, one in enumerate(operations):
        if one.kind == "ack":
            acknowledged.add(one.data.decode().split()[1])
        disk.do(one, sync=sync or "/evidence/" not in f"{one.path}/")
        for turn in range(each):
            if (place * each + turn) % workers != worker:
                continue
            chance = random.Random(f"{place}.{turn}")
            image = disk.image(chance, CHANCES[turn % len(CHANCES)])
            wrong = broken(image, acknowledged, data)
            count += 1
            if wrong:
                found.append(f"cut after operation {place} ({one.kind}), turn {turn}: {wrong}")
    return count, found


def load(folder: Path) -> tuple[list[Operation], Path, Path]:
    """What was traced, read again in a worker."""
    data = folder / "data"
    return list(recorded(folder / "strace", data)), folder / "before", data


def checked(folder: Path, wanted: int, *, sync: bool) -> tuple[int, list[str]]:
    """Check so many images on every core."""
    workers = os.cpu_count() or 1
    parts = [(worker, workers, wanted, sync, str(folder)) for worker in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        results = list(pool.map(images, parts))
    return sum(count for count, _ in results), [one for _, found in results for one in found]


def main(wanted: int) -> None:
    """Trace once, check many images, then see that left-out syncs are found."""
    with tempfile.TemporaryDirectory() as folder:
        operations, _, _ = traced(Path(folder))
        acks = sum(one.kind == "ack" for one in operations)
        print(f"{len(operations)} operations, {acks} acknowledged submissions")
        count, found = checked(Path(folder), wanted, sync=True)
        print(f"{count} images: {len(found)} broken")
        for one in found[:10]:
            print(f"  {one}")
        control, planted = checked(Path(folder), len(operations), sync=False)
        print(f"{control} images without the syncs of evidence: {len(planted)} broken, as wanted")
        if found or acks != SUBMISSIONS or not planted or count < wanted:
            sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
