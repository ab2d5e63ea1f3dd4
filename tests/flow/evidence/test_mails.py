"""E-mails into a case: kept raw, verified at receipt, forged and automatic ones refused."""

import json
import smtplib

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from fairhold.accounts.models import Party
from fairhold.adapters.mailbox import MailUnread, is_mail, is_mailbox, mails_in, read_mail
from fairhold.adapters.mailbox.listener import listener
from fairhold.adapters.mailbox.signatures import verify
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.evidence.outside import Authentication, Channel
from fairhold.flow.desk import current
from fairhold.flow.intake.mails import (
    LARGEST_MAIL_BYTES,
    Bytes,
    case_address,
    receive,
    seen_among,
)
from fairhold.flow.intake.uploads import store
from fairhold.store.models import InboundMail
from replacing import replaced
from world import BUYER, Case

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)


def record():
    import base64

    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(PUBLIC)


def names(**more):
    """A name server: the seller's key, no policy, and whatever a test adds."""
    known = {"s1._domainkey.seller.example": record(), **more}

    def look(name):
        found = known.get(name, ("missing", None))
        return found if isinstance(found, tuple) else ("found", found)

    return look


NOBODY = names(**{"s1._domainkey.seller.example": ("unanswered: Timeout", None)})


def letter(sender="luma@seller.example", body="We agree to refund half.", number=1, **headers):
    fields = {
        "From": f"Luma <{sender}>",
        "To": "case@mail.example",
        "Subject": "About the lamps",
        "Date": "Mon, 02 Mar 2026 10:00:00 +0000",
        "Message-ID": f"<{number}@seller.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{head}\r\n{body}\r\n".encode()


def signed(raw, domain=b"seller.example"):
    return dkim.sign(raw, b"s1", domain, PRIVATE, include_headers=[b"from", b"subject"]) + raw


WITH_FILES = letter(
    MIME_Version="1.0",
    Content_Type='multipart/mixed; boundary="b"',
    body=(
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the receipt.\r\n"
        "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n"
        "the receipt\r\n"
        "--b\r\nContent-Type: image/svg+xml\r\n"
        "Content-Disposition: attachment; filename=x.svg\r\n\r\n<svg onload='x()'/>\r\n--b--"
    ),
)


@pytest.fixture
def case(db):
    for side, address in (("seller", "luma@seller.example"), ("buyer", "amina@buyer.example")):
        Party.objects.create(
            id=f"party-{side}", kind=side, ref=side, name=side, email=address, country="CN"
        )
    with replaced(mail_domain="mail.example"):
        yield Case().registered().opened()


def send(case, raw, look=None, to=None):
    address = to or case_address(current(), case.file.the_dispute.number)
    return receive(current(), raw, address, look or names())


def test_a_signed_mail_becomes_an_exchange_of_the_side_it_came_from(case):
    raw = signed(letter())
    assert send(case, raw).filed
    [found] = case.file.the_dispute.outside
    assert (found.channel, found.side.value) == (Channel.EMAIL, "seller")
    assert found.authentication is Authentication.ONE_SIDE
    assert (found.mail.signature, found.mail.domain) == ("pass", "seller.example")
    exhibit = case.file.the_dispute.exhibits[found.exhibits[0] - 1]
    assert b"".join(current().blobs.read(exhibit.sha256)) == raw
    row = InboundMail.objects.get()
    answers = json.loads(row.answers)
    assert answers["s1._domainkey.seller.example"]["record"].startswith("v=DKIM1")
    assert (row.outcome, row.case_id) == ("filed", case.file.the_dispute.id)


def test_attachments_become_exhibits_and_a_bad_one_leaves_the_others(case):
    result = send(case, WITH_FILES)
    assert result.filed
    assert any("x.svg" in one for one in result.skipped)
    [found] = case.file.the_dispute.outside
    assert len(found.exhibits) == 2


def test_an_unsigned_mail_is_taken_and_says_so(case):
    assert send(case, letter()).filed
    [found] = case.file.the_dispute.outside
    assert found.mail.signature == "none"
    assert found.authentication is Authentication.NONE
    case.do(BUYER, asked.ConfirmOutside(1))
    assert case.file.the_dispute.outside[0].authentication is Authentication.ONE_SIDE


def test_a_name_server_that_does_not_answer_is_no_bad_signature(case):
    assert send(case, signed(letter()), NOBODY).filed
    assert case.file.the_dispute.outside[0].mail.signature == "unknown"


FORGED = signed(letter()).replace(b"refund half", b"refund nothing")
TWO_SENDERS = letter().replace(b"From: Luma <", b"From: amina@buyer.example, Luma <")
TWO_FIELDS = b"From: amina@buyer.example\r\n" + letter()
JUNK_SIGNATURE = b"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=x; b=x\r\n" + letter()
PARTLY = signed(letter()).replace(b"d=seller.example;", b"d=seller.example; l=5;", 1)
REJECT = names(**{"_dmarc.seller.example": b"v=DMARC1; p=reject"})


@pytest.mark.parametrize(
    ("raw", "look", "why"),
    [
        (FORGED, None, "signature does not hold"),
        (letter(), REJECT, "wants unsigned e-mails to be refused"),
        (letter(sender="other@else.example"), None, "no side of this case"),
        (letter(Auto_Submitted="auto-replied"), None, "sent by a machine"),
        (letter(Precedence="bulk"), None, "sent to many"),
        (letter(List_Id="x"), None, "from a list"),
        (letter(Return_Path="<>"), None, "report about another"),
        (b"no mail at all", None, "not exactly one sender"),
        (TWO_SENDERS, None, "not exactly one sender"),
        (TWO_FIELDS, None, "not exactly one sender"),
        (JUNK_SIGNATURE, REJECT, "wants unsigned e-mails to be refused"),
        (PARTLY, None, "signature does not hold"),
        (letter().replace(b"From: Luma", b"Received: x\r\n" * 61 + b"From: Luma"), None, "circles"),
        (letter(body="x" * LARGEST_MAIL_BYTES), None, "larger than 25 MB"),
    ],
)
def test_is_refused_with_its_reason(raw, look, why, case):
    before = case.file
    result = send(case, raw, look)
    assert not result.filed
    assert why in result.reason
    assert case.file == before


def test_a_signed_mail_passes_where_its_domain_rejects_others(case):
    assert send(case, signed(letter()), REJECT).filed


def test_the_same_mail_comes_in_once(case):
    assert send(case, letter()).filed
    again = send(case, letter())
    others = letter(sender="amina@buyer.example")
    assert send(case, others).filed
    assert (again.filed, "already" in again.reason) == (False, True)
    assert len(case.file.the_dispute.outside) == 2


def test_a_closed_case_takes_no_mail_and_says_why(case):
    case.do(BUYER, asked.WithdrawDispute())
    result = send(case, letter())
    assert not result.filed
    assert "closed" in result.reason


@pytest.mark.parametrize(
    "address", ["case+d-0000-0000@mail.example", "x@mail.example", "case+d-0000-0000@else.example"]
)
def test_an_address_of_no_case(address, case):
    found = send(case, letter(), to=address)
    assert found.reason == "there is no such case"
    assert found.told == send(case, letter(sender="x@else.example")).told


def test_a_desk_without_a_domain_has_no_addresses(db):
    assert case_address(current(), "D-1234-5678") is None


def test_an_uploaded_mail_is_verified_and_its_bad_signature_shown(case):
    stored = [store(current(), Bytes("m.eml", FORGED)), store(current(), Bytes("a.txt", b"hello"))]
    seen = seen_among(current(), stored, names())
    assert (seen.signature, seen.raw) == ("fail", stored[0].sha256)
    assert seen_among(current(), stored[1:], names()) is None
    odd = store(current(), Bytes("odd.eml", b"Subject: x\nFrom: nobody\nDate: y\n\nz"))
    assert seen_among(current(), [odd], names()) is None


def test_a_signature_of_another_domain_stands_for_nobody():
    verdict = verify(signed(letter(), b"mailer.example"), "luma@seller.example", names())
    assert (verdict.signature, verdict.domain) == ("none", None)
    known = names(**{"s1._domainkey.mailer.example": record()})
    verdict = verify(signed(letter(), b"mailer.example"), "luma@seller.example", known)
    assert (verdict.signature, verdict.domain) == ("none", None)
    above = verify(signed(letter()), "luma@shop.seller.example", names())
    assert (above.signature, above.domain) == ("pass", "seller.example")


def test_the_policy_of_a_domain_above_counts():
    look = names(**{"_dmarc.seller.example": b"v=DMARC1; p=quarantine"})
    assert verify(letter(), "a@shop.seller.example", look).policy == "quarantine"
    odd = names(**{"_dmarc.seller.example": b"v=DMARC1; p=strange"})
    assert verify(letter(), "a@seller.example", odd).policy == "none"
    assert verify(letter(), "a@seller.example", names()).policy == "none"


def test_a_chain_of_forwarders_is_verified():
    auth = letter().replace(b"From:", b"Authentication-Results: mx.example; dkim=pass\r\nFrom:", 1)
    lines = dkim.arc_sign(
        auth, b"s1", b"seller.example", PRIVATE, b"mx.example", include_headers=[b"from"]
    )
    raw = b"".join(lines) + auth
    assert verify(raw, "luma@seller.example", names()).chain == "pass"
    spoiled = raw.replace(b"refund half", b"refund nothing")
    assert verify(spoiled, "luma@seller.example", names()).chain == "fail"
    assert verify(raw, "luma@seller.example", NOBODY).chain == "unknown"
    assert verify(letter(), "luma@seller.example", names()).chain == "none"


def test_what_is_read_out_of_a_mail():
    mail = read_mail(WITH_FILES)
    assert mail.text == "See the receipt."
    assert [one.name for one in mail.attachments] == ["a.txt", "x.svg"]
    assert mail.sent_at.isoformat() == "2026-03-02T10:00:00+00:00"
    page = letter(
        body="<html><title>x</title><p>Hello</p><script>x()</script>", Content_Type="text/html"
    )
    assert read_mail(page).text == "Hello"
    odd = letter(Content_Type="text/plain; charset=nonsense", Date="never", body="h\u00e9")
    assert read_mail(odd).sent_at is None
    assert read_mail(letter(Content_Type="image/png")).text == ""
    assert read_mail(letter(Date="Mon, 02 Mar 2026 10:00:00 -0000")).sent_at is not None
    assert read_mail(letter(Date="Fri, 31 Dec 9999 23:59:59 -1200")).sent_at is None


def test_a_page_of_endless_tags_is_read_in_no_time():
    page = letter(body="<script" * 200_000, Content_Type="text/html")
    assert read_mail(page).text == ""


def test_a_mail_of_too_many_parts_is_not_read():
    parts = "".join("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(70))
    raw = letter(Content_Type='multipart/mixed; boundary="b"', body=f"{parts}--b--")
    with pytest.raises(MailUnread, match="parts"):
        read_mail(raw)


def test_a_mailbox_gives_each_mail_with_its_own_bytes():
    one, two = letter(number=1), letter(number=2)
    box = b"From x Mon Mar  2 10:00:00 2026\n" + one + b"\nFrom y Mon Mar  2 10:00:00 2026\n" + two
    assert is_mailbox(box)
    assert not is_mailbox(one)
    assert [read_mail(raw).message_id for raw in mails_in(box)] == [
        read_mail(one).message_id,
        read_mail(two).message_id,
    ]
    with pytest.raises(MailUnread, match="more than"):
        list(mails_in(b"From x Mon Mar  2 10:00:00 2026\n\nx\n\n" * 60))


def test_what_looks_like_a_mail():
    assert is_mail(letter())
    assert not is_mail(b"From here on: nothing\n\nx")
    assert not is_mail(b"plain words")


def test_the_listener_answers_each_mail_with_what_became_of_it():
    taken = []

    def take(raw, address):
        taken.append((raw, address))
        return b"good" in raw, "it is in the case" if b"good" in raw else "it is forged"

    running = listener(lambda address: address.startswith("case+"), take, ("127.0.0.1", 0), 4_000)
    running.port = _free()
    running.start()
    try:
        with smtplib.SMTP("127.0.0.1", running.port) as client:
            client.sendmail("a@b.example", ["case+d-1@mail.example"], b"Subject: good\r\n\r\nx")
            with pytest.raises(smtplib.SMTPDataError, match="forged"):
                client.sendmail("a@b.example", ["case+d-1@mail.example"], b"Subject: bad\r\n\r\nx")
            with pytest.raises(smtplib.SMTPRecipientsRefused, match="no such case"):
                client.sendmail("a@b.example", ["x@mail.example"], b"x")
            many = [f"case+d-{one}@mail.example" for one in range(7)]
            refused = client.sendmail("a@b.example", many, b"Subject: good\r\n\r\nx")
            assert len(refused) == 2
            with pytest.raises(smtplib.SMTPException):
                client.sendmail("a@b.example", ["case+d-1@mail.example"], b"x" * 9_000)
    finally:
        running.stop()
    assert taken[0] == (b"Subject: good\r\n\r\nx\r\n", "case+d-1@mail.example")


def _free():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
