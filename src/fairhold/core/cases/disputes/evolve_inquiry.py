"""How findings, statements, requests for proof and departures change a dispute. Total."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.proof import CLOCK, Asking, ProofRequest
from fairhold.core.cases.disputes.state import Dispute, Ruled


def finding_recorded(dispute: Dispute, event: happened.FindingRecorded, _: datetime) -> Dispute:
    """One more fact is established; the last word on a fact counts."""
    others = tuple(one for one in dispute.findings if one.fact != event.finding.fact)
    return replace(dispute, findings=(*others, event.finding))


def fact_stated(dispute: Dispute, event: happened.FactStated, _: datetime) -> Dispute:
    """What a side says last of a fact is what it says."""
    said = event.statement
    others = tuple(
        one for one in dispute.statements if (one.fact, one.side) != (said.fact, said.side)
    )
    return replace(dispute, statements=(*others, said))


def evidence_named(dispute: Dispute, event: happened.EvidenceNamed, _: datetime) -> Dispute:
    """The file is known by its kind; when it was submitted does not change."""
    exhibits = tuple(
        replace(one, kind=event.kind) if one.number == event.exhibit else one
        for one in dispute.exhibits
    )
    return replace(dispute, exhibits=exhibits)


def proof_requested(dispute: Dispute, event: happened.ProofRequested, at: datetime) -> Dispute:
    """A side is asked; a request of that name that was over begins anew."""
    request = ProofRequest(
        name=event.name,
        party=event.party,
        documents=event.documents,
        all_needed=event.all_needed,
        asked_at=at,
        due_at=event.due_at,
    )
    others = tuple(one for one in dispute.requests if one.name != event.name)
    return replace(dispute, requests=(*others, request))


def proof_given(dispute: Dispute, event: happened.ProofGiven, _: datetime) -> Dispute:
    """The documents came; up to when others would have counted is kept."""
    clock = dispute.clock(CLOCK + event.name)
    due_at = {"due_at": clock.due_at} if clock else {}
    return _with(dispute, event.name, standing=Asking.GIVEN, **due_at)


def proof_lapsed(dispute: Dispute, event: happened.ProofLapsed, _: datetime) -> Dispute:
    """The documents did not come."""
    return _with(dispute, event.name, standing=Asking.LAPSED, due_at=event.due_at)


def proof_not_needed(dispute: Dispute, event: happened.ProofNoLongerNeeded, _: datetime) -> Dispute:
    """Nobody waits for the documents any more."""
    return _with(dispute, event.name, standing=Asking.NOT_NEEDED)


def ruling_recorded(dispute: Dispute, event: happened.RulingRecorded, _: datetime) -> Dispute:
    """What the platform's plan rests on."""
    record = event.record
    ruled = Ruled(
        status=record.status,
        decision=record.decision,
        refund_minor=record.refund_minor,
        refund_after_return_minor=record.refund_after_return_minor,
        clauses=tuple(one.id for one in record.clauses),
        alone=event.alone,
    )
    return replace(dispute, ruled=ruled)


def departure_proposed(dispute: Dispute, event: happened.DepartureProposed, _: datetime) -> Dispute:
    """A departure waits for a second person."""
    return replace(dispute, departure=event.departure)


def departure_over(dispute: Dispute, _: object, __: datetime) -> Dispute:
    """The departure was confirmed or dropped."""
    return replace(dispute, departure=None)


def _with(dispute: Dispute, name: str, **changes: Any) -> Dispute:
    requests = tuple(
        replace(one, **changes) if one.name == name else one for one in dispute.requests
    )
    return replace(dispute, requests=requests)


INQUIRY_EVOLVERS: dict[type, Callable[[Dispute, Any, datetime], Dispute]] = {
    happened.FindingRecorded: finding_recorded,
    happened.FactStated: fact_stated,
    happened.EvidenceNamed: evidence_named,
    happened.ProofRequested: proof_requested,
    happened.ProofGiven: proof_given,
    happened.ProofLapsed: proof_lapsed,
    happened.ProofNoLongerNeeded: proof_not_needed,
    happened.RulingRecorded: ruling_recorded,
    happened.DepartureProposed: departure_proposed,
    happened.DepartureConfirmed: departure_over,
    happened.DepartureDropped: departure_over,
}
