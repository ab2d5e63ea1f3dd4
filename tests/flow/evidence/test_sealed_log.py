"""The log of chain heads: appended, signed, witnessed, stamped, audited."""

import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from dossier import full_case, seen_by
from fairhold.adapters.clock import SetClock
from fairhold.adapters.notary.notes import seed_of, signed_by, signer, witnesses_of
from fairhold.adapters.notary.stamps import StampFault, examine
from fairhold.adapters.notary.witness import Unwitnessed, Witness
from fairhold.core.cases.disputes.commands import PostMessage
from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.journal.custody import Act
from fairhold.core.journal.merkle import consistency_proof, included, leaf_hash
from fairhold.core.journal.note import COSIGNATURE, NoteError, read, read_checkpoint
from fairhold.flow import sealing
from fairhold.flow.audit import audit
from fairhold.flow.custody import Shown, note
from fairhold.flow.desk import current
from fairhold.flow.relay import relay
from fairhold.flow.request import Busy
from fairhold.store import custody, halt, log
from fairhold.store.models import LogCheckpoint, OutboxMessage
from fairhold.store.triggers import LOGS, removals
from replacing import replaced
from world import BUYER, Case, text

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def sealed(count=3):
    cases = [Case().registered().opened() for _ in range(count)]
    sealing.seal(current())
    sealing.sign(current())
    return cases


def talk(case):
    case.do(BUYER, PostMessage(text("one more")))


def key():
    return current().proofs.signer.line()


def test_every_head_is_shown_to_stand_under_a_signed_root():
    cases = sealed()
    row = log.latest_checkpoint()
    assert signed_by(read(row.note), key())
    for case in cases:
        found = sealing.inclusion(case.order_id, case.file.version, row.size)
        assert found.head.hash == case.file.head
        leaf = leaf_hash(sealing.leaf_bytes(found.head))
        assert included(leaf, found.index, found.size, found.path, bytes.fromhex(row.root))


def test_a_round_without_news_signs_nothing_more():
    sealed()
    assert sealing.seal(current()) == 0
    assert sealing.sign(current()) is None
    assert LogCheckpoint.objects.count() == 1


def test_a_busy_desk_signs_now_and_then_and_an_export_at_once():
    [case, *_] = sealed()
    talk(case)
    assert sealing.seal(current()) > 0
    assert LogCheckpoint.objects.count() == 1
    sealing.seal_order(current(), case.order_id)
    assert LogCheckpoint.objects.count() == 2


def emptied():
    """The folder of published checkpoints, without what earlier tests left in it."""
    folder = current().proofs.checkpoints
    for one in folder.glob("*"):
        one.unlink()
    return folder


def test_checkpoints_are_published_as_files():
    folder = emptied()
    sealed()
    row = log.latest_checkpoint()
    assert (folder / "checkpoint").read_text() == row.note
    assert (folder / str(row.size)).read_text() == row.note


def test_another_worker_may_be_faster(monkeypatch):
    sealed()
    Case().registered()

    def lost(*_):
        raise log.LostAppend("faster")

    monkeypatch.setattr(log, "append", lost)
    assert sealing.seal(current()) == 0


def test_an_append_that_meets_the_same_number_writes_nothing(monkeypatch):
    sealed()
    case = Case().registered()
    messages, heads = log.waiting_of(case.order_id)
    size = log.size()
    pairs = [(one, leaf_hash(sealing.leaf_bytes(one))) for one in heads]
    monkeypatch.setattr(log, "size", lambda: 0)
    with pytest.raises(log.LostAppend):
        log.append(messages, pairs)
    monkeypatch.undo()
    assert log.size() == size
    assert log.waiting_of(case.order_id)[0] == messages


def test_a_rewritten_past_is_never_signed_over():
    [case, *_] = sealed()
    LogCheckpoint.objects.update(root="ab" * 32)
    talk(case)
    sealing.seal(current())
    with pytest.raises(InvariantBroken, match="does not begin"):
        sealing.sign(current())


class Watched:
    """A witness with its own key and folder."""

    def __init__(self, folder):
        self.own = signer("witness.example", bytes(32))
        self.witness = Witness(self.own, key(), folder / "seen")

    def look(self, published=None):
        published = published or sealing.cosigned(log.latest_checkpoint())

        def proof(old, new):
            return consistency_proof(old, new, log.node)

        return self.witness.witnessed(published, proof, 1_800_000_000)


def test_a_witness_signs_what_keeps_the_past_and_the_desk_takes_its_name(tmp_path):
    [case, *_] = sealed()
    watched = Watched(tmp_path)
    with replaced(witnesses=(watched.own.line(COSIGNATURE),)):
        signed = watched.look()
        assert sealing.cosign(current(), signed) == ("witness.example", log.size())
        assert sealing.cosign(current(), signed) == ("witness.example", log.size())
        row = log.latest_checkpoint()
        assert row.cosignatures.count("\n") == 1
        both = read(sealing.cosigned(row))
        assert witnesses_of(both, [watched.own.line(COSIGNATURE)]) == ["witness.example"]
        sealing.cosign(current(), watched.look())
        assert log.latest_checkpoint().cosignatures.count("\n") == 1
        talk(case)
        sealing.seal_order(current(), case.order_id)
        watched.look()


def test_a_second_witness_is_taken_beside_the_first(tmp_path):
    sealed()
    first = Watched(tmp_path / "a")
    other = signer("other.example", bytes([1] * 32))
    lines = (first.own.line(COSIGNATURE), other.line(COSIGNATURE))
    with replaced(witnesses=lines):
        sealing.cosign(current(), first.look())
        both = Witness(other, key(), tmp_path / "b").witnessed(
            sealing.cosigned(log.latest_checkpoint()), lambda *_: [], 1_800_000_000
        )
        assert sealing.cosign(current(), both)[0] == "witness.example, other.example"
        row = log.latest_checkpoint()
        found = witnesses_of(read(sealing.cosigned(row)), lines)
        assert found == ["witness.example", "other.example"]


def test_an_export_that_meets_other_writers_tries_again_and_then_says_so(monkeypatch):
    [case, *_] = sealed()
    talk(case)
    kept, fails = log.append, [2]

    def lost(*given):
        fails[0] -= 1
        if fails[0] >= 0:
            raise log.LostAppend("faster")
        kept(*given)

    monkeypatch.setattr(log, "append", lost)
    sealing.seal_order(current(), case.order_id)
    assert log.waiting_of(case.order_id)[0] == []
    fails[0] = 1_000
    talk(case)
    with pytest.raises(Busy):
        sealing.seal_order(current(), case.order_id)
    monkeypatch.setattr(sealing, "MOST_ROUNDS", 3)
    with pytest.raises(Busy):
        sealing.drain(current())


def test_a_checkpoint_that_a_crash_left_unpublished_is_published_later():
    folder = emptied()
    sealed()
    row = log.latest_checkpoint()
    (folder / str(row.size)).unlink()
    sealing.sign(current())
    assert (folder / str(row.size)).read_text() == row.note
    sealing.publish(folder, 1, "an older one")
    assert (folder / "checkpoint").read_text() == row.note


def test_small_pictures_seen_again_within_the_hour_are_one_event():
    case = full_case()
    for _ in range(3):
        note(current(), case.order_id, seen_by(case, BUYER).viewer, SHOWN)
    assert len(custody.events_of(case.order_id)) == 1


def test_custody_that_meets_other_writers_says_so(monkeypatch):
    case = full_case()
    note(current(), case.order_id, seen_by(case, BUYER).viewer, DOWN)
    monkeypatch.setattr(custody, "linked", lambda event: replace(event, seq=1, hash="0" * 64))
    with pytest.raises(Busy, match="being written by others"):
        note(current(), case.order_id, seen_by(case, BUYER).viewer, DOWN)


def test_a_witness_signs_neither_a_shrunk_nor_a_rewritten_nor_a_forged_log(tmp_path):
    [case, *_] = sealed()
    first = log.latest_checkpoint().note
    watched = Watched(tmp_path)
    watched.look()
    talk(case)
    sealing.seal_order(current(), case.order_id)
    watched.look()
    with pytest.raises(Unwitnessed, match="shrank"):
        watched.look(first)
    own = current().proofs.signer
    told = read_checkpoint(read(first).text)
    forked = own.signed(type(told)(told.origin, 99, bytes(32)).text)
    with pytest.raises(Unwitnessed, match="rewritten"):
        watched.witness.witnessed(sealing.written(forked), lambda *_: [], 1)
    other = own.signed(type(told)("another.example/log", 99, bytes(32)).text)
    with pytest.raises(Unwitnessed, match="another log"):
        watched.look(sealing.written(other))
    with pytest.raises(Unwitnessed, match="signature of the log"):
        watched.look(first.replace("\n3\n", "\n4\n"))
    with pytest.raises(Unwitnessed):
        watched.look("nonsense")
    (tmp_path / "seen").write_text("spoiled")
    with pytest.raises(Unwitnessed, match="cannot be read"):
        watched.look()


def test_names_that_nobody_knows_are_not_taken(tmp_path):
    sealed()
    watched = Watched(tmp_path)
    signed = watched.look()
    with pytest.raises(NoteError, match="witness that the operator named"):
        sealing.cosign(current(), signed)
    with pytest.raises(NoteError, match="one of our own"):
        sealing.cosign(current(), signed.replace("\n3\n", "\n7\n"))


def test_the_audit_finds_nothing_wrong_with_a_sound_log():
    case = full_case()
    note(current(), case.order_id, seen_by(case, BUYER).viewer, SHOWN)
    sealing.seal_order(current(), case.order_id)
    assert audit(current().blobs, key()).findings == ()


SHOWN = Shown("E1", "a" * 64, Act.VIEWED, "small")
DOWN = Shown("E1", "a" * 64, Act.DOWNLOADED, "whole")
CHANGES = [
    "UPDATE log_leaf SET head = 'f' WHERE \"index\" = 1",
    'UPDATE log_leaf SET seq = seq + 1 WHERE "index" = 0',
    "UPDATE log_leaf SET order_id = 'x' WHERE \"index\" = 0",
    'DELETE FROM log_leaf WHERE "index" = 1',
    "UPDATE log_node SET hash = '" + "ab" * 32 + "' WHERE level = 0 AND place = 0",
    "DELETE FROM log_node WHERE level = 1",
    "UPDATE log_checkpoint SET root = '" + "ab" * 32 + "'",
    "UPDATE log_checkpoint SET note = 'nonsense'",
    "UPDATE log_checkpoint SET size = 2",
    "UPDATE custody_event SET actor_id = 'somebody'",
    "UPDATE custody_event SET at = '2020-01-01 00:00:00+00:00'",
    "DELETE FROM custody_event WHERE seq = 1",
    "UPDATE file_place SET sha256 = '" + "ab" * 32 + "'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_changed_by_hand_is_found(change):
    [case, *_] = sealed()
    for _ in range(2):
        note(current(), case.order_id, seen_by(case, BUYER).viewer, DOWN)
    with connection.cursor() as cursor:
        for statement in removals(connection.vendor, LOGS):
            cursor.execute(statement)
        cursor.execute(change)
    assert audit(current().blobs, key()).findings


@pytest.mark.parametrize("table", LOGS)
def test_the_database_itself_refuses_changes(table):
    [case, *_] = sealed()
    note(current(), case.order_id, seen_by(case, BUYER).viewer, SHOWN)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET hash = 'x'"):
        sql = statement.replace("hash", "head") if table == "log_leaf" else statement
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            connection.cursor().execute(sql)


def test_what_an_audit_finds_holds_money_back_and_nothing_else(monkeypatch):
    case = Case().registered().opened()
    halt.halt("order x: something", current().clock.now())
    halt.halt("order y: later", current().clock.now())
    assert halt.halted() == "order x: something"
    OutboxMessage.objects.filter(topic="webhook").update(topic="payment", done_at=None)
    relay(current())
    assert OutboxMessage.objects.filter(topic="payment", attempts=0).exists()
    assert not OutboxMessage.objects.filter(topic="mail", done_at=None).exists()
    seen_by(case, BUYER)
    assert halt.resume()
    assert not halt.resume()
    relay(current())
    assert not OutboxMessage.objects.filter(topic="payment", attempts=0, done_at=None).exists()


def authority(folder):
    """A time-stamping authority made with OpenSSL, as a stamper."""

    def run(*words):
        return subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\n"
        "signer_cert = tsa.pem\nsigner_key = tsa.key\nsigner_digest = sha256\n"
        "default_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\nordering = no\n"
        "tsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        "[ext]\nextendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n"
    )
    (folder / "serial").write_text("01")
    subject = ["-subj", "/CN=Test root", "-days", "30", "-nodes", "-newkey", "rsa:2048"]
    run("req", "-x509", *subject, "-keyout", "root.key", "-out", "root.pem")
    csr = ["-subj", "/CN=Test TSA", "-nodes", "-newkey", "rsa:2048"]
    run("req", "-new", *csr, "-keyout", "tsa.key", "-out", "tsa.csr")
    signing = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30"]
    ext = ["-extfile", "tsa.cnf", "-extensions", "ext"]
    run("x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signing, *ext)

    class OpenSslStamper:
        def stamp(self, message):
            (folder / "message").write_bytes(message)
            run("ts", "-query", "-data", "message", "-sha256", "-cert", "-out", "query.tsq")
            asked = ["-queryfile", "query.tsq", "-config", "tsa.cnf", "-section", "t"]
            run("ts", "-reply", *asked, "-out", "reply.tsr")
            return (folder / "reply.tsr").read_bytes()

    return OpenSslStamper()


def test_an_outside_clock_stamps_the_latest_checkpoint(tmp_path):
    from fairhold.adapters.notary.stamps import roots_of

    sealed()
    with replaced(stamper=authority(tmp_path)):
        assert sealing.stamp(current())
        assert not sealing.stamp(current())
    row = log.latest_checkpoint()
    roots = roots_of(tmp_path / "root.pem")
    assert examine(bytes(row.stamp), row.note.encode(), roots).verdict == "good"
    assert examine(bytes(row.stamp), b"something else", roots).verdict == "bad"
    assert examine(bytes(row.stamp), row.note.encode(), []).verdict == "unread"
    assert examine(b"nonsense", row.note.encode(), roots).verdict == "unread"


def test_an_authority_that_does_not_answer_is_asked_again_later():
    sealed()

    class Silent:
        asked = 0

        def stamp(self, message):
            self.asked += 1
            raise StampFault("nobody there")

    silent = Silent()
    with replaced(stamper=silent):
        assert not sealing.stamp(current())
        assert not sealing.stamp(current())
        assert silent.asked == 1
    assert "nobody there" in log.latest_checkpoint().stamp_error
    later = SetClock(current().clock.now() + timedelta(minutes=5))
    with replaced(stamper=silent, clock=later):
        sealing.stamp(current())
    assert silent.asked == 2


def test_a_key_that_is_none_is_refused():
    for wrong in ("?", "YWJj"):
        with pytest.raises(NoteError, match="32 bytes"):
            seed_of(wrong)
