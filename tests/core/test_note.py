"""Signed notes and checkpoints: their one form, and what is no note."""

import base64

import pytest

from fairhold.core.journal.note import (
    COSIGNATURE,
    DASH,
    ED25519,
    LONGEST_NOTE,
    Checkpoint,
    Note,
    NoteError,
    Signature,
    cosigned_text,
    key_id,
    key_line,
    read,
    read_checkpoint,
    read_key,
    written,
)

ROOT = bytes(range(32))
CHECKPOINT = Checkpoint("desk.example/log", 7, ROOT)
SIGNED = Note(
    CHECKPOINT.text,
    (Signature("desk.example/log", b"\x01\x02\x03\x04", b"s" * 64), Signature("w", b"abcd", b"t")),
)


def test_a_note_reads_back_as_written():
    published = written(SIGNED)
    assert published.split("\n")[:4] == [
        "desk.example/log",
        "7",
        base64.b64encode(ROOT).decode(),
        "",
    ]
    assert read(published) == SIGNED
    assert read_checkpoint(SIGNED.text) == CHECKPOINT


def test_a_key_reads_back_as_written():
    line = key_line("desk.example/log", ED25519, ROOT)
    assert read_key(line) == ("desk.example/log", ED25519, ROOT)
    assert key_id("a", ED25519, ROOT) != key_id("a", COSIGNATURE, ROOT)


def test_a_witness_signs_a_time_and_the_whole_text():
    assert cosigned_text("a\n", 12) == b"cosignature/v1\ntime 12\na\n"


GOOD = written(SIGNED)


@pytest.mark.parametrize(
    "published",
    [
        "",
        "text\n",
        CHECKPOINT.text,
        GOOD[:-1],
        GOOD.replace(DASH, "-"),
        GOOD.replace(" w ", " "),
        GOOD + f"{DASH} w ?\n",
        GOOD + f"{DASH} w {base64.b64encode(b'abcd').decode()}\n",
        GOOD + f"{DASH} w YWJjZGZ=\n",
        "x" * LONGEST_NOTE + GOOD,
    ],
)
def test_is_no_note(published):
    with pytest.raises(NoteError, match="expected"):
        read(published)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\none\nAAAA\n",
        "a\n01\n" + base64.b64encode(ROOT).decode() + "\n",
        "a\n1\nAAAA\n",
        "a\n1\n?\n",
        CHECKPOINT.text + "more\n",
    ],
)
def test_is_no_checkpoint(text):
    with pytest.raises(NoteError, match="expected"):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "line",
    ["", "a+b+?", "a+00000000+AAAA", key_line("a", ED25519, ROOT).replace("a+", "b+", 1)],
)
def test_is_no_key(line):
    with pytest.raises(NoteError, match="expected a key"):
        read_key(line)
