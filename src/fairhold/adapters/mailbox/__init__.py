"""E-mails as evidence: read without changing a byte, their signatures verified when they arrive."""

import email
import email.policy
import hashlib
import mailbox
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

MOST_PARTS = 60
MOST_HOPS = 60
LONGEST_TEXT = 20_000
LONGEST_NAME = 120
# What the parser of the standard library raises over odd headers.
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
)
# Programs disagree whether a return alone ends a line: what one signs another would not read.
HEAD_END = re.compile(rb"\r?\n\r?\n")
LONE_RETURN = re.compile(rb"\r(?!\n)")
LONGEST_PAGE = 200_000
SILENT_TAGS = frozenset({"script", "style", "title"})
SENDER = re.compile(
    r"[^@\s<>\x00-\x1f\x7f\ud800-\udfff]{1,64}@[^@\s<>\x00-\x1f\x7f\ud800-\udfff]{1,190}"
)
# One mailbox file brings at most so many e-mails.
MOST_IN_A_MAILBOX = 50
# What machines answer with. Source: RFC 3834, section 5; RFC 2919; common practice.
AUTOMATIC = ("auto_reply", "auto-reply", "bulk", "list", "junk")


class MailUnread(Exception):
    """The bytes are no e-mail that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with an e-mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What an e-mail says. `message_id` is the SHA-256 of its id (or of the whole where none is).

    `automatic` says why it is an answer of a machine; None for one of a person.
    """

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str
    attachments: tuple[Attachment, ...]
    automatic: str | None


def read_mail(raw: bytes) -> Mail:
    """Read one e-mail.

    Raises: MailUnread.
    """
    if LONE_RETURN.search(HEAD_END.split(raw, 1)[0]):
        raise MailUnread("its header has line ends that programs read differently")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        return _read(message, raw)
    except UNREADABLE as error:
        raise MailUnread(f"it cannot be read as an e-mail ({type(error).__name__})") from error


def mails_in(raw: bytes) -> Iterator[bytes]:
    """The e-mails of an mbox file, each with its own bytes.

    Raises: MailUnread for more than can be taken.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(raw)
        box = mailbox.mbox(path, create=False)
        try:
            if len(box) > MOST_IN_A_MAILBOX:
                raise MailUnread(f"it holds {len(box)} e-mails, more than {MOST_IN_A_MAILBOX}")
            for key in box.iterkeys():
                yield box.get_bytes(key)
        finally:
            box.close()


def is_mailbox(first: bytes) -> bool:
    """Whether a file begins like an mbox."""
    return first.startswith(b"From ")


def is_mail(first: bytes) -> bool:
    """Whether a file begins like an e-mail: known header fields, before any empty line."""
    head = first[:16_384].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    names = {name.lower() for name in re.findall(rb"(?m)^([A-Za-z-]{2,40}):", head)}
    return {b"from"} < names and bool(names & {b"received", b"message-id", b"date", b"subject"})


def _read(message: EmailMessage, raw: bytes) -> Mail:
    named = message.get_all("From", [])
    senders = [one.addr_spec.lower() for field in named for one in field.addresses]
    if len(named) != 1 or len(senders) != 1 or not SENDER.fullmatch(senders[0]):
        raise MailUnread("it has not exactly one sender's address")
    [sender] = senders
    parts = list(message.walk())
    if len(parts) > MOST_PARTS:
        raise MailUnread(f"it has {len(parts)} parts, more than {MOST_PARTS}")
    to = [str(one) for name in ("To", "Cc") for one in message.get_all(name, [])]
    own_id = str(message.get("Message-ID", "")).strip()
    return Mail(
        message_id=hashlib.sha256(own_id.encode() if own_id else raw).hexdigest(),
        sender=sender,
        recipients=tuple(address.lower() for _, address in getaddresses(to) if address),
        subject=_clean(str(message.get("Subject", "")))[:LONGEST_NAME],
        sent_at=_sent_at(message),
        text=_text(message),
        attachments=tuple(_attachments(parts)),
        automatic=_automatic(message),
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    """The date its sender wrote; anybody can write any."""
    try:
        found = parsedate_to_datetime(str(message["Date"]))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _text(message: EmailMessage) -> str:
    """The plain text; of an e-mail that is HTML alone, its words without the tags."""
    body = message.get_body(("plain",))
    if body is not None:
        return _clean(_content(body))[:LONGEST_TEXT]
    page = message.get_body(("html",))
    if page is None:
        return ""
    reading = _Words()
    reading.feed(_content(page)[:LONGEST_PAGE])
    return _clean(" ".join("".join(reading.words).split()))[:LONGEST_TEXT]


class _Words(HTMLParser):
    """The words of a page, without its tags, scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._inside += tag in SILENT_TAGS
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._inside = max(0, self._inside - (tag in SILENT_TAGS))

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


def _content(part: MIMEPart) -> str:
    found = part.get_payload(decode=True)
    charset = part.get_content_charset() or "utf-8"
    content = found if isinstance(found, bytes) else b""
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _attachments(parts: list[EmailMessage]) -> Iterator[Attachment]:
    for part in parts:
        name = part.get_filename()
        if part.is_multipart() or (name is None and part.get_content_maintype() == "text"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Attachment(_clean(name or "attachment")[:LONGEST_NAME], content)


def _automatic(message: EmailMessage) -> str | None:
    """Why this is no letter of a person: a machine's answer, a list, a loop."""
    if str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no":
        return "it was sent by a machine"
    if str(message.get("Precedence", "")).strip().lower() in AUTOMATIC:
        return "it was sent to many, or by a machine"
    if message.get("List-Id") or message.get("X-Autoreply") or message.get("X-Autorespond"):
        return "it came from a list or a machine"
    if str(message.get("Return-Path", "?")).strip() == "<>":
        return "it is a report about another e-mail"
    if len(message.get_all("Received", [])) > MOST_HOPS:
        return "it has gone round in circles"
    return None


def _clean(text: str) -> str:
    kept = (sign for sign in text if sign.isprintable() or sign in "\n\t")
    return "".join(kept).strip()
