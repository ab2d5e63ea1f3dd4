"""Proofs anybody can check: the log of chain heads, custody, the file of a case, legal holds."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import Query, Router

from fairhold.adapters.ids import words
from fairhold.api import bodies, carry
from fairhold.api.auth import Key, viewer
from fairhold.api.disputes import Number
from fairhold.api.documented import CREATED, FOUND
from fairhold.api.documented_talk import (
    ConsistencyOut,
    CustodyOut,
    HoldOut,
    InclusionOut,
    MomentOut,
    WitnessOut,
)
from fairhold.api.problems import Problem
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.journal.merkle import consistency_proof
from fairhold.core.journal.note import NoteError
from fairhold.core.values.plain import to_plain
from fairhold.flow import sealing
from fairhold.flow.casefile.assembled import export
from fairhold.flow.casefile.forums import ForumError, forum
from fairhold.flow.casefile.gathered import present_moment
from fairhold.flow.casefile.moment import MomentError, read_moment
from fairhold.flow.custody import life_of
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case, view_of_order
from fairhold.store import log

router = Router(tags=["proofs"])
READ, KEEP, WRITE = Key("disputes:read"), Key("orders:read"), Key("orders:write")
Id = bodies.Id
Size = Annotated[int, Query(ge=0, le=10**15)]
LARGEST_NOTE = 20_000


@router.get(
    "/disputes/{dispute_id}/evidence/{number}/custody",
    auth=READ,
    response={200: CustodyOut, **FOUND},
    operation_id="getCustody",
)
def custody(request: HttpRequest, dispute_id: Id, number: Number) -> HttpResponse:
    """Everything that happened to one exhibit, from its receipt on."""
    view = _dispute(request, dispute_id)
    exhibits = view.file.the_dispute.exhibits
    found = exhibits[number - 1] if number <= len(exhibits) else None
    if found is None or not found.seen_by(view.viewer.role):
        raise carry.not_found()
    links: list[Any] = [to_plain(one) for one in life_of(view, found)]
    return JsonResponse(
        {"exhibit": f"E{number}", "sha256": found.shown_to(view.viewer.role).sha256, "links": links}
    )


@router.get(
    "/disputes/{dispute_id}/case-file/moment",
    auth=READ,
    response={200: MomentOut, **FOUND},
    operation_id="getCaseFileMoment",
)
def moment(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """Seal the case as of now; the same moment gives the same bytes, whenever it is asked for."""
    view = _dispute(request, dispute_id)
    found = present_moment(current(), view.file.order_id)
    name = f"{view.file.the_dispute.number}-{view.viewer.role.value}.zip"
    href = f"/api/v1/disputes/{dispute_id}/case-file?moment={found}"
    return JsonResponse({"moment": str(found), "name": name, "href": href})


@router.get(
    "/disputes/{dispute_id}/case-file",
    auth=READ,
    response={200: bytes, **FOUND},
    operation_id="exportCaseFile",
)
def case_file(
    request: HttpRequest,
    dispute_id: Id,
    moment: Annotated[str | None, Query(pattern=r"^[0-9.]{9,60}$")] = None,
    forum_name: Annotated[str, Query(alias="forum", pattern=r"^[a-z_]{3,30}$")] = (
        "platform_mediation"
    ),
    law: Annotated[str | None, Query(pattern=r"^[a-z_]{2,30}$")] = None,
) -> HttpResponse | StreamingHttpResponse:
    """The file of a case as a BagIt bag in a ZIP archive; anybody can verify it without us."""
    view = _dispute(request, dispute_id)
    try:
        wanted = read_moment(moment) if moment else None
        made = export(current(), view, wanted, forum(forum_name, law))
    except (MomentError, ForumError) as error:
        at = [{"pointer": "/moment", "detail": str(error)}]
        raise Problem("invalid_request", str(error), extra={"errors": at}) from error
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Fairhold-Moment": str(made.moment),
    }
    return StreamingHttpResponse(made.chunks(), headers=headers)


@router.get(
    "/log/checkpoint", auth=None, response={200: str, **FOUND}, operation_id="getCheckpoint"
)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed checkpoint of the log, with the names of its witnesses. Public."""
    row = log.latest_checkpoint()
    if row is None:
        raise Problem("not_found", "Nothing has been signed yet.")
    return HttpResponse(sealing.cosigned(row), content_type="text/plain; charset=utf-8")


@router.get(
    "/log/consistency",
    auth=None,
    response={200: ConsistencyOut, **FOUND},
    operation_id="getConsistency",
)
def consistency(request: HttpRequest, old: Size, new: Size) -> HttpResponse:
    """The proof that the log of the new size begins with that of the old size. Public."""
    if not old <= new <= log.size():
        raise Problem("invalid_request", f"Expected old up to new up to {log.size()}.")
    path = [one.hex() for one in consistency_proof(old, new, log.node)]
    return JsonResponse({"old": old, "new": new, "path": path})


@router.post(
    "/log/cosignatures", auth=None, response={200: WitnessOut, **CREATED}, operation_id="cosign"
)
def cosign(request: HttpRequest) -> HttpResponse:
    """A witness brings a checkpoint of ours with its name under it (C2SP tlog-cosignature)."""
    body = request.body
    try:
        if len(body) > LARGEST_NOTE:
            raise NoteError(f"expected at most {LARGEST_NOTE} bytes")
        name, size = sealing.cosign(current(), body.decode("utf-8"))
    except (NoteError, UnicodeDecodeError) as error:
        raise Problem("invalid_request", f"The note was not taken: {error}.") from error
    return JsonResponse({"name": name, "size": size})


@router.get(
    "/orders/{order_id}/inclusion",
    auth=KEEP,
    response={200: InclusionOut, **FOUND},
    operation_id="getInclusion",
)
def inclusion(request: HttpRequest, order_id: Id) -> HttpResponse:
    """The proof that the order's journal stands in the latest checkpoint of the log."""
    view = _order(request, order_id)
    sealing.seal_order(current(), order_id)
    row = log.latest_checkpoint()
    found = sealing.inclusion(order_id, view.file.version, row.size) if row else None
    if found is None:
        raise Problem("not_found", "This order does not stand in the log yet.")
    told = {"order_id": order_id, "entry": found.head.seq, "hash": found.head.hash}
    path = [one.hex() for one in found.path]
    return JsonResponse({**told, "index": found.index, "size": found.size, "path": path})


@router.put(
    "/orders/{order_id}/hold",
    auth=WRITE,
    response={200: HoldOut, **CREATED},
    operation_id="placeHold",
)
def hold(request: HttpRequest, order_id: Id, body: bodies.HoldBody) -> HttpResponse:
    """Keep everything of an order for a legal claim."""
    command = ordered.PlaceHold(words(current().ids, body.claim), body.review_at)
    return _held(carry.carry_out(request, order_id, command, body=body))


@router.post(
    "/orders/{order_id}/hold/release",
    auth=WRITE,
    response={200: HoldOut, **CREATED},
    operation_id="liftHold",
)
def lift(request: HttpRequest, order_id: Id, body: bodies.ReasonsBody) -> HttpResponse:
    """End the legal hold."""
    command = ordered.LiftHold(words(current().ids, body.reasons))
    return _held(carry.carry_out(request, order_id, command, body=body))


def _held(view: View) -> HttpResponse:
    order = view.file.the_order
    review_at = to_plain(order.hold.review_at) if order.hold else None
    content = {"order_id": order.id, "held": order.hold is not None, "review_at": review_at}
    found = {**content, "delete_after": to_plain(order.delete_after)}
    return carry.tagged(view, found, status=200)


def _dispute(request: HttpRequest, dispute_id: str) -> View:
    view = view_of_case(current(), dispute_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return view


def _order(request: HttpRequest, order_id: str) -> View:
    view = view_of_order(current(), order_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return view
