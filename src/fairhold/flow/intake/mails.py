"""E-mails into a case: sent to its address, or uploaded. Kept raw, verified when they come in.

What is taken becomes an exchange from elsewhere, filed by the side it came from; who else stands
for it is for the other side to say. What is refused is told why, and put down without its bytes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fairhold.accounts.models import Party
from fairhold.adapters.ids import words
from fairhold.adapters.mailbox import Mail, MailUnread, read_mail
from fairhold.adapters.mailbox.signatures import FAIL, PASS, UNKNOWN, Lookup, Verdict, verify
from fairhold.core.cases.disputes.commands import FileOutside
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE
from fairhold.core.evidence.outside import Channel, MailSeen
from fairhold.core.values.roles import PARTIES, Actor
from fairhold.flow.access import party_of
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.intake.uploads import MAIL_TYPE, Stored, UploadError, store, submitted
from fairhold.flow.request import Refused, Request, Viewer
from fairhold.store import mails, queries
from fairhold.store.load import load

LARGEST_MAIL_BYTES = 25 * 1024 * 1024
LONGEST_SUMMARY = 2_000
NO_CASE = "there is no such case"
NOBODYS = "no side of this case writes from this address"
NEUTRAL = "it could not be shown that a side of a case sent it from its own address"
UNVERIFIED = Verdict("none", "none", None, "none", "{}")
ADDRESS = re.compile(r"case\+(d-[0-9a-z]{4}-[0-9a-z]{4})@(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an e-mail. `skipped` names attachments that were not taken, and why.

    `openly`: the reason gives nothing away, or a good signature shows whom it is given to.
    """

    filed: bool
    reason: str
    skipped: tuple[str, ...] = ()
    openly: bool = False

    @property
    def told(self) -> str:
        """What whoever sent it is told: a stranger learns nothing of cases and addresses."""
        return self.reason if self.filed or self.openly else NEUTRAL


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes at hand, as an upload hands them over."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.content)

    def chunks(self) -> Iterable[bytes]:
        """All of them."""
        return (self.content,)


def case_address(desk: Desk, number: str) -> str | None:
    """The e-mail address of a case; None where the desk takes no mail."""
    return f"case+{number.lower()}@{desk.mail_domain}" if desk.mail_domain else None


def case_of(desk: Desk, recipient: str) -> str | None:
    """The id of the dispute that a recipient's address names."""
    found = ADDRESS.fullmatch(recipient.strip().strip("<>"))
    if found is None or found.group(2).lower() != desk.mail_domain:
        return None
    return queries.case_by_number(found.group(1))


def is_address(desk: Desk, recipient: str) -> bool:
    """Whether a recipient has the form of a case's address; whether there is one is not told."""
    found = ADDRESS.fullmatch(recipient.strip().strip("<>"))
    return found is not None and found.group(2).lower() == desk.mail_domain


def receive(desk: Desk, raw: bytes, recipient: str, look: Lookup) -> Received:
    """Take an e-mail that was sent to a case."""
    mail = _fit(raw)
    if isinstance(mail, Received):
        return mail
    case_id = case_of(desk, recipient)
    if case_id is None:
        return Received(filed=False, reason=NO_CASE)
    viewer = _sender(case_id, mail.sender)
    # Nobody's e-mails cost no look-up: whose signature would be verified?
    verdict = verify(raw, mail.sender, look) if viewer else UNVERIFIED
    why = _unwanted(case_id, mail, verdict, viewer)
    if why is not None or viewer is None:
        result = Received(False, why or NOBODYS, openly=verdict.signature == PASS)
    else:
        result = _filed(desk, case_id, viewer, (raw, mail, verdict))
    _put_down(desk, (raw, mail, verdict), (recipient, case_id), result)
    return result


def _fit(raw: bytes) -> Mail | Received:
    """The e-mail, or why it would not be taken for any case."""
    if len(raw) > LARGEST_MAIL_BYTES:
        limit = LARGEST_MAIL_BYTES // (1024 * 1024)
        return Received(False, f"it is larger than {limit} MB; send its files singly", openly=True)
    try:
        mail = read_mail(raw)
    except MailUnread as fault:
        return Received(False, str(fault), openly=True)
    if mail.automatic is not None:
        return Received(False, f"{mail.automatic}; write it yourself", openly=True)
    return mail


def _unwanted(case_id: str, mail: Mail, verdict: Verdict, viewer: Viewer | None) -> str | None:
    """Why an e-mail is not taken; None where it is."""
    if viewer is None:
        return NOBODYS
    if mails.filed_before(case_id, mail.message_id, mail.sender):
        return "this e-mail is in the case already"
    if verdict.signature == FAIL:
        return "its signature does not hold: it was changed, or its sender is forged"
    if verdict.policy != "none" and verdict.signature not in (PASS, UNKNOWN):
        return "its sender's domain wants unsigned e-mails to be refused"
    return None


def _sender(case_id: str, address: str) -> Viewer | None:
    """The side of the case whose address this is."""
    order_id = queries.order_of_case(case_id)
    if order_id is None:
        return None
    file = load(order_id, None).file
    for role in PARTIES:
        party = Party.objects.filter(id=party_of(file, role)).first()
        if party is not None and party.email.lower() == address:
            return Viewer(Actor(party.id, role), party.id)
    return None


def _filed(
    desk: Desk, case_id: str, viewer: Viewer, found: tuple[bytes, Mail, Verdict]
) -> Received:
    raw, mail, verdict = found
    order_id = queries.order_of_case(case_id)
    files, skipped = _files(desk, raw, mail)
    if order_id is None or not files:
        return Received(False, "; ".join(skipped) or NO_CASE, openly=verdict.signature == PASS)
    now = desk.clock.now()
    happened_at = mail.sent_at if mail.sent_at and mail.sent_at <= now else None
    command = FileOutside(
        channel=Channel.EMAIL,
        summary=words(desk.ids, summary_of(mail)),
        happened_at=happened_at,
        evidence=submitted(desk, files),
        mail=replace(seen(files[0], mail, verdict), sent_in=True),
    )
    key = f"mail:{case_id}:{mail.message_id}"
    result = handle(desk, Request(order_id, command, viewer, key, mail.message_id, case_id=case_id))
    if isinstance(result, Refused):
        why = f"{result.refusal.why} {result.refusal.what_now}"
        return Received(False, why, openly=verdict.signature == PASS)
    return Received(filed=True, reason="it is in the case", skipped=skipped)


def _files(desk: Desk, raw: bytes, mail: Mail) -> tuple[list[Stored], tuple[str, ...]]:
    """The e-mail itself and its attachments; one that is not taken leaves the others."""
    kept, skipped = [], []
    parts = [Bytes("e-mail.eml", raw), *(Bytes(one.name, one.content) for one in mail.attachments)]
    for part in parts[:MOST_FILES_AT_ONCE]:
        try:
            kept.append(store(desk, part))
        except UploadError as error:
            skipped.append(str(error))
            if part is parts[0]:
                return [], tuple(skipped)
    more = len(parts) - MOST_FILES_AT_ONCE
    if more > 0:
        skipped.append(f"{more} more attachments; they stay inside the e-mail")
    return kept, tuple(skipped)


def summary_of(mail: Mail) -> str:
    """From whom, about what, and how it begins."""
    head = f"From {mail.sender}: {mail.subject or '(no subject)'}"
    return f"{head}\n\n{mail.text}"[:LONGEST_SUMMARY].strip()


def seen(stored: Stored, mail: Mail, verdict: Verdict) -> MailSeen:
    """What goes on record about an e-mail."""
    return MailSeen(
        raw=stored.sha256,
        message_id=mail.message_id,
        signature=verdict.signature,
        chain=verdict.chain,
        domain=verdict.domain,
        received_at=stored.received_at,
    )


def seen_among(desk: Desk, files: Iterable[Stored], look: Lookup) -> MailSeen | None:
    """What is on record about the first e-mail among uploaded files; verified now.

    An uploaded e-mail may be from anybody and its signature may fail: that is shown, not refused.
    """
    for one in files:
        if one.media_type == MAIL_TYPE and one.size <= LARGEST_MAIL_BYTES:
            raw = b"".join(desk.blobs.read(one.sha256))
            try:
                mail = read_mail(raw)
            except MailUnread:
                continue
            verdict = verify(raw, mail.sender, look)
            found = seen(one, mail, verdict)
            uploaded = Received(filed=True, reason="uploaded")
            _put_down(desk, (raw, mail, verdict), ("", None), uploaded)
            return found
    return None


def _put_down(
    desk: Desk,
    found: tuple[bytes, Mail, Verdict],
    to: tuple[str, str | None],
    result: Received,
) -> None:
    """Keep what was found, the answers of the DNS included, whatever became of the e-mail."""
    raw, mail, verdict = found
    recipient, case_id = to
    mails.keep(
        mails.Seen(
            id=desk.ids.new(),
            raw=raw,
            message_id=mail.message_id,
            received_at=desk.clock.now(),
            recipient=recipient,
            sender=mail.sender,
            case_id=case_id,
            filed=result.filed,
            reason=result.reason,
            signature=verdict.signature,
            chain=verdict.chain,
            answers=verdict.answers,
        )
    )
