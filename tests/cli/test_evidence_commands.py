"""Case files, the sealed log, retention and mail at the command line, beside a desk with cases."""

import http.server
import json
import smtplib
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.test import Client

from dossier import full_case
from fairhold.accounts.models import Party
from fairhold.cli.commands import mail as mailing
from fairhold.cli.main import desk
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.journal.note import COSIGNATURE, read, read_checkpoint, read_key
from fairhold.flow.desk import current
from fairhold.flow.intake.mails import Received
from fairhold.flow.retention import announce
from fairhold.store import halt, log
from fairhold.store.models import DisputeCase, LogCheckpoint
from replacing import replaced
from world import BUYER, Case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_memory(monkeypatch):
    """The database of a test lies in memory, which no desk may run on."""
    monkeypatch.setattr("fairhold.config.durability.refuse_weak_durability", lambda: None)


def run(*words, code=0, **options):
    """Output of a command that must end with this exit code."""
    result = CliRunner().invoke(desk, words, **options)
    assert result.exit_code == code, (result.exit_code, result.output, result.exception)
    return result.output


def test_a_case_file_is_exported_and_verified(tmp_path):
    case = full_case()
    number = case.file.the_dispute.number
    path = tmp_path / "case.zip"
    told = run("case", "export", number, "--for", "buyer", "--out", str(path), "--forum", "court")
    moment = told.split("moment ")[1].split(",")[0]
    assert "Everything holds" in run("case", "verify", str(path))
    again = tmp_path / "again.zip"
    words = ["case", "export", number, "--for", "buyer", "--forum", "court", "--moment", moment]
    run(*words, "--out", str(again))
    assert again.read_bytes() == path.read_bytes()
    key = run("log", "key").strip()
    assert json.loads(run("case", "verify", str(path), "--json", "--key", key))["holds"]
    path.write_bytes(path.read_bytes()[:-1])
    assert "DOES NOT HOLD" in run("case", "verify", str(path), code=1)
    assert "There is no dispute" in run("case", "export", "D-0000-0000", code=1)
    assert "expected a forum" in run("case", "export", number, "--forum", "senate", code=2)
    assert "no moment" in run("case", "export", number, "--moment", "9999.0.1.0.0", code=2)


def test_the_log_is_signed_and_proven(tmp_path):
    assert "Nothing stands" in run("log", "checkpoint", code=1)
    case = full_case()
    note = run("log", "checkpoint")
    assert read_checkpoint(read(note).text).size == 1
    proof = json.loads(run("log", "prove", case.ref, "--json"))
    assert proof["hash"] == case.file.head
    other = Case().registered()
    assert "is leaf 1 of 2" in run("log", "prove", other.ref)
    assert run("log", "consistency", "1", "2").count("\n") == 1
    assert "Expected OLD" in run("log", "consistency", "3", "2", code=2)
    assert "There is no order" in run("log", "prove", "nonsense", code=1)
    assert len(run("log", "new-key").strip()) == 44


def test_an_audit_that_finds_something_holds_money_back():
    full_case()
    assert "all is well" in run("audit")
    assert halt.halted() is None
    LogCheckpoint.objects.create(
        size=99, root="0" * 64, note="nonsense", made_at=current().clock.now()
    )
    assert "payment instructions are held back" in run("audit", code=1)
    assert halt.halted()
    assert "Money moves again" in run("audit", "--resume")
    assert "Nothing was held back" in run("audit", "--resume")


@contextmanager
def served():
    """The desk of this test behind a port, for a process that knows only its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(Client().get(self.path))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(Client().generic("POST", self.path, body))

        def _answer(self, answer):
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_):
            """Nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    try:
        yield server
    finally:
        server.server_close()


def test_a_witness_in_a_process_of_its_own_puts_its_name_down(tmp_path):
    full_case()
    run("log", "checkpoint")
    words = ["log", "witness", "--name", "witness.example", "--state", str(tmp_path / "w")]
    own = run(*words).strip()
    assert read_key(own)[:2] == ("witness.example", COSIGNATURE)
    key = current().proofs.signer.line()
    with served() as server, replaced(witnesses=(own,)):
        url = f"http://127.0.0.1:{server.server_port}"
        looking = subprocess.Popen(
            [sys.executable, "-m", "fairhold", *words, "--url", url, "--log-key", key],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2):  # the checkpoint, and the name handed in
            server.handle_request()
        output, _ = looking.communicate(timeout=60)
    assert (looking.returncode, "1 leaves: signed." in output) == (0, True), output
    assert "witness.example" in log.latest_checkpoint().cosignatures


def test_a_witness_says_why_it_does_not_sign(tmp_path):
    words = ["log", "witness", "--name", "w.example", "--state", str(tmp_path / "w")]
    key = current().proofs.signer.line()
    told = run(*words, "--url", "http://127.0.0.1:1", "--log-key", key, code=1)
    assert "Not signed" in told


def test_retention_is_previewed_held_lifted_and_carried_out():
    case = full_case()
    case.do(BUYER, asked.WithdrawDispute())
    announce(current(), case.order_id)
    DisputeCase.objects.update(retention_told=True)
    assert "kept until" in run("retention", "preview")
    case.jump(timedelta(days=1_100))
    assert "may be deleted" in run("retention", "preview")
    assert json.loads(run("retention", "preview", "--json"))["texts"] > 5
    assert "would be deleted" in run("retention", "purge", case.ref)
    hold = ["retention", "hold", case.ref, "--claim", "court file 7", "--until"]
    assert "done" in run(*hold, "2099-01-01")
    assert "stands on this order already" in run(*hold, "2099-01-01", code=1)
    assert "Expected a day" in run(*hold, "soon", code=2)
    assert "legal hold" in run("retention", "purge", case.ref, "--yes", code=1).lower()
    erase = ["retention", "erase", case.ref, "--of", "seller"]
    assert "legal hold" in run(*erase, "--yes", code=1).lower()
    assert "done" in run("retention", "lift", case.ref, "--reasons", "settled")
    assert "would be deleted" in run(*erase)
    assert "deleted; their digests stay" in run(*erase, "--yes")
    assert ": deleted." in run("retention", "purge", case.ref, "--yes")
    assert "There is no order" in run("retention", "erase", "none", "--of", "buyer", code=1)
    assert run("retention", "purge", "another", "--yes") == ""


LETTER = (
    b"From: luma@seller.example\r\nSubject: About the lamps\r\nMessage-ID: <%d@x>\r\n"
    b"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nWe agree.\r\n"
)


def test_mails_of_a_file_come_in(tmp_path, monkeypatch):
    monkeypatch.setattr(mailing, "close_connections", lambda: None)
    monkeypatch.setattr(
        "fairhold.adapters.mailbox.signatures.look_up", lambda name: ("missing", None)
    )
    Party.objects.create(
        id="party-seller", kind="seller", ref="s", name="S", email="luma@seller.example"
    )
    number = Case().registered().opened().file.the_dispute.number
    path = tmp_path / "thread.mbox"
    path.write_bytes(
        b"From x Mon Mar  2 10:00:00 2026\n" + LETTER % 1 + b"\nFrom x Mon Mar  2 10:00:00 2026\n"
        b"From: stranger@else.example\nSubject: x\n\nhello\n"
    )
    words = ["mail", "import", str(path), "--case", number]
    assert "FAIRHOLD_MAIL_DOMAIN" in run(*words, code=2)
    assert "FAIRHOLD_MAIL_DOMAIN" in run("mail", "listen", code=2)
    with replaced(mail_domain="mail.example"):
        told = run(*words, code=1)
        assert "taken: it is in the case" in told
        assert "refused: no side of this case" in told
        single = tmp_path / "one.eml"
        single.write_bytes(LETTER % 2)
        assert "taken" in run("mail", "import", str(single), "--case", number)
        path.write_bytes(b"From x Mon Mar  2 10:00:00 2026\n\nx\n\n" * 60)
        assert "more than" in run(*words, code=2)


def test_the_listener_takes_mail_until_it_is_stopped(monkeypatch):
    monkeypatch.setattr(mailing, "close_connections", lambda: None)
    taken = []
    monkeypatch.setattr(
        mailing,
        "_received",
        lambda raw, address: taken.append(address) or Received(filed=True, reason="here"),
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    class Stopped:
        def wait(self):
            with smtplib.SMTP("127.0.0.1", port) as client:
                client.sendmail("a@b.example", ["case+d-1234-5678@mail.example"], b"x")
            raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "threading", SimpleNamespace(Event=Stopped))
    with replaced(mail_domain="mail.example"):
        assert f"127.0.0.1:{port}" in run("mail", "listen", "--port", str(port))
    assert taken == ["case+d-1234-5678@mail.example"]
