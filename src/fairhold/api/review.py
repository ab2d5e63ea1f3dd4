"""The desk's own acts in a dispute, and the return leg."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairhold.accounts.models import Person
from fairhold.api import bodies
from fairhold.api.auth import Key
from fairhold.api.disputes import Id, act, built, value_in_book
from fairhold.api.documented import CREATED, DisputeOut
from fairhold.api.problems import Problem
from fairhold.core.cases.disputes import commands as asked

router = Router(tags=["review and return"])
WRITE = Key("disputes:write")


@router.post(
    "/disputes/{dispute_id}/assignment",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="assignCase",
)
def assign(request: HttpRequest, dispute_id: Id, body: bodies.AssignBody) -> HttpResponse:
    """Give the case to a specialist."""
    known = Person.objects.filter(opaque_id=body.specialist_id, role="specialist", is_active=True)
    if not known.exists():
        detail = "Expected the id of an active specialist."
        at = [{"pointer": "/specialist_id", "detail": detail}]
        raise Problem("invalid_request", detail, extra={"errors": at})
    return act(request, dispute_id, asked.AssignCase(body.specialist_id), body)


@router.post(
    "/disputes/{dispute_id}/step-in",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="stepIn",
)
def step_in(request: HttpRequest, dispute_id: Id, body: bodies.Nothing) -> HttpResponse:
    """Enter the case, or take up an escalated return."""
    return act(request, dispute_id, asked.StepIn(), body)


@router.put(
    "/disputes/{dispute_id}/platform-plan",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="proposePlatformPlan",
)
def propose(request: HttpRequest, dispute_id: Id, body: bodies.DeskTermsShape) -> HttpResponse:
    """Put up the platform's plan or its next version; the note carries the reasons."""
    return _terms(request, dispute_id, body, asked.ProposePlatformPlan)


@router.post(
    "/disputes/{dispute_id}/findings",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="recordFinding",
)
def finding(request: HttpRequest, dispute_id: Id, body: bodies.FindingBody) -> HttpResponse:
    """Establish a fact of the rulebook over exhibits, with reasons."""
    value = value_in_book(request, dispute_id, body.fact, body.value)
    command = built(
        request,
        lambda make: asked.RecordFinding(
            body.fact, value, tuple(sorted(set(body.exhibits))), make.words(body.reasons)
        ),
    )
    return act(request, dispute_id, command, body)


@router.post(
    "/disputes/{dispute_id}/departure/confirmation",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="confirmDeparture",
)
def confirm_departure(request: HttpRequest, dispute_id: Id, body: bodies.Nothing) -> HttpResponse:
    """A second person stands for a plan or an award that departs from the rulebook."""
    return act(request, dispute_id, asked.ConfirmDeparture(), body)


@router.delete(
    "/disputes/{dispute_id}/departure",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="dropDeparture",
)
def drop_departure(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """Take a plan or an award that departs from the rulebook off the table."""
    return act(request, dispute_id, asked.DropDeparture(), None)


@router.post(
    "/disputes/{dispute_id}/award",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="issueAward",
)
def award(request: HttpRequest, dispute_id: Id, body: bodies.DeskTermsShape) -> HttpResponse:
    """Decide the case; the note carries the reasons, `departs` why it is not the rulebook's."""
    return _terms(request, dispute_id, body, asked.IssueAward)


@router.post(
    "/disputes/{dispute_id}/return/waybill",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="enterReturnWaybill",
)
def waybill(request: HttpRequest, dispute_id: Id, body: bodies.WaybillBody) -> HttpResponse:
    """The buyer handed the goods to a carrier."""
    return act(request, dispute_id, asked.EnterReturnWaybill(body.carrier, body.as_read()), body)


@router.put(
    "/disputes/{dispute_id}/return/waybill",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="correctReturnWaybill",
)
def correct(request: HttpRequest, dispute_id: Id, body: bodies.WaybillBody) -> HttpResponse:
    """Correct a mistyped waybill; the seller's days begin anew."""
    return act(request, dispute_id, asked.CorrectReturnWaybill(body.carrier, body.as_read()), body)


@router.put(
    "/disputes/{dispute_id}/return/address",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="confirmReturnAddress",
)
def address(request: HttpRequest, dispute_id: Id, body: bodies.AddressBody) -> HttpResponse:
    """The seller confirms the return address, or names another one, once."""
    command = built(
        request,
        lambda make: asked.ConfirmReturnAddress(make.words(body.address) if body.address else None),
    )
    return act(request, dispute_id, command, body)


@router.post(
    "/disputes/{dispute_id}/return/confirmation",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="confirmReturn",
)
def confirm(request: HttpRequest, dispute_id: Id, body: bodies.Nothing) -> HttpResponse:
    """The goods are back; the agreed refund runs."""
    return act(request, dispute_id, asked.ConfirmReturn(), body)


@router.post(
    "/disputes/{dispute_id}/return/escalation",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="escalateReturn",
)
def escalate(request: HttpRequest, dispute_id: Id, body: bodies.EscalateBody) -> HttpResponse:
    """The return is missing or faulty: ask the platform to decide."""
    command = built(
        request,
        lambda make: asked.EscalateReturn(make.words(body.reasons), make.files(body.evidence)),
    )
    return act(request, dispute_id, command, body)


@router.delete(
    "/disputes/{dispute_id}/return/escalation",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="withdrawEscalation",
)
def withdraw(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """Take the escalation back."""
    return act(request, dispute_id, asked.WithdrawEscalation(), None)


def _terms(
    request: HttpRequest, dispute_id: str, body: bodies.DeskTermsShape, kind: Any
) -> HttpResponse:
    command = built(
        request,
        lambda make: kind(make.terms(body), make.words(body.departs) if body.departs else None),
    )
    return act(request, dispute_id, command, body)
