"""What the operations answer, for the OpenAPI document. Answers are made in `representations`."""

from typing import Any

from pydantic import BaseModel

ProblemCodes = frozenset({400, 401, 403, 404, 409, 412, 422, 503})


class Money(BaseModel):
    """Units: minor units of the currency."""

    amount_minor: int
    currency: str


class ErrorAt(BaseModel):
    """One field at fault."""

    pointer: str
    detail: str


class ProblemOut(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    what_now: str
    citation: str | None = None
    errors: list[ErrorAt] | None = None
    details: dict[str, Any] | None = None


class OnSilence(BaseModel):
    """What happens when the clock runs out, in money."""

    default: str
    summary: str
    closes_dispute: bool
    starts_return: bool
    to_buyer: Money | None
    to_seller: Money | None


class ClockOut(BaseModel):
    """A running clock."""

    kind: str
    must_act: str
    starts_at: str
    due_at: str
    paused_since: str | None
    given_back_seconds: int
    clause: str
    citation: str
    on_silence: OnSilence


class ActionOut(BaseModel):
    """Something the viewer may do, until when, and what follows from silence."""

    action: str
    until: str | None
    on_silence: OnSilence | None


class PlanOut(BaseModel):
    """A plan in its present version."""

    id: str
    side: str
    version: int
    kind: str
    refund: Money
    goods_minor: int
    freight_minor: int
    return_freight: str | None
    note: str | None
    accepted_by: list[str]
    changed_at: str
    withdrawn_at: str | None


class ExhibitOut(BaseModel):
    """A piece of evidence. Of one for the platform only the other side sees the number alone."""

    number: int
    side: str
    name: str | None
    shows: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    kind: str | None
    platform_only: bool
    redacted: bool
    received_at: str | None
    submitted_at: str
    withdrawn_at: str | None
    withdrawn: str | None
    href: str


class WeightOut(BaseModel):
    """An exhibit, and whether it counts."""

    number: int
    weight: str


class MailSeenOut(BaseModel):
    """What was found about an e-mail when it was received."""

    raw: str
    message_id: str
    signature: str
    chain: str
    domain: str | None = None
    received_at: str


class OutsideOut(BaseModel):
    """What was said elsewhere, who stands for it, and whether its files count."""

    number: int
    channel: str
    side: str
    summary: str
    filed_at: str
    happened_at: str | None
    authentication: str
    confirmed_by: list[str]
    contested: str | None
    exhibits: list[WeightOut]
    mail: MailSeenOut | None


class FindingOut(BaseModel):
    """A fact that a specialist established."""

    fact: str
    value: Any
    exhibits: list[int]
    reasons: str
    at: str


class StatementOut(BaseModel):
    """What a side says of a fact."""

    fact: str
    value: str | int | bool
    side: str
    at: str


class RequestOut(BaseModel):
    """A request for proof: all of the documents, or any.

    `standing`: open, given, lapsed or not_needed.
    """

    name: str
    party: str
    documents: list[str]
    all_needed: bool
    asked_at: str
    due_at: str
    standing: str


class PieceOut(BaseModel):
    """A document that counts, and the exhibits that are it."""

    kind: str
    meaning: str
    exhibits: list[int]
    late: list[int]


class ResultOut(BaseModel):
    """Where the rulebook leads; null where the amount is not fixed."""

    decision: str | None
    refund_minor: int | None
    release_minor: int | None
    refund_after_return_minor: int | None


class NeedOut(BaseModel):
    """A request with what is there, what is missing, and what follows with and without it."""

    request: RequestOut
    summary: str
    citation: str
    pieces: list[PieceOut]
    missing: list[str]
    if_given: ResultOut | None
    if_silent: ResultOut | None


class NeedsOut(BaseModel):
    """Every request for proof of a dispute."""

    items: list[NeedOut]


class DecisionOut(BaseModel):
    """The decision as both sides may read it. `record` is what the journal keeps of the ruling."""

    at: str
    final: bool
    terms: dict[str, Any] | None
    outcome: str | None
    refund_minor: int | None
    reasons: str
    departs: str
    alone: bool
    by_default: bool
    explanation: dict[str, Any] | None
    record: dict[str, Any] | None


class DisputeOut(BaseModel):
    """A dispute as the viewer sees it."""

    id: str
    number: str
    order_id: str
    version: int
    state: str
    frozen: bool
    reason: str
    subcase: str
    worry_free: bool
    waiting_on: list[str]
    description: str
    wanted: str
    items: list[dict[str, Any]]
    opened_at: str
    answered_at: str | None
    stepped_in_at: str | None
    closed_at: str | None
    outcome: str | None
    paid: Money
    held: Money
    refunded: Money | None
    plans: list[PlanOut]
    evidence: list[ExhibitOut]
    outside: list[OutsideOut]
    findings: list[FindingOut]
    statements: list[StatementOut]
    proof_requests: list[RequestOut]
    departure: dict[str, Any] | None
    return_leg: dict[str, Any] | None
    clocks: list[ClockOut]
    allowed_actions: list[ActionOut]
    book: str


class RulingOut(BaseModel):
    """Where the clauses lead; the result is null while facts are missing. Units: minor units."""

    status: str
    decision: str | None
    liable_party: str | None
    refund_minor: int | None
    release_minor: int | None
    refund_after_return_minor: int | None
    return_required: bool | None
    because: list[dict[str, Any]]
    facts_to_establish: list[dict[str, str]]
    proof_requests: list[dict[str, Any]]
    book: str


class DisputeRow(BaseModel):
    """A dispute in a list."""

    id: str
    number: str
    order_id: str
    order_ref: str
    title: str
    state: str
    reason: str
    waiting_on: str
    due_at: str | None
    requested: Money
    opened_at: str
    closed_at: str | None


class DisputePage(BaseModel):
    """A page of disputes; `next` is the cursor of the following page."""

    items: list[DisputeRow]
    next: str | None


class LineOut(BaseModel):
    """A line of the history."""

    seq: int
    at: str
    voice: str
    type: str
    title: str
    text: str | None


class TimelineOut(BaseModel):
    """A page of the history; go on with `after` = `next`."""

    items: list[LineOut]
    next: int | None


class EndpointOut(BaseModel):
    """A webhook endpoint; its secret only when it is made."""

    id: int
    url: str
    failures: int
    disabled_at: str | None
    secret: str | None = None


class EndpointPage(BaseModel):
    """Every endpoint."""

    items: list[EndpointOut]


class UploadOut(BaseModel):
    """An uploaded file."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str


FOUND = {frozenset({400, 401, 403, 404, 422}): ProblemOut}
FILE = {frozenset({400, 401, 403, 404, 410, 422, 503}): ProblemOut}
CREATED = {ProblemCodes: ProblemOut}
