"""What can be asked of a dispute. Imperative; shape is checked at the edge, sense in decide."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import Copy, Upload
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Channel, MailSeen
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import Role
from fairhold.core.values.words import Words


@dataclass(frozen=True, slots=True)
class NewTerms:
    """The terms of a plan as somebody proposes them."""

    kind: Kind
    refund: Refund
    return_freight: Role | None
    note: Words | None


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """File a dispute. The requested amount is the sum of its items."""

    dispute_id: str
    number: str
    reason: Reason
    subcase: Subcase
    kind: Kind
    items: tuple[Item, ...]
    return_freight: Role | None
    description: Words
    wanted: Words
    evidence: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class AcceptPlan:
    """Accept a plan in the version that was shown. A seller may name another return address."""

    plan: str
    version: int
    return_address: Words | None


@dataclass(frozen=True, slots=True)
class RefuseAndPropose:
    """The seller's formal refusal, which always carries a plan of the seller's own."""

    terms: NewTerms
    evidence: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class ProposePlan:
    """Put up a further plan."""

    terms: NewTerms


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """Replace the terms of an own plan, made against the version that was shown."""

    plan: str
    version: int
    terms: NewTerms


@dataclass(frozen=True, slots=True)
class WithdrawPlan:
    """Take an own plan off the table."""

    plan: str


@dataclass(frozen=True, slots=True)
class PostMessage:
    """Say something, for one of five purposes or none. Stops no clock.

    `language` is a BCP 47 tag of the text as written; `reply_to` the number of an earlier message
    of the dispute. Files that come with it become exhibits.
    """

    text: Words
    tag: Tag | None = None
    language: str | None = None
    reply_to: int | None = None
    evidence: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """Submit files."""

    evidence: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class WithdrawEvidence:
    """Withdraw an own file; it stays on record as withdrawn."""

    exhibit: int
    reasons: Words | None = None


@dataclass(frozen=True, slots=True)
class RedactEvidence:
    """Let the other side see a redacted copy of a file; the original stays."""

    exhibit: int
    copy: Copy


@dataclass(frozen=True, slots=True)
class FileOutside:
    """Bring in what was said elsewhere: new files, files that are there, or a note alone."""

    channel: Channel
    summary: Words
    happened_at: datetime | None = None
    evidence: tuple[Upload, ...] = ()
    exhibits: tuple[int, ...] = ()
    mail: MailSeen | None = None


@dataclass(frozen=True, slots=True)
class ConfirmOutside:
    """Stand for an exchange from elsewhere: it is genuine and valid."""

    number: int


@dataclass(frozen=True, slots=True)
class ContestOutside:
    """Say that an exchange from elsewhere is not genuine, or not valid, and why."""

    number: int
    reasons: Words


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """Correct the reason or the subcase of the own filing."""

    reason: Reason
    subcase: Subcase


@dataclass(frozen=True, slots=True)
class WithdrawDispute:
    """The buyer gives the dispute up; what is held goes to the seller."""


@dataclass(frozen=True, slots=True)
class RecordUnagreedReturn:
    """Goods were sent back though nobody agreed to it."""

    carrier: str
    waybill: str
    reasons: Words
    evidence: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class AssignCase:
    """Give the case to a specialist."""

    specialist_id: str


@dataclass(frozen=True, slots=True)
class StepIn:
    """The platform enters the case before it must."""


@dataclass(frozen=True, slots=True)
class ProposePlatformPlan:
    """Put up the platform's plan, or replace it. The note carries the reasons.

    `departs` says why the plan is another one than the rulebook leads to.
    """

    terms: NewTerms
    departs: Words | None = None


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """A specialist establishes a fact of the rulebook over exhibits, with reasons.

    `value` is canonical JSON; that it fits the fact is checked at the edge, against the book.
    """

    fact: str
    value: str
    exhibits: tuple[int, ...]
    reasons: Words


@dataclass(frozen=True, slots=True)
class IssueAward:
    """Decide the case. The note carries the reasons; `departs` as in a plan."""

    terms: NewTerms
    departs: Words | None = None


@dataclass(frozen=True, slots=True)
class ConfirmDeparture:
    """A second person stands for a plan or an award that departs from the rulebook."""


@dataclass(frozen=True, slots=True)
class DropDeparture:
    """The plan or award that departs from the rulebook is not put up."""


@dataclass(frozen=True, slots=True)
class StateFact:
    """A side says what it knows of a fact of the rulebook. `value` is canonical JSON."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """Say what kind of document a submitted file is, in the words of the rulebook."""

    exhibit: int
    kind: str


@dataclass(frozen=True, slots=True)
class EnterReturnWaybill:
    """The buyer handed the goods to a carrier."""

    carrier: str
    waybill: str


@dataclass(frozen=True, slots=True)
class CorrectReturnWaybill:
    """The buyer mistyped: the return travels under another number."""

    carrier: str
    waybill: str


@dataclass(frozen=True, slots=True)
class ConfirmReturnAddress:
    """The seller confirms where the goods are to go, or (with `address`) names another place."""

    address: Words | None


@dataclass(frozen=True, slots=True)
class ConfirmReturn:
    """The returned goods arrived and are in order."""


@dataclass(frozen=True, slots=True)
class EscalateReturn:
    """The return is missing or faulty: ask the platform to decide."""

    reasons: Words
    evidence: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class WithdrawEscalation:
    """Take the escalation back; the first thirty days decide again."""


@dataclass(frozen=True, slots=True)
class LapseClock:
    """The platform's own command: a clock has run out. `seq` is the entry that set it."""

    seq: int


@dataclass(frozen=True, slots=True)
class RemindOfClock:
    """The platform's own command: a clock is about to run out. `seq` as in `LapseClock`."""

    seq: int


@dataclass(frozen=True, slots=True)
class GiveBackOutage:
    """The platform's own command: time in which the desk was down is given back."""

    outage_id: int
    outage_from: datetime
    outage_until: datetime
