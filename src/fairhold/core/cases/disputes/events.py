"""What happened in a dispute. Past tense."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.state import (
    Departure,
    Finding,
    Item,
    Leg,
    Outcome,
    Reason,
    Statement,
    Subcase,
    Terms,
)
from fairhold.core.evidence.exhibit import Copy, Exhibit
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Outside
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.record import RulingRecord
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """The buyer filed. The buyer's first plan follows as its own entry."""

    dispute_id: str
    number: str
    reason: Reason
    subcase: Subcase
    worry_free: bool
    items: tuple[Item, ...]
    description: TextRef
    wanted: TextRef


@dataclass(frozen=True, slots=True)
class PlanProposed:
    """A side put up a plan."""

    plan: str
    side: Role
    terms: Terms


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A side changed its plan; acceptances of earlier versions are void."""

    plan: str
    side: Role
    version: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class PlanWithdrawn:
    """A side took its plan off the table."""

    plan: str
    side: Role


@dataclass(frozen=True, slots=True)
class RequestRefused:
    """The seller formally refused the buyer's request."""


@dataclass(frozen=True, slots=True)
class PlanAccepted:
    """A side accepted a plan in one version."""

    plan: str
    version: int
    side: Role


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """Somebody said something. `attachments` are exhibits by number."""

    text: TextRef
    tag: Tag | None = None
    language: str | None = None
    reply_to: int | None = None
    attachments: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSubmitted:
    """A side submitted files."""

    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class EvidenceWithdrawn:
    """A side withdrew a file; it stays on record."""

    exhibit: int
    withdrawn_at: datetime
    reasons: TextRef | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRedacted:
    """The other side sees a redacted copy of a file from now on."""

    exhibit: int
    copy: Copy


@dataclass(frozen=True, slots=True)
class OutsideFiled:
    """A side, or the desk, brought in what was said elsewhere."""

    outside: Outside


@dataclass(frozen=True, slots=True)
class OutsideConfirmed:
    """A side stands for an exchange from elsewhere."""

    number: int
    side: Role


@dataclass(frozen=True, slots=True)
class OutsideContested:
    """A side says that an exchange from elsewhere is not genuine or not valid."""

    number: int
    side: Role
    reasons: TextRef


@dataclass(frozen=True, slots=True)
class ReasonChanged:
    """The buyer corrected the reason of the filing, and with it perhaps its route."""

    reason: Reason
    subcase: Subcase
    worry_free: bool


@dataclass(frozen=True, slots=True)
class UnagreedReturnRecorded:
    """Goods came back, or are on their way back, without an agreement."""

    carrier: str
    waybill: str
    reasons: TextRef


@dataclass(frozen=True, slots=True)
class CaseAssigned:
    """A specialist has the case."""

    specialist_id: str


@dataclass(frozen=True, slots=True)
class PlatformSteppedIn:
    """The platform entered the case. `why`: clock, specialist or worry_free."""

    why: str


@dataclass(frozen=True, slots=True)
class AwardIssued:
    """The platform decided; `by_default` when its standing plan became the award by lapse."""

    terms: Terms
    by_default: bool


@dataclass(frozen=True, slots=True)
class ReturnAgreed:
    """The goods are to go back. Negotiation is over."""

    leg: Leg


@dataclass(frozen=True, slots=True)
class FindingRecorded:
    """A fact was established by a specialist; a later finding on it stands in for this one."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class FactStated:
    """A side said what it knows of a fact; its later word stands in for this one."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class EvidenceNamed:
    """A file was said to be a document of this kind."""

    exhibit: int
    kind: str


@dataclass(frozen=True, slots=True)
class ProofRequested:
    """The platform asked one side for documents: all of them, or any."""

    name: str
    party: Role
    documents: tuple[str, ...]
    all_needed: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """The documents of a request are there."""

    name: str


@dataclass(frozen=True, slots=True)
class ProofLapsed:
    """The documents of a request did not come by `due_at`: what the rulebook presumes holds."""

    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ProofNoLongerNeeded:
    """The case turns on other things than this request."""

    name: str


@dataclass(frozen=True, slots=True)
class RulingRecorded:
    """Where the rulebook leads, on record beside the plan or award that follows.

    `alone`: no person put the plan or award up.
    """

    record: RulingRecord
    alone: bool


@dataclass(frozen=True, slots=True)
class DepartureProposed:
    """Somebody of the desk wants to depart from the rulebook; a second person has to agree."""

    departure: Departure


@dataclass(frozen=True, slots=True)
class DepartureConfirmed:
    """A second person agreed to the departure."""

    by: str


@dataclass(frozen=True, slots=True)
class DepartureDropped:
    """The departure is off the table."""


@dataclass(frozen=True, slots=True)
class ReturnShipped:
    """The buyer entered the waybill of the return."""

    carrier: str
    waybill: str
    shipped_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnWaybillCorrected:
    """The buyer corrected the waybill of the return. The wrong one stays in the journal."""

    carrier: str
    waybill: str


@dataclass(frozen=True, slots=True)
class ReturnAddressConfirmed:
    """The seller confirmed the return address; `address` is set where it is another one now."""

    address: TextRef | None


@dataclass(frozen=True, slots=True)
class ReturnConfirmed:
    """The goods are back."""


@dataclass(frozen=True, slots=True)
class ReturnEscalated:
    """The seller asks the platform to decide about the return."""

    reasons: TextRef
    escalated_at: datetime
    confirmation_due_at: datetime


@dataclass(frozen=True, slots=True)
class EscalationWithdrawn:
    """The seller took the escalation back."""


@dataclass(frozen=True, slots=True)
class PlatformEnteredReturn:
    """The platform took up an escalated return."""

    entered_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeClosed:
    """The dispute ended. `refund` is what the buyer got back."""

    outcome: Outcome
    refund: Refund
    closed_at: datetime
