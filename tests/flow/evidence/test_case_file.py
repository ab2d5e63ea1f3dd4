"""Case files: the same bytes again, nothing of what one may not see, and every change is found."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta

import bagit
import pytest

from dossier import bag_of, full_case, on_disk, picture, seen_by, upload
from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.bag import PayloadChanged
from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.casefile.container import Broken
from fairhold.adapters.notary.notes import signer
from fairhold.adapters.notary.stamps import roots_of
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.evidence.outside import MailSeen
from fairhold.core.journal.note import COSIGNATURE
from fairhold.flow import sealing
from fairhold.flow.casefile.assembled import case_bag, export
from fairhold.flow.casefile.clocks import clock_lines
from fairhold.flow.casefile.forums import ForumError, forum, forums, laws
from fairhold.flow.casefile.moment import Moment, MomentError, read_moment
from fairhold.flow.desk import current
from fairhold.store import custody, log, queries
from flow.evidence.test_sealed_log import Watched, authority
from replacing import replaced
from world import BUYER, DAY, OPERATOR, SELLER, SPECIALIST, Case, text

pytestmark = pytest.mark.django_db
CANARY = b"SECRET-CANARY-42"


def checks(path, *keys):
    return {one.name: one.found for one in verify(path, keys)}


def inside(path):
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.mark.engines
def test_the_same_moment_gives_the_same_bytes_whatever_came_after(tmp_path):
    case = full_case()
    first = bag_of(case)
    content = b"".join(first.chunks())
    case.do(BUYER, asked.PostMessage(text("one more")))
    export(current(), seen_by(case, BUYER))
    assert b"".join(bag_of(case, moment=first.moment).chunks()) == content
    assert b"".join(bag_of(case).chunks()) != content
    assert len(checks(on_disk(first, tmp_path))) == 10


@pytest.mark.parametrize("role", [BUYER, SELLER, SPECIALIST])
def test_the_file_of_each_side_verifies(role, tmp_path):
    path = on_disk(bag_of(full_case(), role), tmp_path)
    found = checks(path, current().proofs.signer.line())
    assert "entries 1 to" in found["journal"]
    with pytest.raises(Broken, match="none of those you trust"):
        checks(path, signer("other", bytes(32)).line())


def test_what_one_may_not_see_is_not_in_it(tmp_path):
    case = full_case()
    buyers = on_disk(bag_of(case, BUYER), tmp_path)
    assert CANARY not in buyers.read_bytes()
    assert b"88 Keji Road" not in buyers.read_bytes()
    sellers = on_disk(bag_of(case, SELLER), tmp_path)
    assert CANARY in sellers.read_bytes()
    assert b"Rue des Orangers" not in sellers.read_bytes()
    assert CANARY in on_disk(bag_of(case, SPECIALIST), tmp_path).read_bytes()
    left = json.loads(inside(buyers)[layout.LEFT_OUT])
    assert {"an address of the other side", "for the platform only"} == {one["why"] for one in left}
    exhibits = {one["name"]: one for one in json.loads(inside(buyers)[layout.EXHIBITS])}
    assert exhibits["E2"] == {"name": "E2", "side": "seller", "left_out": "for the platform only"}
    assert exhibits["E4"]["withdrawn"] == "by mistake"
    assert exhibits["A1"]["path"].endswith("A1.txt")


def test_custody_of_a_hidden_file_is_hidden_with_it(tmp_path):
    from fairhold.flow.downloads import download

    case = full_case()
    assert b"".join(download(current(), seen_by(case, SELLER), 2).chunks) == CANARY
    assert download(current(), seen_by(case, BUYER), 2) is None
    b"".join(download(current(), seen_by(case, BUYER), 1).chunks)
    path = on_disk(bag_of(case, BUYER), tmp_path)
    lines = [json.loads(line) for line in inside(path)[layout.CUSTODY].splitlines()]
    assert [("withheld" in line, line.get("exhibit")) for line in lines] == [
        (True, None),
        (False, "E1"),
    ]
    assert checks(path)["custody"].startswith("2 events")


def test_a_redacted_file_goes_to_the_other_side_as_its_copy(tmp_path):
    from fairhold.flow.intake.redacting import redacted

    case = full_case()
    view = seen_by(case, BUYER)
    copy = redacted(current(), view, view.file.the_dispute.exhibits[0], [(0, 0, 500, 500)])
    case.do(BUYER, asked.RedactEvidence(1, copy))
    other = on_disk(bag_of(case, SELLER), tmp_path)
    files = inside(other)
    assert hashlib.sha256(files["data/files/E1.jpg"]).hexdigest() == copy.sha256
    line = json.loads(files[layout.EXHIBITS])[0]
    assert line["file_sha256"] == copy.sha256
    original = case.file.the_dispute.exhibits[0].sha256
    assert original.encode() not in other.read_bytes()
    checks(other)
    own = inside(on_disk(bag_of(case, BUYER), tmp_path))
    assert own["data/files/E1.png"] == picture()


def test_an_earlier_moment_does_not_bring_back_what_was_blacked_out_since(tmp_path):
    from fairhold.flow.intake.redacting import redacted

    case = full_case()
    moment = bag_of(case, SELLER).moment
    view = seen_by(case, BUYER)
    copy = redacted(current(), view, view.file.the_dispute.exhibits[0], [(0, 0, 500, 500)])
    case.do(BUYER, asked.RedactEvidence(1, copy))
    path = on_disk(case_bag(current(), seen_by(case, SELLER), moment), tmp_path)
    checks(path)
    original = case.file.the_dispute.exhibits[0].sha256
    assert picture() not in path.read_bytes()
    assert original.encode() not in path.read_bytes()
    assert "since then" in json.loads(inside(path)[layout.EXHIBITS])[0]["left_out"]


def test_a_file_that_came_with_a_redacted_one_still_verifies(tmp_path):
    from fairhold.flow.intake.redacting import redacted

    files = (*upload(picture(1), "image/png"), *upload(picture(2), "image/png", name="2.png"))
    case = Case().registered().opened(evidence=files)
    view = seen_by(case, BUYER)
    copy = redacted(current(), view, view.file.the_dispute.exhibits[0], [(0, 0, 500, 500)])
    case.do(BUYER, asked.RedactEvidence(1, copy))
    path = on_disk(bag_of(case, SELLER), tmp_path)
    assert checks(path)["exhibits"].startswith("1 files as submitted; 1 whose entry is withheld")
    assert inside(path)["data/files/E2.png"] == picture(2)
    assert checks(on_disk(bag_of(case, BUYER), tmp_path))["exhibits"] == "2 files as submitted"


def test_no_digest_of_a_hidden_file_is_anywhere_in_the_other_sides_file(tmp_path):
    mail = upload(b"From: a@b.example\n\nSECRET", "message/rfc822", platform_only=True)
    case = full_case()
    seen = MailSeen(mail[0].sha256, "0" * 64, "none", "none", None, current().clock.now())
    filing = asked.FileOutside(asked.Channel.EMAIL, text("S"), evidence=mail, mail=seen)
    case.do(SELLER, filing)
    hidden = [one.sha256 for one in case.file.the_dispute.exhibits if one.platform_only]
    assert len(hidden) >= 2
    path = on_disk(bag_of(case, BUYER), tmp_path)
    checks(path)
    assert [one for one in hidden if one.encode() in path.read_bytes()] == []
    assert hidden[0].encode() in on_disk(bag_of(case, SELLER), tmp_path).read_bytes()


def test_nothing_that_is_said_of_a_hidden_file_goes_to_the_other_side(tmp_path):
    case = full_case()
    case.do(SELLER, asked.NameEvidence(2, "shipping_receipt"))
    case.do(SELLER, asked.WithdrawEvidence(2, text("WITHDRAWN-CANARY")))
    path = on_disk(bag_of(case, BUYER), tmp_path)
    checks(path)
    assert b"WITHDRAWN-CANARY" not in path.read_bytes()
    assert b"shipping_receipt" not in inside(path)[layout.JOURNAL]
    view = seen_by(case, BUYER)
    assert all("E2; it stays" not in line.title for line in view.lines)
    assert b"WITHDRAWN-CANARY" in on_disk(bag_of(case, SELLER), tmp_path).read_bytes()


def test_a_moment_before_the_dispute_never_was():
    case = Case().registered()
    sealing.seal_order(current(), case.order_id)
    case.opened()
    early = Moment(4, 0, 1, 0, stamped=False)
    with pytest.raises(MomentError, match="had not begun"):
        bag_of(case, moment=early)


def test_an_export_is_put_on_record_before_its_first_byte():
    case = full_case()
    made = export(current(), seen_by(case, BUYER))
    [event] = custody.events_of(case.order_id)
    assert (event.act, event.exhibit, event.sha256) == ("exported", "case", made.bag.digest)
    assert event.way == str(made.moment)


def test_departures_that_nobody_agreed_to_are_withheld(tmp_path):
    case = full_case()
    case.do(OPERATOR, ordered.PlaceHold(text("claim 12"), current().clock.now() + 900 * DAY))
    path = on_disk(bag_of(case, BUYER), tmp_path)
    assert b"claim 12" not in path.read_bytes()
    checks(path)
    assert b"claim 12" in on_disk(bag_of(case, SPECIALIST), tmp_path).read_bytes()


def test_an_earlier_dispute_of_the_order_has_its_own_file(tmp_path):
    case = Case().registered(payment=None)
    case = Case().registered().opened()
    first = case.file.the_dispute.id
    case.do(BUYER, asked.WithdrawDispute())
    view = seen_by(case, BUYER)
    assert view.file.the_dispute.id == first
    path = on_disk(bag_of(case), tmp_path)
    assert json.loads(inside(path)[layout.CASE])["outcome"] == "withdrawn"
    decision = json.loads(inside(path)["data/decision.json"])
    assert decision["final"]
    assert json.loads(inside(path)["data/ledger.json"])["sum"] == 0


def test_stamps_and_witnesses_go_with_it(tmp_path):
    case = full_case()
    sealing.seal_order(current(), case.order_id)
    watched = Watched(tmp_path / "w")
    (tmp_path / "tsa").mkdir()
    stamper = authority(tmp_path / "tsa")
    roots = tuple(roots_of(tmp_path / "tsa" / "root.pem"))
    lines = (watched.own.line(COSIGNATURE),)
    with replaced(stamper=stamper, witnesses=lines, roots=roots):
        before = bag_of(case)
        sealing.cosign(current(), watched.look())
        sealing.stamp(current())
        path = on_disk(bag_of(case), tmp_path)
        found = checks(path)
        assert found["witnesses"].startswith("witness.example (keys NOT compared")
        trusted = [current().proofs.signer.line(), *lines]
        assert checks(path, *trusted)["witnesses"] == "witness.example"
        assert found["time-stamp"].endswith("verified by the roots in this file")
        assert b"".join(bag_of(case, moment=before.moment).chunks()) == b"".join(before.chunks())


@pytest.mark.parametrize("moment", ["", "1.2.3", "a.b.c.d.e", "1.2.3.4.5", "1.0.1.0.2"])
def test_a_text_that_is_no_moment(moment):
    with pytest.raises(MomentError, match="expected a moment like"):
        read_moment(moment)


@pytest.mark.parametrize("moment", ["999.0.1.0.0", "1.9.1.0.0", "3.0.999.0.0", "3.0.1.0.1"])
def test_a_moment_that_never_was(moment):
    case = full_case()
    bag_of(case)
    with pytest.raises(MomentError, match="there was no moment"):
        bag_of(case, moment=read_moment(moment))


def test_every_forum_and_law_has_a_template(tmp_path):
    case = full_case()
    case.do(SELLER, asked.FileOutside(asked.Channel.PHONE, text("UNCONFIRMED-CALL")))
    for name in forums():
        made = bag_of(case, wanted=forum(name))
        assert made.bag.folder.endswith("buyer")
    for law in laws():
        files = inside(on_disk(bag_of(case, wanted=forum("court", law)), tmp_path))
        assert "data/certificates/custody.txt" in files
        assert json.loads(files[layout.CASE])["forum"] == f"court-{law}"
        assert case.file.head.encode() in files["data/certificates/custody.txt"] or law
    for name, law in (("senate", None), ("court", "mars")):
        with pytest.raises(ForumError, match="expected a forum"):
            forum(name, law)


def paper_text(path, tmp_path):
    (tmp_path / "case.pdf").write_bytes(inside(path)[layout.PAPER])
    words = ["pdftotext", "-layout", str(tmp_path / "case.pdf"), "-"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


NEEDS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is absent")


@NEEDS_POPPLER
def test_mediation_shows_what_both_confirmed_and_a_court_everything(tmp_path):
    case = full_case()
    case.do(SELLER, asked.FileOutside(asked.Channel.PHONE, text("UNCONFIRMED-CALL")))
    here = paper_text(on_disk(bag_of(case), tmp_path), tmp_path)
    court = paper_text(on_disk(bag_of(case, wanted=forum("court")), tmp_path), tmp_path)
    assert "UNCONFIRMED-CALL" not in here
    assert "They agreed." in here
    assert "UNCONFIRMED-CALL" in court
    assert court.index("Email (elsewhere)") < court.index("Official chat")
    assert "Template for counsel" in court
    assert "You " not in here


OUTSIDE = ("sha256sum", "pdfsig", "openssl")
NEEDS_TOOLS = pytest.mark.skipif(
    not all(map(shutil.which, OUTSIDE)), reason=f"needs {', '.join(OUTSIDE)}"
)


@NEEDS_TOOLS
def test_outside_tools_alone_verify_it(tmp_path):
    case = full_case()
    sealing.seal_order(current(), case.order_id)
    (tmp_path / "tsa").mkdir()
    stamper = authority(tmp_path / "tsa")
    roots = tuple(roots_of(tmp_path / "tsa" / "root.pem"))
    with replaced(stamper=stamper, roots=roots):
        sealing.stamp(current())
        path = on_disk(bag_of(case), tmp_path)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    [folder] = (tmp_path / "out").iterdir()

    def run(*words):
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)

    assert bagit.Bag(str(folder)).validate()
    sums = run("sha256sum", "--check", "--strict", "manifest-sha256.txt", "tagmanifest-sha256.txt")
    assert sums.returncode == 0
    signature = run("pdfsig", layout.PAPER)
    assert "Signature is Valid" in signature.stdout
    assert "Total document signed" in signature.stdout
    given = ["-data", layout.CHECKPOINT, "-in", layout.STAMP, "-CAfile", layout.STAMP_ROOTS]
    assert "Verification: OK" in run("openssl", "ts", "-verify", *given).stdout
    spoiled = folder / layout.JOURNAL
    spoiled.write_bytes(spoiled.read_bytes().replace(b"buyer", b"buyeR", 1))
    assert run("sha256sum", "--check", "manifest-sha256.txt").returncode == 1
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_bytes_that_changed_in_the_store_never_leave(tmp_path):
    case = full_case()
    made = bag_of(case)
    digest = case.file.the_dispute.exhibits[0].sha256
    path = current().blobs._path(digest)
    path.chmod(0o600)
    kept = path.read_bytes()
    path.write_bytes(b"other" + kept[5:])
    try:
        with pytest.raises(PayloadChanged, match=r"E1\.png"):
            b"".join(made.chunks())
    finally:
        path.write_bytes(kept)


def test_a_large_file_is_checked_while_it_leaves(tmp_path):
    case = Case().registered().opened()
    large = bytes(3 << 20)
    case.do(BUYER, asked.AddEvidence(upload(large)))
    path = on_disk(bag_of(case), tmp_path)
    assert checks(path)["exhibits"].startswith("1 files")
    assert inside(path)["data/files/E2.txt"] == large
    exhibits = json.loads(inside(path)[layout.EXHIBITS])
    assert exhibits[0]["left_out"].startswith("deleted")


def test_clocks_tell_what_became_of_them():
    case = Case().registered().opened()
    case.do(OPERATOR, ordered.FreezeOrder(text("x")))
    case.jump(timedelta(hours=5))
    case.do(OPERATOR, ordered.UnfreezeOrder(text("y")))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    lines = {one.kind: one for one in clock_lines(queries.entries_of(case.order_id))}
    answer = lines["seller_response"]
    assert answer.paused_seconds >= 5 * 3600
    assert answer.notice is not None
    assert answer.outcome != "running"
    assert lines["freeze_limit"].outcome == "satisfied"


def test_verifying_needs_no_settings_and_no_database(tmp_path):
    path = on_disk(bag_of(full_case()), tmp_path)
    words = [sys.executable, "-m", "fairhold", "case", "verify", str(path)]
    bare = {"PATH": "/usr/bin:/bin", "FAIRHOLD_DATA": "/nonexistent", "DATABASE_URL": "nonsense://"}
    done = subprocess.run(words, capture_output=True, text=True, env=bare, check=False)
    assert (done.returncode, "Everything holds" in done.stdout) == (0, True), done.stderr
    path.write_bytes(path.read_bytes()[:-7])
    done = subprocess.run([*words, "--json"], capture_output=True, text=True, env=bare, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["holds"] is False


def test_the_checkpoint_of_a_file_is_that_of_the_log():
    case = full_case()
    made = bag_of(case)
    assert made.moment.size == log.size()
