"""The state of a dispute, folded from its events. Frozen records only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.proof import ProofRequest
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.evidence.outside import Outside
from fairhold.core.ledger.settlements import Authority, Refund
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef


class State(StrEnum):
    """The stages of a dispute. A freeze of the order lies over any of them."""

    NEGOTIATING = "negotiating"
    REVIEWING = "reviewing"
    RETURN_AGREED = "return_agreed"
    RETURN_SHIPPED = "return_shipped"
    RETURN_ESCALATED = "return_escalated"
    CLOSED = "closed"


class Reason(StrEnum):
    """The three reasons for a dispute."""

    NOT_RECEIVED = "not_received"
    NOT_AS_AGREED = "not_as_agreed"
    OWN_REASONS = "buyer_own_reasons"


class Subcase(StrEnum):
    """What exactly is not as agreed."""

    NONE = "none"
    COLOR = "color"
    SIZE = "size"
    PACKAGING = "packaging"
    BRAND = "brand"
    STYLE_MODEL = "style_model"
    MISSING_FUNCTION = "missing_function"
    WRONG_VARIANT = "wrong_variant"
    WRONG_GOODS = "wrong_goods"
    QUALITY = "quality"
    COUNTERFEIT = "counterfeit"
    VIRTUAL = "virtual"
    SHORT_LOADED = "short_loaded"
    DAMAGED = "damaged"
    RETURN_AFTER_RECEIPT = "return_after_receipt"
    METHOD_CHANGED = "method_changed"
    FORCED_DELIVERY = "forced_delivery"
    LATE_SHIPMENT = "late_shipment"
    LABELLING = "labelling_or_compliance"


class Kind(StrEnum):
    """The two kinds of request and plan."""

    REFUND_ONLY = "refund_only"
    RETURN_AND_REFUND = "return_and_refund"


class Outcome(StrEnum):
    """How a dispute ended."""

    AGREED = "agreed"
    AWARDED = "awarded"
    SELLER_SILENT = "seller_silent"
    PLATFORM_SILENT = "platform_silent"
    RETURN_NOT_SENT = "return_not_sent"
    RETURN_CONFIRMED = "return_confirmed"
    RETURN_UNANSWERED = "return_unanswered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a claim: pieces of a line, or (without a line) freight.

    Units: `amount_minor` in minor units; `pieces` in single pieces.
    """

    amount_minor: int
    line: int | None = None
    pieces: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan gives: the kind, the refund, who pays a return's freight, and a note."""

    kind: Kind
    refund: Refund
    return_freight: Role | None
    note: TextRef | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of one side. Acceptance names a version; a change voids earlier acceptances."""

    id: str
    side: Role
    version: int
    terms: Terms
    changed_at: datetime
    accepted_by: tuple[Role, ...] = ()
    earlier: tuple[Terms, ...] = ()
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether the plan is on the table."""
        return self.withdrawn_at is None

    def agreed(self) -> bool:
        """Whether both parties stand on this version; an owner stands on its own plan."""
        standing = {self.side, *self.accepted_by}
        return {Role.BUYER, Role.SELLER} <= standing


@dataclass(frozen=True, slots=True)
class Leg:
    """The return leg: what was agreed, where the goods go, and how far they are."""

    terms: Terms
    authority: Authority
    address: TextRef
    local: bool
    agreed_at: datetime
    carrier: str | None = None
    waybill: str | None = None
    shipped_at: datetime | None = None
    address_confirmed_at: datetime | None = None
    corrections: int = 0
    escalated_at: datetime | None = None
    confirmation_due_at: datetime | None = None
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that was established: by whom, when, over which exhibits, and why.

    `value` is canonical JSON of the fact's type in the rulebook. `role` is the specialist's, or the
    operator's where a record was handed over that no person has to weigh.
    """

    fact: str
    value: str
    exhibits: tuple[int, ...]
    reasons: TextRef
    by: str
    at: datetime
    role: Role = Role.SPECIALIST


@dataclass(frozen=True, slots=True)
class Statement:
    """What one side says of a fact; what both say alike is agreed. `value` as in a finding."""

    fact: str
    value: str
    side: Role
    at: datetime


class Deed(StrEnum):
    """What a departure would put up."""

    PLAN = "plan"
    AWARD = "award"


@dataclass(frozen=True, slots=True)
class Departure:
    """A plan or award that departs from the rulebook, with reasons; waits for a second person."""

    deed: Deed
    terms: Terms
    reasons: TextRef
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruled:
    """Where the rulebook led when the platform last put up a plan. Units: minor units.

    `alone`: the plan was put up by the rulebook itself, without a person.
    """

    status: str
    decision: str | None
    refund_minor: int | None
    refund_after_return_minor: int | None
    clauses: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute as it stands now."""

    id: str
    number: str
    state: State
    reason: Reason
    subcase: Subcase
    worry_free: bool
    items: tuple[Item, ...]
    description: TextRef
    wanted: TextRef
    opened_at: datetime
    plans: tuple[Plan, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    outside: tuple[Outside, ...] = ()
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()
    requests: tuple[ProofRequest, ...] = ()
    departure: Departure | None = None
    ruled: Ruled | None = None
    clocks: tuple[Clock, ...] = ()
    messages: int = 0
    answered_at: datetime | None = None
    stepped_in_at: datetime | None = None
    assigned_to: str | None = None
    leg: Leg | None = None
    outcome: Outcome | None = None
    paid_back: Refund | None = None
    closed_at: datetime | None = None

    def standing(self, side: Role) -> tuple[Plan, ...]:
        """The plans of one side that are on the table, oldest first."""
        return tuple(plan for plan in self.plans if plan.side is side and plan.stands)

    def plan(self, plan_id: str) -> Plan | None:
        """The plan of that id, withdrawn or not."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def proof(self, name: str) -> ProofRequest | None:
        """The request for proof of that name, whatever became of it."""
        return next((one for one in self.requests if one.name == name), None)

    @property
    def request(self) -> Plan:
        """The buyer's first standing plan: what silence executes."""
        return self.standing(Role.BUYER)[0]

    def clock(self, kind: str) -> Clock | None:
        """The open clock of that kind."""
        return next((clock for clock in self.clocks if clock.kind == kind), None)
