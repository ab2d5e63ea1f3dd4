"""E-mails made to deceive: what one program signs and another reads, what uses up the look-ups."""

import base64
import hashlib
from datetime import timedelta

import pytest

from fairhold.adapters.mailbox import MailUnread, read_mail
from fairhold.adapters.mailbox.signatures import MISSING, look_up, verify
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow import retention
from fairhold.flow.desk import current
from fairhold.flow.intake.mails import NEUTRAL, Bytes, case_address, seen_among, submitted
from fairhold.flow.intake.uploads import store
from fairhold.store.models import InboundMail, KnownFile, StagedUpload
from flow.evidence.test_mails import REJECT, case, letter, names, send, signed
from world import BUYER, OPERATOR, VIEWERS, Case

pytestmark = pytest.mark.django_db
__all__ = ["case"]
NOWHERE = "case+d-0000-0000@mail.example"
BODY = base64.b64encode(hashlib.sha256(b"hello\r\n").digest())


def counted(look):
    asked_for = []

    def wrapped(name):
        asked_for.append(name)
        return look(name)

    return wrapped, asked_for


def forwarders(count):
    """A well-formed chain of forwarders whose keys are nowhere."""
    lines = b""
    for number in range(1, count + 1):
        before = b"none" if number == 1 else b"pass"
        lines += (
            b"ARC-Seal: i=%d; cv=%s; a=rsa-sha256; d=e.example; s=a%d; b=AAAA\r\n"
            b"ARC-Message-Signature: i=%d; a=rsa-sha256; c=relaxed/relaxed; d=e.example; s=m%d;"
            b" h=from; bh=%s; b=AAAA\r\n"
            b"ARC-Authentication-Results: i=%d; e.example; none\r\n"
        ) % (number, before, number, number, number, BODY, number)
    return lines


def test_a_line_end_that_programs_read_differently_is_no_way_to_another_sender(case):
    genuine = signed(letter(sender="eve@seller.example"))
    assert verify(genuine, "eve@seller.example", names()).signature == "pass"
    before = b"X-A: a\rFrom: luma@seller.example\rSubject: I admit it\r\rI admit everything.\r\n"
    with pytest.raises(MailUnread, match="line ends"):
        read_mail(before + genuine)
    assert not send(case, before + genuine).filed
    assert read_mail(letter(body="one\rtwo")).sender == "luma@seller.example"


def test_what_a_mail_names_does_not_use_up_the_look_up_of_its_policy():
    look, asked_for = counted(REJECT)
    plain = letter()
    assert verify(plain, "luma@seller.example", look).policy == "reject"
    asked_for.clear()
    found = verify(forwarders(10) + plain, "luma@seller.example", look)
    assert (found.policy, found.signature) == ("reject", "none")
    assert 10 < len(asked_for) <= 20
    asked_for.clear()
    assert verify(forwarders(11) + plain, "luma@seller.example", look).chain == "fail"
    assert len(asked_for) <= 2


def test_signatures_without_end_are_not_all_looked_up():
    look, asked_for = counted(names())
    line = b"DKIM-Signature: v=1; a=rsa-sha256; d=seller.example; s=k%d; h=from; bh=%s; b=AAAA\r\n"
    raw = b"".join(line % (one, BODY) for one in range(60)) + letter(body="hello")
    verify(raw, "luma@seller.example", look)
    assert 3 <= len(asked_for) <= 6


@pytest.mark.parametrize("name", ["a" * 70, "a..b", "\ufffd" * 70, "a" * 60 + "." + "b." * 120])
def test_a_name_that_cannot_be_is_no_name_server_that_does_not_answer(name):
    assert look_up(f"{name}._domainkey.seller.example") == (MISSING, None)


def test_an_impossible_key_does_not_pass_by_a_policy(case):
    def look(name):
        return look_up(name) if "_domainkey" in name else REJECT(name)

    key = b"a" * 70
    line = b"DKIM-Signature: v=1; a=rsa-sha256; d=seller.example; s=%s; h=from; bh=%s; b=AAAA\r\n"
    result = send(case, line % (key, BODY) + letter(body="hello"), look)
    assert "wants unsigned e-mails to be refused" in result.reason


@pytest.mark.parametrize("page", ["<![foo[ x", "<![ x ]]>"])
def test_a_page_that_cannot_be_read_is_refused(page):
    with pytest.raises(MailUnread, match="cannot be read"):
        read_mail(letter(body=page, Content_Type="text/html"))


def test_a_page_whose_head_has_no_end_is_read():
    page = letter(body="<html><head><title>x</title><body>hello", Content_Type="text/html")
    assert read_mail(page).text == "hello"


@pytest.mark.parametrize("sender", [b"\xff@b.example", b"a\x00b@b.example", b"a\x1b@b.example"])
def test_an_address_with_signs_that_no_address_has(sender, case):
    raw = letter().replace(b"luma@seller.example>", sender + b">", 1)
    assert not send(case, raw).filed
    assert InboundMail.objects.count() == 0


def test_a_mail_that_begins_with_a_space_is_no_signed_one(case):
    assert verify(b" x\r\n" + letter(), "luma@seller.example", names()).signature == "fail"


@pytest.mark.parametrize(
    "raw",
    [
        letter(sender="x@else.example", Auto_Submitted="auto-replied"),
        letter(sender="x@else.example"),
        b"no mail",
        b"DKIM-Signature: v=1; d=seller.example; s=x\r\n" + letter(),
    ],
)
def test_a_stranger_learns_neither_cases_nor_addresses(raw, case):
    there = send(case, raw)
    assert there.told == send(case, raw, to=NOWHERE).told
    assert not there.filed


def test_a_side_that_signs_is_told_the_reason(case):
    assert send(case, signed(letter())).filed
    assert "already" in send(case, signed(letter())).told
    assert send(case, letter()).told == NEUTRAL


def test_one_mail_to_two_cases_is_in_both(case):
    other = Case(order_id="order-2").registered().opened()
    assert send(case, letter()).filed
    assert send(other, letter()).filed
    assert [len(one.file.the_dispute.outside) for one in (case, other)] == [1, 1]


def test_the_sender_of_an_uploaded_mail_is_forgotten_with_it(case):
    [stored] = [store(current(), Bytes("m.eml", letter()))]
    seen = seen_among(current(), [stored], names())
    case.do(BUYER, asked.AddEvidence(submitted(current(), [stored])))
    case.do(BUYER, asked.WithdrawDispute())
    assert retention.announce(current(), case.order_id)
    KnownFile.objects.update(examined_at=current().clock.now() - timedelta(days=30))
    StagedUpload.objects.all().delete()
    case.jump(timedelta(days=1_100))
    assert InboundMail.objects.get(raw=seen.raw).sender == "luma@seller.example"
    retention.purge(current(), case.order_id, VIEWERS[OPERATOR])
    assert InboundMail.objects.get(raw=seen.raw).sender == ""
    assert case_address(current(), "D-1111-2222").startswith("case+d-1111")
