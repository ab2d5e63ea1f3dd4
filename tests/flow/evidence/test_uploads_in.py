"""Files on their way in: whatever comes, none crashes, none runs, the others are kept."""

import io
import random
import socket
import struct
import threading
import zipfile
import zlib
from contextlib import contextmanager, suppress

import pytest
from PIL import ExifTags, Image

from dossier import picture, seen_by, upload
from fairhold.adapters.pictures import PictureFault, apart, blackened, likeness, look
from fairhold.adapters.scanning import NoScanner, Scan
from fairhold.adapters.scanning.clamd import Clamd
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.flow.downloads import download, thumbnail
from fairhold.flow.intake.mails import Bytes
from fairhold.flow.intake.redacting import (
    BLACK,
    RedactionError,
    redacted,
    without_contacts,
)
from fairhold.flow.intake.uploads import (
    LARGEST_FILE_BYTES,
    Called,
    UploadError,
    clean_name,
    store,
    submitted,
)
from fairhold.flow.sealing import drain
from fairhold.flow.sightings import sightings
from fairhold.store import custody, files
from replacing import replaced
from world import BUYER, SELLER, SPECIALIST, Case, photo

pytestmark = pytest.mark.django_db


def chunk(kind, content):
    body = kind + content
    return struct.pack("!I", len(content)) + body + struct.pack("!I", zlib.crc32(body))


def png(width, height, content=b""):
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def jpeg_with(exif_bytes):
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=exif_bytes)
    return made.getvalue()


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", b"0" * (20 << 20))
    return made.getvalue()


GIF_JS = b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)"
TAKEN = {
    "pixel flood": png(60_000, 60_000, zlib.compress(bytes(1000))),
    "cut short": picture()[:300],
    "png then zip": picture() + zipped()[:2000],
    "png then html": picture() + b"<script>x()</script>",
    "gif that is a script": GIF_JS,
    "bad exif": jpeg_with(b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 200),
    "endless exif": jpeg_with(b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\0" * 60),
    "pdf with a script": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(x())>>>>endobj\n%%EOF",
    "text that says html later": b"hello\n<script>x()</script>",
    "mail": b"From: a@b.example\nSubject: x\nDate: y\n\n<script>x()</script>",
}
REFUSED = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "html": b"<!doctype html><script>x()</script>",
    "html after blanks": b"\n\t <html>",
    "xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
    "zip bomb": zipped(),
    "program": b"MZ" + bytes(200),
    "elf": b"\x7fELF" + bytes(200),
    "shell with zero": b"#!/bin/sh\0rm",
    "office macro": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "empty": b"",
    "random": random.Random(3).randbytes(4096),
    "utf-16 page": "<html>".encode("utf-16"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_hostile_file_of_a_kind_we_take_is_kept_byte_for_byte_and_never_run(name):
    content = TAKEN[name]
    stored = store(current(), Bytes(f"{name}.bin", content))
    assert b"".join(current().blobs.read(stored.sha256)) == content
    case = Case().registered().opened(evidence=submitted(current(), [stored]))
    found = download(current(), seen_by(case, SELLER), 1)
    assert found.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert found.headers["Content-Type"] in {
        "image/png",
        "image/gif",
        "image/jpeg",
        "application/pdf",
        "text/plain",
        "message/rfc822",
    }
    assert b"".join(found.chunks) == content


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_another_kind_is_refused_with_its_name_and_the_cure(name):
    with pytest.raises(UploadError, match=r"“x\.bin”") as error:
        store(current(), Bytes("x.bin", REFUSED[name]))
    assert "Send" in str(error.value) or "Choose" in str(error.value)


def test_hundreds_of_spoiled_pictures_crash_nothing():
    chance = random.Random(11)
    whole = {kind: picture(3, (64, 48), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")}
    for _ in range(120):
        for content in whole.values():
            spoiled = bytearray(content)
            for _ in range(chance.randrange(1, 12)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            with suppress(PictureFault):
                look(io.BytesIO(bytes(spoiled[: chance.randrange(20, len(spoiled) + 1)])))


class Large:
    """A hundred megabytes that are never in memory at once."""

    name = "film.txt"
    size = 100 << 20

    def chunks(self):
        return (b"film " * 13_107 for _ in range(1_600))


def test_a_hundred_megabytes_are_refused_and_leave_nothing_behind():
    before = set((current().blobs._folder / "incoming").iterdir())
    with pytest.raises(UploadError, match="larger than 50 MB"):
        store(current(), Large())
    assert set((current().blobs._folder / "incoming").iterdir()) == before
    assert Large.size > LARGEST_FILE_BYTES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\photo.png", "photo.png"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\0\r\n", "file"),
        (" . ", "file"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_file_name_is_shown_safely(typed, kept):
    assert clean_name(typed) == kept


def test_what_a_camera_wrote_is_shown_and_the_copy_has_none_of_it():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Cam\u0000\x07maker"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:02 10:11:12"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update({1: "N", 2: (33.0, 35.0, 30.0), 3: "W", 4: (7.0, 36.0, 0.0)})
    made = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(made, "JPEG", exif=exif)
    seen = look(io.BytesIO(made.getvalue()))
    assert seen.taken == {
        "time": "2026-03-02 10:11:12",
        "place": "33.59167, -7.60000",
        "maker": "Cammaker",
    }
    assert not Image.open(io.BytesIO(seen.thumbnail)).getexif()
    stored = store(current(), Bytes("a.jpg", made.getvalue()))
    case = Case().registered().opened(evidence=submitted(current(), [stored]))
    small = thumbnail(current(), seen_by(case, SELLER), 1)
    assert Image.open(io.BytesIO(b"".join(small.chunks))).size <= (480, 480)
    assert [one.act for one in custody.events_of(case.order_id)] == ["viewed"]


@pytest.mark.parametrize("value", ["2026:99:02 10:11:12", "yesterday", 7])
def test_nonsense_of_a_camera_is_not_shown(value):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = str(value)
    made = io.BytesIO()
    Image.new("RGBA", (40, 40)).save(made, "PNG", exif=exif)
    assert look(io.BytesIO(made.getvalue())).taken == {}


def test_there_is_no_small_picture_of_what_is_none():
    case = Case().registered().opened(evidence=upload(b"hello"))
    assert thumbnail(current(), seen_by(case, SELLER), 1) is None
    assert thumbnail(current(), seen_by(case, SELLER), 9) is None


def test_a_plain_picture_has_no_likeness_and_a_saved_copy_has_nearly_the_same():
    assert likeness(Image.new("RGB", (200, 200), (9, 9, 9))) is None
    original = Image.open(io.BytesIO(picture(2)))
    made = io.BytesIO()
    original.resize((200, 150)).save(made, "JPEG", quality=40)
    copy = likeness(Image.open(io.BytesIO(made.getvalue())))
    assert apart(likeness(original), copy) <= 7
    assert apart(likeness(original), likeness(Image.open(io.BytesIO(picture(9))))) > 7


def test_the_same_and_a_similar_picture_of_another_case_are_told_to_the_desk_with_their_places():
    def stored(content):
        return submitted(current(), [store(current(), Bytes("a.png", content))])

    original = picture(2, (640, 480))
    smaller = io.BytesIO()
    Image.open(io.BytesIO(original)).resize((320, 240)).save(smaller, "JPEG", quality=60)
    first = Case().registered().opened(evidence=stored(original))
    second = Case().registered().opened(evidence=stored(original))
    second.do(SELLER, asked.AddEvidence(stored(smaller.getvalue())))
    Case().registered().opened(evidence=stored(picture(9)))
    drain(current())
    known = files.known(one.sha256 for one in second.file.the_dispute.exhibits)
    found = sightings(second.order_id, second.file.the_dispute, known)
    told = {(one.exhibit, one.place.number, one.place.exhibit, one.same) for one in found}
    number = first.file.the_dispute.number
    assert told == {(1, number, "E1", True), (2, number, "E1", False)}
    assert all(one.apart <= 7 for one in found)


@contextmanager
def daemon(answer, *, hang_up=False):
    """Something that listens like clamd and answers this."""
    server = socket.create_server(("127.0.0.1", 0))
    got = []

    def serve():
        connection, _ = server.accept()
        with connection:
            if not hang_up:
                while not b"".join(got).endswith(b"\0\0\0\0"):
                    got.append(connection.recv(65536))
            connection.sendall(answer)

    running = threading.Thread(target=serve, daemon=True)
    running.start()
    try:
        yield Clamd(f"127.0.0.1:{server.getsockname()[1]}"), got
    finally:
        running.join(timeout=5)
        server.close()


@pytest.mark.parametrize(
    ("answer", "scan"),
    [
        (b"stream: OK\0", Scan.CLEAN),
        (b"stream: Eicar FOUND\0", Scan.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Scan.NOT_SCANNED),
        (b"", Scan.NOT_SCANNED),
    ],
)
def test_the_answers_of_a_virus_scanner(answer, scan):
    with daemon(answer) as (scanner, got):
        assert scanner.scan([b"abc" * 50_000, b"x"]).scan is scan
    assert b"".join(got).startswith(b"zINSTREAM\0\0\1\0\0abc")


def test_a_scanner_that_hangs_up_or_is_not_there_gives_no_verdict():
    with daemon(b"", hang_up=True) as (scanner, _):
        assert scanner.scan([bytes(8 << 20)]).scan is Scan.NOT_SCANNED
    for address in ("127.0.0.1:1", "/nonexistent/socket"):
        verdict = Clamd(address).scan([b"x"])
        assert verdict.scan is Scan.NOT_SCANNED
        assert "cannot be asked" in verdict.note
    assert NoScanner().scan([b"x"]).scan is Scan.NOT_SCANNED


def test_an_infected_file_is_refused_and_nothing_of_it_kept():
    before = set(current().blobs._folder.rglob("*"))
    with (
        daemon(b"stream: Eicar-Test FOUND\0") as (scanner, _),
        replaced(scanner=scanner),
        pytest.raises(UploadError, match=r"“a\.txt” was not taken.*Eicar-Test"),
    ):
        store(current(), Bytes("a.txt", b"bad words"))
    assert set(current().blobs._folder.rglob("*")) == before


def test_what_nobody_scanned_is_never_called_clean_and_a_later_scan_counts():
    stored = store(current(), Bytes("a.txt", b"some words"))
    assert files.known([stored.sha256])[stored.sha256].scan == "not_scanned"
    with daemon(b"stream: OK\0") as (scanner, _), replaced(scanner=scanner):
        store(current(), Bytes("a.txt", b"some words"))
    assert files.known([stored.sha256])[stored.sha256].scan == "clean"
    store(current(), Bytes("a.txt", b"some words"))
    assert files.known([stored.sha256])[stored.sha256].scan == "clean"


def test_a_picture_is_redacted_by_boxes_and_a_text_by_itself():
    case = Case().registered().opened(evidence=upload(picture(), "image/png"))
    case.do(BUYER, asked.AddEvidence(upload(b"Call +212 612 345 678, 12 Rue des Orangers")))
    view = seen_by(case, BUYER)
    first, second = view.file.the_dispute.exhibits
    copy = redacted(current(), view, first, [(0, 0, 500, 500)])
    shown = Image.open(io.BytesIO(b"".join(current().blobs.read(copy.sha256))))
    assert shown.getpixel((10, 10)) == (0, 0, 0)
    text = b"".join(current().blobs.read(redacted(current(), view, second, []).sha256)).decode()
    assert "612" not in text
    assert "Orangers" not in text
    case.do(BUYER, asked.RedactEvidence(1, copy))
    others = download(current(), seen_by(case, SELLER), 1)
    assert others.headers["Content-Type"] == "image/jpeg"
    assert thumbnail(current(), seen_by(case, SELLER), 1) is not None
    assert download(current(), seen_by(case, SPECIALIST), 1).headers["Content-Type"] == "image/png"


def test_telephone_numbers_and_addresses_are_blacked_out_and_waybills_stay():
    told = "LX123456785CN from a.b@c.example, +86 755 1234 5678, 88 keji road"
    assert without_contacts(told, ["88 Keji Road, Shenzhen", "x"]) == (
        f"LX123456785CN from {BLACK}, {BLACK}, {BLACK}"
    )


@pytest.mark.parametrize(
    ("content", "kind", "boxes", "why"),
    [
        (picture(), "image/png", [], "1 to 40 boxes"),
        (picture(), "image/png", [(5, 5, 5, 9)], "in thousandths"),
        (picture(), "image/png", [(0, 0, 9, 2_000)], "in thousandths"),
        (b"%PDF-1.4", "application/pdf", [(0, 0, 9, 9)], "Only photos and plain texts"),
        (b"nothing", "image/png", [(0, 0, 9, 9)], "cannot be opened"),
        (b"x" * (3 << 20), "text/plain", [], "too long"),
    ],
)
def test_what_cannot_be_redacted_says_what_to_do(content, kind, boxes, why):
    case = Case().registered().opened(evidence=upload(content, kind))
    view = seen_by(case, BUYER)
    with pytest.raises(RedactionError, match=why):
        redacted(current(), view, view.file.the_dispute.exhibits[0], boxes)


def test_a_flood_of_pixels_is_not_decoded():
    with pytest.raises(PictureFault, match=r"pixels are too many|decoded"):
        look(io.BytesIO(png(9_000, 9_000, zlib.compress(bytes(100)))))
    with pytest.raises(PictureFault):
        blackened(io.BytesIO(b"x"), [])


def test_files_are_described_by_their_owner_and_a_kind_must_be_known():
    stored = store(current(), Bytes("a.txt", b"hello"))
    [one] = submitted(current(), [stored], Called("defect_photo_video", "the crack", True))
    assert (one.kind, one.shows.text, one.platform_only) == (
        "defect_photo_video",
        "the crack",
        True,
    )
    assert one.received_at is not None
    with pytest.raises(UploadError, match="no kind of evidence"):
        submitted(current(), [stored], Called("nonsense"))


def test_a_file_that_was_deleted_is_not_there():
    case = Case().registered().opened(evidence=photo("f"))
    assert download(current(), seen_by(case, SELLER), 1) is None
    current().blobs.remove("f" * 64)
