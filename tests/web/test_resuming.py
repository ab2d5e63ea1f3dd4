"""Uploads that resume: begun, broken off, taken up where they ended, whole and unchanged."""

import base64
import hashlib
from datetime import timedelta

import pytest

from fairhold.flow.desk import current
from fairhold.flow.intake import resuming
from fairhold.store.models import PartialUpload, StagedUpload

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
PIECE = "application/offset+octet-stream"
PLACE = "/uploads/resumable/"


def named(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()}"


def begin(client, length: int, name: str = "lamp.png"):
    headers = {"Upload-Length": str(length), "Upload-Metadata": named(name)}
    return client.post(PLACE, headers=headers)


def send(client, place: str, offset: int, content: bytes, **more: str):
    headers = {"Upload-Offset": str(offset), **more}
    return client.patch(place, content, content_type=PIECE, headers=headers)


def test_says_what_it_can_do(visitors):
    answer = visitors["buyer"].options(PLACE)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert int(answer["Tus-Max-Size"]) == 50 * 1024 * 1024


def test_a_broken_upload_goes_on_where_it_ended_and_stays_the_same(visitors):
    client = visitors["buyer"]
    place = begin(client, len(PNG))["Location"]
    assert send(client, place, 0, PNG[:4000])["Upload-Offset"] == "4000"
    again = client.head(place)
    assert (again["Upload-Offset"], again["Upload-Length"]) == ("4000", str(len(PNG)))
    done = send(client, place, 4000, PNG[4000:])
    staged = StagedUpload.objects.get(id=done["Upload-Staged"])
    assert staged.sha256 == hashlib.sha256(PNG).hexdigest()
    assert staged.name == "lamp.png"
    assert client.head(place)["Upload-Staged"] == staged.id


def test_a_piece_out_of_step_changes_nothing_and_says_where_it_is(visitors):
    client = visitors["buyer"]
    place = begin(client, len(PNG))["Location"]
    send(client, place, 0, PNG[:100])
    answer = send(client, place, 50, PNG[50:200])
    assert answer.status_code == 409
    assert "100" in answer.json()["error"]
    assert client.head(place)["Upload-Offset"] == "100"


def test_a_piece_that_came_in_changed_is_not_taken(visitors):
    client = visitors["buyer"]
    place = begin(client, len(PNG))["Location"]
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    for announced in (f"sha256 {wrong}", "md5 abc", "sha256 !!"):
        answer = send(client, place, 0, PNG[:100], **{"Upload-Checksum": announced})
        assert answer.status_code == 460
    assert client.head(place)["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.sha1(PNG[:100]).digest()).decode()
    fits = send(client, place, 0, PNG[:100], **{"Upload-Checksum": f"sha1 {right}"})
    assert fits["Upload-Offset"] == "100"


@pytest.mark.parametrize(
    ("length", "status", "words"),
    [
        ("0", 422, "is empty"),
        (str(51 * 1024 * 1024), 422, "larger than 50 MB"),
        ("x", 400, "number"),
    ],
)
def test_a_length_that_cannot_be_is_refused_before_any_byte(visitors, length, status, words):
    answer = visitors["buyer"].post(
        PLACE, headers={"Upload-Length": length, "Upload-Metadata": named("a.png")}
    )
    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert not PartialUpload.objects.exists()


def test_a_whole_file_of_a_type_nobody_takes_is_refused_and_gone(visitors):
    client = visitors["buyer"]
    place = begin(client, 6, "a.svg")["Location"]
    answer = send(client, place, 0, b"<svg/>")
    assert answer.status_code == 422
    assert "a.svg" in answer.json()["error"]
    assert client.head(place).status_code == 404


def test_more_than_was_announced_is_refused(visitors):
    client = visitors["buyer"]
    place = begin(client, 10)["Location"]
    assert send(client, place, 0, b"0" * 11).status_code == 413
    assert send(client, place, 0, b"0" * (5 * 1024 * 1024 + 1)).status_code == 413
    assert client.patch(place, b"1", content_type="text/plain").status_code == 400


def test_nobody_else_sees_or_ends_an_upload(visitors):
    place = begin(visitors["buyer"], 10)["Location"]
    for act in (visitors["seller"].head, visitors["seller"].delete):
        assert act(place).status_code == 404
    assert visitors["buyer"].delete(place).status_code == 204
    assert visitors["buyer"].head(place).status_code == 404


def test_what_waited_too_long_is_thrown_away(visitors):
    client = visitors["buyer"]
    place = begin(client, 10)["Location"]
    PartialUpload.objects.update(expires_at=current().clock.now() - timedelta(seconds=1))
    begin(client, 10)
    assert client.head(place).status_code == 404
    assert PartialUpload.objects.count() == 1


def test_bytes_that_are_gone_are_told_apart_from_an_unknown_upload(visitors):
    client = visitors["buyer"]
    place = begin(client, 10)["Location"]
    current().partials.remove(PartialUpload.objects.get().id)
    assert client.head(place).status_code == 410


def test_only_so_many_uploads_can_be_open(visitors):
    for _ in range(resuming.MOST_OPEN):
        begin(visitors["buyer"], 10)
    assert begin(visitors["buyer"], 10).status_code == 429


def test_a_name_that_cannot_be_read_is_no_reason_to_refuse(visitors):
    for metadata in ("filename ???", "filename " + base64.b64encode(b"\xff").decode(), ""):
        headers = {"Upload-Length": "10", "Upload-Metadata": metadata}
        assert visitors["buyer"].post(PLACE, headers=headers).status_code == 201
