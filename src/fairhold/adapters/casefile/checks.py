"""The inner checks of a case file: journal, words, exhibits, custody, log, stamps, signature.

Each check gives one line of a report or raises Broken. Nothing is looked up anywhere else: what the
file says about itself is held against its own proofs, and its keys against those that were given.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785
from cryptography import x509

from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.bag import SEAL, TAG_MANIFEST, sealed_text
from fairhold.adapters.casefile.container import Broken, Opened, opened
from fairhold.adapters.casefile.papers import signature_holds
from fairhold.adapters.notary.notes import signed_by, witnesses_of
from fairhold.adapters.notary.stamps import examine
from fairhold.core.journal.chain import GENESIS, Entry, hash_of
from fairhold.core.journal.custody import Custody, custody_hash
from fairhold.core.journal.merkle import included, leaf_hash
from fairhold.core.journal.note import Note, NoteError, read, read_checkpoint
from fairhold.core.journal.words import refs
from fairhold.core.values.plain import PlainError, from_plain
from fairhold.core.values.words import digest_of

Json = Any
# What reading a file raises that was not made by us.
FORM_FAULTS = (NoteError, PlainError, KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Held:
    """A check that holds: its name, and what it found."""

    name: str
    found: str


def verify(path: Path, keys: Sequence[str] = ()) -> Iterator[Held]:
    """Check a case file from the outside in. `keys` are those of the desk as known elsewhere.

    Raises: Broken, naming the item that does not hold.
    """
    file = opened(path)
    size = sum(file.sizes.values())
    yield Held("archive and manifests", f"{len(file.sizes)} files, {size} bytes, every digest")
    try:
        yield from _inside(file, keys)
    except FORM_FAULTS as error:
        told = f"{type(error).__name__}: {error}"
        raise Broken(f"the case file does not have its form: {told}") from error


def _inside(file: Opened, keys: Sequence[str]) -> Iterator[Held]:
    lines = [line for line in file.content(layout.KEYS).decode().split("\n") if line]
    own = lines[0]
    if keys and own not in keys:
        raise Broken(f"{layout.KEYS}: the key {own} is none of those you trust")
    case = json.loads(file.content(layout.CASE))
    yield _seal(file, case, own, trusted=bool(keys))
    journal = list(_journal(file))
    yield Held("journal", f"entries 1 to {len(journal)}, each linked to the one before")
    yield _texts(file, journal)
    yield _exhibits(file, journal)
    yield _custody(file)
    yield _log(file, journal, own)
    yield _witnesses(file, lines[1:], keys)
    yield from _stamped(file)
    yield from _paper(file)


def _seal(file: Opened, case: Json, key: str, *, trusted: bool) -> Held:
    note = read(file.tags[SEAL])
    wanted = sealed_text(case["number"], case["moment"], file.tags[TAG_MANIFEST])
    if note.text != wanted:
        raise Broken(f"{SEAL}: it seals another case, moment or content")
    if not signed_by(note, key):
        raise Broken(f"{SEAL}: its signature is not by the key {key}")
    compared = "a key you trust" if trusted else "NOT compared with any key you trust"
    return Held("seal", f"signed by {key} ({compared})")


def _journal(file: Opened) -> Iterator[Json]:
    """The records of the journal, each checked against its hash and the one before."""
    prev = GENESIS
    for place, record in enumerate(_lines(file, layout.JOURNAL), 1):
        if record["seq"] != place:
            raise Broken(f"{layout.JOURNAL}: expected entry {place}, got {record['seq']}")
        if "withheld" not in record:
            entry = Entry(**{**record, "at": datetime.fromisoformat(record["at"])})
            if entry.prev_hash != prev:
                raise Broken(f"{layout.JOURNAL}: entry {place} does not link to entry {place - 1}")
            if hash_of(entry) != entry.hash:
                raise Broken(f"{layout.JOURNAL}: entry {place} does not match its hash")
        prev = record["hash"]
        yield record


def _lines(file: Opened, name: str) -> Iterator[Json]:
    for number, line in enumerate(file.content(name).split(b"\n")[:-1], 1):
        record = json.loads(line)
        if rfc8785.dumps(record) != line:
            raise Broken(f"{name}: line {number} is not in its canonical form")
        yield record


def _texts(file: Opened, journal: list[Json]) -> Held:
    """Every text is the one whose salted digest stands in the journal."""
    named = dict(pair for record in journal for pair in refs(record.get("payload")))
    texts = json.loads(file.content(layout.TEXTS))
    for one in texts:
        if named.get(one["id"]) != digest_of(one["salt"], one["text"]):
            raise Broken(f"{layout.TEXTS}: text {one['id']} is not the one in the journal")
    left = {one["item"] for one in json.loads(file.content(layout.LEFT_OUT))}
    missing = named.keys() - {one["id"] for one in texts} - left
    if missing:
        raise Broken(
            f"{layout.TEXTS}: text {min(missing)} is neither there nor said to be left out"
        )
    return Held("words", f"{len(texts)} texts match the digests in the journal")


def _exhibits(file: Opened, journal: list[Json]) -> Held:
    """Every file is one that was submitted, with the bytes that were submitted."""
    submitted = {one["sha256"] for record in journal for one in _files(record)}
    unopened = 0
    listed = json.loads(file.content(layout.EXHIBITS))
    there = {name for name in file.sizes if name.startswith(layout.FILES)}
    for one in listed:
        path = one.get("path")
        if path is None:
            continue
        if file.digests.get(path) != one["file_sha256"]:
            raise Broken(f"{path}: expected the bytes {one['file_sha256']}, as {one['name']} says")
        if one["file_sha256"] not in submitted:
            if not _withheld(journal, one.get("entry")):
                raise Broken(f"{one['name']}: the journal knows no file {one['file_sha256']}")
            unopened += 1
        there.discard(path)
    if there:
        raise Broken(f"{min(there)}: a file that is not listed")
    count = sum(1 for one in listed if one.get("path"))
    told = f"{count - unopened} files as submitted"
    if unopened:
        told += f"; {unopened} whose entry is withheld from this side: the seal alone vouches"
    return Held("exhibits", told)


def _withheld(journal: list[Json], entry: object) -> bool:
    """Whether the entry that a file came with is there by its hash alone."""
    if not isinstance(entry, int) or not 1 <= entry <= len(journal):
        return False
    return "withheld" in journal[entry - 1]


def _files(record: Json) -> Iterator[Json]:
    payload = record.get("payload") or {}
    if record.get("type") == "EvidenceSubmitted":
        yield from payload["exhibits"]
    elif record.get("type") == "MessageWritten":
        yield from payload.get("attachments") or ()
    elif record.get("type") == "EvidenceRedacted":
        yield payload["copy"]


def _custody(file: Opened) -> Held:
    prev, count = GENESIS, 0
    for place, record in enumerate(_lines(file, layout.CUSTODY), 1):
        if record["seq"] != place:
            raise Broken(f"{layout.CUSTODY}: expected event {place}, got {record['seq']}")
        if "withheld" not in record:
            event = from_plain(Custody, record)
            if event.prev_hash != prev or custody_hash(event) != event.hash:
                raise Broken(f"{layout.CUSTODY}: event {place} does not link or match its hash")
        prev, count = record["hash"], place
    return Held("custody", f"{count} events, each linked to the one before")


def _log(file: Opened, journal: list[Json], key: str) -> Held:
    """The head of the journal stands in the log that the checkpoint signs."""
    note = read(file.content(layout.CHECKPOINT).decode())
    checkpoint = read_checkpoint(note.text)
    if not signed_by(note, key):
        raise Broken(f"{layout.CHECKPOINT}: its signature is not by the key {key}")
    proof = json.loads(file.content(layout.INCLUSION))
    leaf = proof["leaf"]
    if not 1 <= leaf["seq"] <= len(journal) or journal[leaf["seq"] - 1]["hash"] != leaf["hash"]:
        raise Broken(f"{layout.INCLUSION}: its leaf is not an entry of this journal")
    path = [bytes.fromhex(one) for one in proof["path"]]
    hashed = leaf_hash(rfc8785.dumps(leaf))
    if not included(hashed, proof["index"], checkpoint.size, path, checkpoint.root):
        raise Broken(f"{layout.INCLUSION}: the path does not lead to the checkpoint's root")
    return Held("log", f"entry {leaf['seq']} is leaf {proof['index']} of {checkpoint.size}")


def _witnesses(file: Opened, lines: list[str], keys: Sequence[str]) -> Held:
    note = read(file.content(layout.CHECKPOINT).decode())
    given = file.content(layout.COSIGNATURES).decode()
    if not given:
        return Held("witnesses", "none has put its name to this checkpoint")
    both = read(f"{note.text}\n{given}")
    names = witnesses_of(both, lines)
    for one in both.signatures:
        if not any(signed_by(Note(both.text, (one,)), line) for line in lines):
            raise Broken(f"{layout.COSIGNATURES}: the signature of {one.name} does not hold")
    told = ", ".join(sorted(set(names)))
    known = all(line in keys for line in lines if signed_by(both, line))
    return Held("witnesses", told if known else f"{told} (keys NOT compared with any you trust)")


def _stamped(file: Opened) -> Iterator[Held]:
    if layout.STAMP not in file.sizes:
        yield Held("time-stamp", "none: no outside authority stamped this checkpoint")
        return
    roots: list[Any] = []
    if layout.STAMP_ROOTS in file.sizes:
        roots = x509.load_pem_x509_certificates(file.content(layout.STAMP_ROOTS))
    found = examine(file.content(layout.STAMP), file.content(layout.CHECKPOINT), roots)
    if found.verdict == "bad":
        raise Broken(f"{layout.STAMP}: {found.why}")
    when = _told(found.at)
    good = (
        "verified by the roots in this file"
        if found.verdict == "good"
        else f"kept, not verified here ({found.why})"
    )
    yield Held("time-stamp", f"{when}, {good}")


def _told(at: datetime | None) -> str:
    return at.isoformat() if at else "of an unread time"


def _paper(file: Opened) -> Iterator[Held]:
    signature_holds(file.content(layout.PAPER), file.content(layout.CERTIFICATE))
    yield Held("paper", "the signature covers the whole PDF")
