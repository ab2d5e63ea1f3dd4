"""Case files that somebody changed: a byte, a record with every digest made anew, the archive."""

import io
import json
import random
import zipfile

import pytest

from dossier import bag_of, full_case, on_disk, seen_by
from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.archive import written
from fairhold.adapters.casefile.bag import TAG_MANIFEST, packed, sealed_text, small, with_seal
from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.casefile.container import Broken
from fairhold.adapters.notary.notes import signer
from fairhold.core.journal.note import written as note_text
from fairhold.flow.casefile.assembled import export
from fairhold.flow.desk import current
from flow.evidence.test_case_file import inside
from world import BUYER

pytestmark = pytest.mark.django_db


def test_one_changed_byte_anywhere_is_found(tmp_path):
    path = on_disk(bag_of(full_case()), tmp_path)
    content = path.read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        place = chance.randrange(len(content))
        spoiled = bytearray(content)
        spoiled[place] ^= chance.randrange(1, 256)
        path.write_bytes(bytes(spoiled))
        with pytest.raises(Broken):
            list(verify(path))
    for other in (content + b"x", content[:-1], b"", content[:1000]):
        path.write_bytes(other)
        with pytest.raises(Broken):
            list(verify(path))
    path.unlink()
    with pytest.raises(Broken, match="cannot be read"):
        list(verify(path))


def rebuilt(path, changes, *, seal=True):
    """The archive with some of its files changed, and every digest and the seal made anew."""
    files = {**inside(path), **changes}
    kept = {name: one for name, one in files.items() if name.startswith("data/")}
    payloads = [small(name, one) for name, one in kept.items() if one is not None]
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    info.pop("Payload-Oxum")
    bag = packed("bag", payloads, info)
    case = json.loads(files[layout.CASE])
    signed = current().proofs.signer if seal else signer("127.0.0.1/fairhold", bytes(32))
    note = signed.signed(sealed_text(case["number"], case["moment"], bag.tags[TAG_MANIFEST]))
    path.write_bytes(b"".join(written(with_seal(bag, note_text(note)).members())))
    return path


def edited(content, change):
    value = json.loads(content)
    change(value)
    return json.dumps(value).encode()


def swap(old, new):
    return lambda content: content.replace(old, new, 1)


FORGED = [
    (layout.JOURNAL, swap(b'"actor_role":"buyer"', b'"actor_role":"seller"'), "match its hash"),
    (layout.JOURNAL, lambda one: one.split(b"\n", 1)[1], "expected entry 1"),
    (layout.JOURNAL, swap(b'{"actor_id"', b'{ "actor_id"'), "canonical form"),
    (layout.JOURNAL, lambda one: one[: one[:-1].rindex(b"\n") + 1], "leaf is not an entry"),
    (layout.TEXTS, swap(b"Their price.", b"Their price!"), "is not the one in the journal"),
    (layout.TEXTS, lambda one: edited(one, lambda texts: texts.pop()), "neither there"),
    (layout.EXHIBITS, swap(b'"path"', b'"p"'), "not listed"),
    (
        layout.EXHIBITS,
        lambda one: edited(one, lambda lines: lines[0].update(file_sha256="0" * 64)),
        "expected the bytes",
    ),
    (layout.CHECKPOINT, swap(b"\n1\n", b"\n2\n"), "signature is not by the key"),
    (
        layout.INCLUSION,
        lambda one: edited(one, lambda proof: proof.update(index=3)),
        "does not lead to",
    ),
    (layout.INCLUSION, lambda _: b"{}", "does not have its form"),
    (layout.COSIGNATURES, lambda _: "\u2014 w YWJjZGVmZ2g=\n".encode(), "does not hold"),
    (layout.PAPER, lambda one: one + b"\n% more", "cover all"),
    (layout.PAPER, lambda _: b"%PDF-1.4", "cannot be read"),
    (layout.PAPER, swap(b"Dispute", b"dispute"), "does not hold"),
    (layout.KEYS, lambda _: b"nonsense\n", "does not have its form"),
]


@pytest.mark.parametrize(("name", "change", "why"), FORGED)
def test_a_forger_who_makes_every_digest_and_the_seal_anew_is_found(name, change, why, tmp_path):
    path = on_disk(bag_of(full_case()), tmp_path)
    content = change(inside(path).get(name, b"-"))
    rebuilt(path, {name: content})
    with pytest.raises(Broken, match=why):
        list(verify(path))


def test_a_file_more_or_less_is_found(tmp_path):
    path = on_disk(bag_of(full_case()), tmp_path)
    rebuilt(path, {"data/files/E9.txt": b"smuggled"})
    with pytest.raises(Broken, match="not listed"):
        list(verify(path))
    path = on_disk(bag_of(full_case()), tmp_path)
    rebuilt(path, {layout.TEXTS: None})
    with pytest.raises(Broken, match="expected in every case file"):
        list(verify(path))


def test_custody_that_was_rewritten_is_found(tmp_path):
    case = full_case()
    export(current(), seen_by(case, BUYER))
    path = on_disk(bag_of(case), tmp_path)
    content = inside(path)[layout.CUSTODY]
    rebuilt(path, {layout.CUSTODY: content.replace(b"exported", b"viewed")})
    with pytest.raises(Broken, match="does not link or match"):
        list(verify(path))
    rebuilt(path, {layout.CUSTODY: content.replace(b'"seq":1', b'"seq":2')})
    with pytest.raises(Broken, match="expected event 1"):
        list(verify(path))


def test_another_seal_is_found(tmp_path):
    path = on_disk(bag_of(full_case()), tmp_path)
    rebuilt(path, {}, seal=False)
    with pytest.raises(Broken, match="not by the key"):
        list(verify(path))
    rebuilt(path, {layout.CASE: inside(path)[layout.CASE]})
    files = inside(path)
    wrong = edited(files[layout.CASE], lambda one: one.update(number="D-0000-0000"))
    kept = files["seal.txt"]
    rebuilt(path, {layout.CASE: wrong})
    content = path.read_bytes().replace(inside(path)["seal.txt"], kept)
    path.write_bytes(content)
    with pytest.raises(Broken):
        list(verify(path))


def archive(*members):
    return b"".join(written(small(path, content).member for path, content in members))


TAGS = [(f"b/{name}", b"x") for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")]
TAGS += [("b/tagmanifest-sha256.txt", b"x"), ("b/seal.txt", b"x")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (archive(("a/x", b"")), "begin with"),
        (archive(("a/x", b""), ("b/y", b"")), "inside the folder"),
        (archive(("a/../x", b"")), "inside the folder"),
        (archive(*TAGS, ("b/data/z", b""), ("b/data/a", b"")), "in the order"),
        (archive(*TAGS, ("b/other", b"")), "in the order"),
        (archive(*TAGS, ("b/data/a", b"")), "declaration of BagIt"),
        (archive(("b/bagit.txt", b"\xff"), *TAGS[1:]), "expected UTF-8"),
        (archive(("b/bagit.txt", b"x" * (5 << 20)), *TAGS[1:]), "larger than"),
        (b"PK\x05\x06" + bytes(18), "expected 1 to"),
        (b"not a zip", "cannot be read"),
    ],
)
def test_an_archive_that_is_no_case_file(content, why, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(Broken, match=why):
        list(verify(path))


def test_a_compressed_or_doubled_member_is_found(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in TAGS:
            made.writestr(name, content * 50)
    with pytest.raises(Broken):
        list(verify(path))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        made.writestr("b/bagit.txt", b"x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("b/bagit.txt", b"y")
    path.write_bytes(kept.getvalue())
    with pytest.raises(Broken, match="twice"):
        list(verify(path))
