"""What a side may not see stays hidden: earlier looks, weaker copies, the same bytes elsewhere."""

import json

import pytest

from dossier import bag_of, full_case, on_disk, picture, seen_by, upload
from fairhold.adapters.casefile import layout
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.evidence.outside import Channel, MailSeen
from fairhold.core.journal.custody import Custody, custody_hash
from fairhold.flow.custody import life_of
from fairhold.flow.desk import current
from fairhold.flow.downloads import download
from fairhold.flow.intake.redacting import redacted
from fairhold.store import custody
from flow.evidence.test_case_file import checks, inside
from world import BUYER, SELLER, Case, text

pytestmark = pytest.mark.django_db
WHOLE, CORNER = (0, 0, 1000, 1000), (0, 0, 100, 100)


def black(case, box, number=1):
    view = seen_by(case, BUYER)
    copy = redacted(current(), view, view.file.the_dispute.exhibits[number - 1], [box])
    case.do(BUYER, asked.RedactEvidence(number, copy))
    return copy.sha256


def listed(case, party, tmp_path):
    path = on_disk(bag_of(case, party), tmp_path)
    checks(path)
    files = inside(path)
    return {one["name"]: one for one in json.loads(files[layout.EXHIBITS])}, files


def test_a_second_redaction_hides_the_first_copy(tmp_path):
    case = Case().registered().opened(evidence=upload(picture(), "image/png"))
    first = black(case, CORNER)
    moment = bag_of(case, SELLER).moment
    second = black(case, WHOLE)
    earlier = on_disk(bag_of(case, SELLER, moment=moment), tmp_path)
    checks(earlier)
    assert first.encode() not in earlier.read_bytes()
    assert "data/files/E1.jpg" not in inside(earlier)
    now = on_disk(bag_of(case, SELLER), tmp_path)
    assert first.encode() not in now.read_bytes()
    assert json.loads(inside(now)[layout.EXHIBITS])[0]["file_sha256"] == second


def test_a_copy_that_is_shown_again_is_not_hidden(tmp_path):
    case = Case().registered().opened(evidence=upload(picture(), "image/png"))
    first = black(case, CORNER)
    assert black(case, WHOLE) != first
    assert black(case, CORNER) == first
    lines, _ = listed(case, SELLER, tmp_path)
    assert lines["E1"]["path"] == "data/files/E1.jpg"


def test_a_look_before_the_redaction_tells_no_digest_after_it(tmp_path):
    case = Case().registered().opened(evidence=upload(picture(), "image/png"))
    assert b"".join(download(current(), seen_by(case, SELLER), 1).chunks)
    original = case.file.the_dispute.exhibits[0].sha256
    _, before = listed(case, SELLER, tmp_path)
    assert original.encode() in before[layout.CUSTODY]
    black(case, CORNER)
    _, files = listed(case, SELLER, tmp_path)
    assert [name for name in files if original.encode() in files[name]] == []


def test_the_hash_of_a_withheld_look_is_no_way_to_try_what_was_blacked_out():
    case = Case().registered().opened(evidence=upload(picture(), "image/png"))
    black(case, CORNER)
    assert b"".join(download(current(), seen_by(case, BUYER), 1).chunks)
    [event] = custody.events_of(case.order_id)
    view = seen_by(case, SELLER)
    link = life_of(view, view.file.the_dispute.exhibits[0])[-1]
    assert link.hash == event.hash
    known = {name: getattr(event, name) for name in Custody.__slots__}
    assert custody_hash(Custody(**known)) == event.hash
    assert custody_hash(Custody(**{**known, "salt": ""})) != event.hash
    assert len(event.salt) >= 32
    assert event.salt not in str(link)


def test_ones_own_file_stays_where_the_other_side_hides_the_same_bytes(tmp_path):
    case = Case().registered()
    case.do(BUYER, ordered.WriteMessage(text("my photo"), evidence=upload(b"PHOTO")))
    case.opened()
    case.do(BUYER, asked.AddEvidence(upload(b"INVOICE", name="mine.txt")))
    for content in (b"INVOICE", b"PHOTO"):
        case.do(SELLER, asked.AddEvidence(upload(content, platform_only=True)))
    lines, files = listed(case, BUYER, tmp_path)
    assert files[lines["E2"]["path"]] == b"INVOICE"
    assert files[lines["A1"]["path"]] == b"PHOTO"
    assert lines["E3"] == {"name": "E3", "side": "seller", "left_out": "for the platform only"}


def test_ones_own_mail_stays_where_the_other_side_hides_the_same_bytes(tmp_path):
    raw = b"From: a@b.example\n\nagreed"
    case = Case().registered().opened()
    mail = upload(raw, "message/rfc822")
    seen = MailSeen(mail[0].sha256, "0" * 64, "none", "none", None, current().clock.now())
    filing = asked.FileOutside(Channel.EMAIL, text("They agreed."), evidence=mail, mail=seen)
    case.do(BUYER, filing)
    case.do(SELLER, asked.AddEvidence(upload(raw, "message/rfc822", platform_only=True)))
    lines, files = listed(case, BUYER, tmp_path)
    assert files[lines["E2"]["path"]] == raw
    [told] = json.loads(files["data/outside.json"])
    assert (told["summary"], told["mail"]["raw"]) == ("They agreed.", mail[0].sha256)


def test_what_one_owner_shows_openly_as_well_is_shown(tmp_path):
    case = full_case()
    case.do(SELLER, asked.AddEvidence(upload(b"DOC", platform_only=True)))
    case.do(SELLER, asked.AddEvidence(upload(b"DOC")))
    number = len(case.file.the_dispute.exhibits)
    lines, files = listed(case, BUYER, tmp_path)
    assert files[lines[f"E{number}"]["path"]] == b"DOC"
