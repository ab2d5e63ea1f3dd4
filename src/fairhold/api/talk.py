"""What is said: the chat of an order, changes of terms, what was said elsewhere, redactions."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import Router

from fairhold.adapters.ids import words
from fairhold.adapters.mailbox.signatures import look_up
from fairhold.api import bodies, carry, talk_out
from fairhold.api.auth import Key, viewer
from fairhold.api.disputes import Number, act, built
from fairhold.api.documented import CREATED, FILE, FOUND, DisputeOut
from fairhold.api.documented_orders import OrderOut
from fairhold.api.documented_talk import ThreadOut
from fairhold.api.problems import Problem
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.flow.desk import current
from fairhold.flow.downloads import attachment
from fairhold.flow.intake.mails import seen_among
from fairhold.flow.intake.redacting import NO_COPY, RedactionError, may_redact, redacted
from fairhold.flow.query import View, view_of_case, view_of_order
from fairhold.flow.thread import read_up_to, thread_of

router = Router(tags=["correspondence"])
READ, WRITE = Key("disputes:read"), Key("disputes:write")
Id = bodies.Id
# Stands in where the deciders are to refuse before any copy is made.
Proposal = Annotated[int, bodies.Field(ge=1, le=10_000)]


@router.get(
    "/orders/{order_id}/messages",
    auth=READ,
    response={200: ThreadOut, **FOUND},
    operation_id="listMessages",
)
def messages(request: HttpRequest, order_id: Id) -> HttpResponse:
    """The one thread of an order: chat and messages of its disputes, and who has read how far."""
    view = _order(request, order_id)
    read_up_to(current(), view)
    return JsonResponse(talk_out.thread(thread_of(view)))


@router.post(
    "/orders/{order_id}/messages",
    auth=WRITE,
    response={200: ThreadOut, **CREATED},
    operation_id="writeMessage",
)
def write(request: HttpRequest, order_id: Id, body: bodies.MessageBody) -> HttpResponse:
    """Write into the official chat; both sides are told by mail. Binds nobody, stops no clock."""
    command = built(
        request,
        lambda make: ordered.WriteMessage(
            make.words(body.text),
            body.tag,
            body.language,
            body.reply_to,
            make.files(body.evidence),
        ),
    )
    view = carry.carry_out(request, order_id, command, body=body)
    return JsonResponse(talk_out.thread(thread_of(view)))


@router.get(
    "/orders/{order_id}/attachments/{number}/content",
    auth=READ,
    response={200: bytes, **FILE},
    operation_id="downloadAttachment",
)
def download_attachment(
    request: HttpRequest, order_id: Id, number: Number
) -> HttpResponse | StreamingHttpResponse:
    """The bytes of a file of the chat, always as a download; put on record."""
    found = attachment(current(), _order(request, order_id), number)
    if found is None:
        raise carry.not_found()
    return StreamingHttpResponse(found.chunks, headers=found.headers)


@router.post(
    "/orders/{order_id}/changes-of-terms",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="proposeChangeOfTerms",
)
def propose(request: HttpRequest, order_id: Id, body: bodies.ChangeOfTermsBody) -> HttpResponse:
    """Propose other terms; nothing changes until the other side agrees."""
    ids = current().ids
    address = words(ids, body.delivery_address) if body.delivery_address else None
    command = ordered.ProposeAmendment(
        words(ids, body.note), body.shipping_service, body.promise_days, address
    )
    return _do(request, order_id, command, body)


@router.post(
    "/orders/{order_id}/changes-of-terms/{number}/acceptance",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="acceptChangeOfTerms",
)
def accept(
    request: HttpRequest, order_id: Id, number: Proposal, body: bodies.Nothing
) -> HttpResponse:
    """Agree: the terms become the next version of the agreement."""
    return _do(request, order_id, ordered.AcceptAmendment(number), body)


@router.delete(
    "/orders/{order_id}/changes-of-terms/{number}",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="declineChangeOfTerms",
)
def decline(request: HttpRequest, order_id: Id, number: Proposal) -> HttpResponse:
    """Decline the other side's terms, or take back one's own."""
    return _do(request, order_id, ordered.DeclineAmendment(number), None)


@router.post(
    "/disputes/{dispute_id}/outside",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="fileOutside",
)
def file_outside(request: HttpRequest, dispute_id: Id, body: bodies.OutsideBody) -> HttpResponse:
    """Bring in what was said elsewhere. It counts when both sides confirmed it."""
    command = built(
        request,
        lambda make: asked.FileOutside(
            body.channel,
            make.words(body.summary),
            body.happened_at,
            make.files(body.evidence),
            body.exhibits,
            seen_among(current(), make.kept(body.evidence), look_up),
        ),
    )
    return act(request, dispute_id, command, body)


@router.post(
    "/disputes/{dispute_id}/outside/{number}/confirmation",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="confirmOutside",
)
def confirm_outside(
    request: HttpRequest, dispute_id: Id, number: Number, body: bodies.Nothing
) -> HttpResponse:
    """Stand for an exchange from elsewhere: it is genuine and valid. This is final."""
    return act(request, dispute_id, asked.ConfirmOutside(number), body)


@router.post(
    "/disputes/{dispute_id}/outside/{number}/contest",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="contestOutside",
)
def contest_outside(
    request: HttpRequest, dispute_id: Id, number: Number, body: bodies.ReasonsBody
) -> HttpResponse:
    """Say that an exchange from elsewhere is not genuine, or not valid, and why."""
    command = built(request, lambda make: asked.ContestOutside(number, make.words(body.reasons)))
    return act(request, dispute_id, command, body)


@router.put(
    "/disputes/{dispute_id}/evidence/{number}/redaction",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="redactEvidence",
)
def redact(
    request: HttpRequest, dispute_id: Id, number: Number, body: bodies.RedactionBody
) -> HttpResponse:
    """Let the other side see a redacted copy of a file; the original is kept."""
    view = view_of_case(current(), dispute_id, viewer(request))
    exhibits = view.file.the_dispute.exhibits if view else ()
    found = exhibits[number - 1] if number <= len(exhibits) else None
    may = view is not None and asked.RedactEvidence in view.allowed
    if view is None or found is None or not may or not may_redact(view, found):
        # The deciders say what is missing, in the order of their guards.
        return act(request, dispute_id, asked.RedactEvidence(number, NO_COPY), body)
    boxes: Any = body.boxes
    try:
        copy = redacted(current(), view, found, boxes)
    except RedactionError as error:
        at = [{"pointer": "/boxes", "detail": str(error)}]
        raise Problem("invalid_request", str(error), extra={"errors": at}) from error
    return act(request, dispute_id, asked.RedactEvidence(number, copy), body)


def _order(request: HttpRequest, order_id: str) -> View:
    view = view_of_order(current(), order_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return view


def _do(request: HttpRequest, order_id: str, command: Any, body: Any) -> HttpResponse:
    return carry.answer_order(carry.carry_out(request, order_id, command, body=body))
