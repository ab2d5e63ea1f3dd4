"""Disputes: filed, read, argued, decided, returned."""

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from fairhold.api import bodies, carry, representations
from fairhold.api.auth import Key, viewer
from fairhold.api.cursors import DEFAULT_SIZE, LARGEST_SIZE, page
from fairhold.api.documented import CREATED, FOUND, DisputeOut, DisputePage, TimelineOut
from fairhold.api.problems import Problem
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.access import may_see
from fairhold.flow.cases import cases_of, filtered
from fairhold.flow.desk import current
from fairhold.flow.intake import uploads
from fairhold.flow.intake.findings import FindingError, value_of
from fairhold.flow.query import View, view_of_case
from fairhold.store.load import load
from fairhold.store.models import DisputeCase

router = Router(tags=["disputes"])
READ, WRITE = Key("disputes:read"), Key("disputes:write")
Id = bodies.Id
PlanId = Annotated[str, bodies.Field(pattern=r"^(buyer|seller|platform)-\d{1,3}$")]
Number = Annotated[int, bodies.Field(ge=1, le=10_000)]
FilterName = Literal["all", "in_process", "waiting_for_you", "awaiting_receipt", "closed"]


@router.get(
    "/disputes", auth=READ, response={200: DisputePage, **FOUND}, operation_id="listDisputes"
)
def index(
    request: HttpRequest,
    filter: FilterName = "all",
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_SIZE)] = DEFAULT_SIZE,
) -> HttpResponse:
    """The viewer's disputes, newest first, by one of the quick filters."""
    found: QuerySet[DisputeCase] = cases_of(viewer(request))
    rows, following = page(filtered(found, filter, viewer(request).role), cursor, limit)
    return JsonResponse({"items": [_row(row) for row in rows], "next": following})


@router.get(
    "/disputes/{dispute_id}",
    auth=READ,
    response={200: DisputeOut, **FOUND},
    operation_id="getDispute",
)
def detail(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """One dispute with its plans, clocks and what the viewer may do."""
    return carry.answer(view_or_404(request, dispute_id))


@router.get(
    "/disputes/{dispute_id}/timeline",
    auth=READ,
    response={200: TimelineOut, **FOUND},
    operation_id="getTimeline",
)
def timeline(
    request: HttpRequest,
    dispute_id: Id,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=LARGEST_SIZE)] = DEFAULT_SIZE,
) -> HttpResponse:
    """The history in words, oldest first; go on with `after` = the `next` of the answer."""
    view = view_or_404(request, dispute_id)
    entries = [one for one in view.visible if one.seq > after]
    following = entries[limit - 1].seq if len(entries) > limit else None
    lines = view.told(entries[:limit])
    quotes = view.quotes(lines)
    items = [representations.line(one, quotes) for one in lines]
    return JsonResponse({"items": items, "next": following})


@router.post(
    "/orders/{order_id}/disputes",
    auth=WRITE,
    response={201: DisputeOut, **CREATED},
    operation_id="openDispute",
)
def open_dispute(request: HttpRequest, order_id: Id, body: bodies.OpenBody) -> HttpResponse:
    """File a dispute on an order."""
    command = built(request, lambda make: make.open(body))
    view = carry.carry_out(request, order_id, command, body=body)
    return carry.answer(view, status=201)


@router.post(
    "/disputes/{dispute_id}/plans/{plan}/acceptance",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="acceptPlan",
)
def accept(
    request: HttpRequest, dispute_id: Id, plan: PlanId, body: bodies.AcceptBody
) -> HttpResponse:
    """Accept a plan in the version that was shown."""
    return act(request, dispute_id, built(request, lambda make: make.accept(plan, body)), body)


@router.post(
    "/disputes/{dispute_id}/refusal",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="refuseRequest",
)
def refuse(request: HttpRequest, dispute_id: Id, body: bodies.RefuseBody) -> HttpResponse:
    """The seller refuses, with a plan of the seller's own."""
    command = built(
        request,
        lambda make: asked.RefuseAndPropose(make.terms(body.terms), make.files(body.evidence)),
    )
    return act(request, dispute_id, command, body)


@router.post(
    "/disputes/{dispute_id}/plans",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="proposePlan",
)
def propose(request: HttpRequest, dispute_id: Id, body: bodies.TermsShape) -> HttpResponse:
    """Put up a further plan."""
    command = built(request, lambda make: asked.ProposePlan(make.terms(body)))
    return act(request, dispute_id, command, body)


@router.put(
    "/disputes/{dispute_id}/plans/{plan}",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="changePlan",
)
def change(
    request: HttpRequest, dispute_id: Id, plan: PlanId, body: bodies.ChangeBody
) -> HttpResponse:
    """Replace an own plan by its next version."""
    command = built(
        request, lambda make: asked.ChangePlan(plan, body.version, make.terms(body.terms))
    )
    return act(request, dispute_id, command, body)


@router.delete(
    "/disputes/{dispute_id}/plans/{plan}",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="withdrawPlan",
)
def withdraw_plan(request: HttpRequest, dispute_id: Id, plan: PlanId) -> HttpResponse:
    """Take an own plan off the table."""
    return act(request, dispute_id, asked.WithdrawPlan(plan), None)


@router.post(
    "/disputes/{dispute_id}/messages",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="postMessage",
)
def message(request: HttpRequest, dispute_id: Id, body: bodies.MessageBody) -> HttpResponse:
    """Say something; stops no clock."""
    command = built(
        request,
        lambda make: asked.PostMessage(
            make.words(body.text),
            body.tag,
            body.language,
            body.reply_to,
            make.files(body.evidence),
        ),
    )
    return act(request, dispute_id, command, body)


@router.post(
    "/disputes/{dispute_id}/statements",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="stateFact",
)
def statement(request: HttpRequest, dispute_id: Id, body: bodies.StatementBody) -> HttpResponse:
    """Say what you know of a fact; what both sides say alike needs no proof."""
    value = value_in_book(request, dispute_id, body.fact, body.value)
    return act(request, dispute_id, asked.StateFact(body.fact, value), body)


@router.put(
    "/disputes/{dispute_id}/reason",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="changeReason",
)
def reason(request: HttpRequest, dispute_id: Id, body: bodies.ReasonBody) -> HttpResponse:
    """Correct the reason of the own filing."""
    return act(request, dispute_id, asked.ChangeReason(body.reason, body.subcase), body)


@router.post(
    "/disputes/{dispute_id}/withdrawal",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="withdrawDispute",
)
def withdraw(request: HttpRequest, dispute_id: Id, body: bodies.Nothing) -> HttpResponse:
    """The buyer gives the dispute up; what is held goes to the seller."""
    return act(request, dispute_id, asked.WithdrawDispute(), body)


@router.post(
    "/disputes/{dispute_id}/unagreed-returns",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="recordUnagreedReturn",
)
def unagreed(request: HttpRequest, dispute_id: Id, body: bodies.UnagreedBody) -> HttpResponse:
    """Record that goods were sent back though nobody agreed to it."""
    return act(request, dispute_id, built(request, lambda make: make.unagreed(body)), body)


def act(request: HttpRequest, dispute_id: str, command: Any, body: Any) -> HttpResponse:
    """Hand a command on a dispute to the write path and answer with the dispute."""
    order_id = carry.order_of(dispute_id)
    view = carry.carry_out(request, order_id, command, body=body, case_id=dispute_id)
    return carry.answer(view)


def value_in_book(request: HttpRequest, dispute_id: str, fact: str, value: Any) -> str:
    """A value of a fact under the rulebook of this dispute, as canonical JSON.

    Raises: Problem for a fact that nobody establishes, or a value that it cannot have.
    """
    file = load(carry.order_of(dispute_id), None).file
    if not may_see(viewer(request), file):
        raise carry.not_found()
    try:
        return value_of(current().shelf.book(file.the_order.book), fact, value)
    except FindingError as error:
        at = [{"pointer": f"/{error.field}", "detail": str(error)}]
        raise Problem("invalid_request", str(error), extra={"errors": at}) from error


def built(request: HttpRequest, build: Any) -> Any:
    """The command that `build` makes out of a body.

    Raises: Problem for an upload that is not the caller's.
    """
    try:
        return build(bodies.Builder(current(), viewer(request).actor.id))
    except uploads.UploadError as error:
        raise Problem("upload_refused", str(error)) from error


def view_or_404(request: HttpRequest, dispute_id: str) -> View:
    """The dispute, if it exists for this viewer.

    Raises: Problem.
    """
    view = view_of_case(current(), dispute_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return view


def _row(row: DisputeCase) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "order_id": row.order_id,
        "order_ref": row.order_ref,
        "title": row.title,
        "state": row.state,
        "reason": row.reason,
        "waiting_on": row.waiting_on,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "requested": representations.money(row.amount_minor, row.currency),
        "opened_at": row.opened_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }
