"""Tracking: scans come in, the story of parcels goes out, numbers are examined."""

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router
from pydantic import Field

from fairhold.adapters.tracking import TrackingFault
from fairhold.api import bodies
from fairhold.api.auth import Key, viewer
from fairhold.api.carry import answer_order, carry_out, not_found
from fairhold.api.documented import CREATED, FOUND
from fairhold.api.documented_orders import OrderOut
from fairhold.api.documented_tracking import (
    ExaminedOut,
    ParcelsOut,
    ScansOut,
    TakenOut,
    UnmappedOut,
)
from fairhold.api.problems import Problem
from fairhold.core.cases.orders import commands as asked
from fairhold.core.logistics.waybill import Standing, examine
from fairhold.flow.desk import current
from fairhold.flow.intake import shapes
from fairhold.flow.parcels import intake, telling
from fairhold.flow.parcels.unread import without_meaning
from fairhold.flow.query import view_of_order

router = Router(tags=["tracking"])
READ, WRITE, TRACK = Key("orders:read"), Key("orders:write"), Key("tracking:write")
ACT = Key("disputes:write")
Id = bodies.Id
ParcelNumber = Annotated[int, Field(ge=1, le=200)]


class Delivery(shapes.Shape):
    """Many scans; each stands or falls alone."""

    scans: Annotated[
        tuple[Any, ...], Field(strict=False, min_length=1, max_length=intake.MOST_AT_ONCE)
    ]


@router.post(
    "/tracking/scans",
    auth=TRACK,
    response={200: TakenOut, **CREATED},
    operation_id="sendScans",
)
def send(request: HttpRequest, body: Delivery) -> HttpResponse:
    """Keep up to 5,000 scans. The same scan again is known; an unfit one holds up no other."""
    desk = current()
    found = intake.take_own(desk, list(body.scans), "api", desk.clock.now())
    return JsonResponse(telling.taken(found))


@router.post(
    "/tracking/webhooks/{provider}",
    auth=None,
    response={200: TakenOut, **CREATED},
    operation_id="receiveWebhook",
)
def receive(
    request: HttpRequest, provider: Annotated[str, Field(pattern=r"^[a-z0-9]{1,24}$")]
) -> HttpResponse:
    """Events of a tracking provider, in its own format and with its own signature."""
    desk = current()
    webhook = desk.parcels.webhooks.get(provider)
    if webhook is None:
        raise Problem("not_found", f"No provider {provider!r} is set up here.")
    if not webhook.verified(request.headers, request.body):
        detail = f"The signature is not that of {provider} over this body."
        raise Problem("unauthenticated", detail, extra={"what_now": "Check the secret."})
    try:
        parsed = json.loads(request.body)
        records = list(webhook.records(parsed))
    except (ValueError, RecursionError) as error:
        raise Problem("malformed_json", f"The body is not JSON: {error}"[:200]) from error
    except TrackingFault as fault:
        raise Problem("invalid_request", str(fault)) from fault
    found = intake.take(desk, records, webhook.name, desk.clock.now())
    return JsonResponse(telling.taken(found))


@router.get(
    "/tracking/unmapped",
    auth=TRACK,
    response={200: UnmappedOut, **FOUND},
    operation_id="listUnmappedTexts",
)
def unmapped(request: HttpRequest) -> HttpResponse:
    """Texts of carriers that nobody has given a meaning yet, the most frequent first."""
    rows = [
        {"source": source, "text": text, "times": times}
        for source, text, times in without_meaning(current())
    ]
    return JsonResponse({"items": rows})


@router.get(
    "/waybills/{number}",
    auth=READ,
    response={200: ExaminedOut, **FOUND},
    operation_id="examineWaybill",
)
def examined(
    request: HttpRequest,
    number: Annotated[str, Field(min_length=1, max_length=60)],
    carrier: Annotated[str | None, Query(max_length=200)] = None,
) -> HttpResponse:
    """What a number tells by itself, never more than is known."""
    register = current().parcels.register
    named = register.named(carrier) if carrier else None
    return JsonResponse(telling.examined(examine(number, register, named), register))


@router.get(
    "/orders/{order_id}/parcels",
    auth=READ,
    response={200: ParcelsOut, **FOUND},
    operation_id="listParcels",
)
def parcels(request: HttpRequest, order_id: Id) -> HttpResponse:
    """The story of every parcel of an order, outbound and return."""
    view = view_of_order(current(), order_id, viewer(request))
    if view is None:
        raise not_found()
    return JsonResponse(telling.parcels(current(), view))


@router.get(
    "/orders/{order_id}/scans",
    auth=READ,
    response={200: ScansOut, **FOUND},
    operation_id="exportScans",
)
def export(request: HttpRequest, order_id: Id) -> HttpResponse:
    """Every raw scan of an order as it was received, with the digest that the journal names.

    Parties do not get the records of a number that stands on another parcel too.
    """
    view = view_of_order(current(), order_id, viewer(request))
    if view is None:
        raise not_found()
    return JsonResponse(telling.raw(view.file, view.viewer))


@router.post(
    "/orders/{order_id}/parcels/{parcel}/waybill",
    auth=ACT,
    response={200: OrderOut, **CREATED},
    operation_id="replaceWaybill",
)
def replace(
    request: HttpRequest, order_id: Id, parcel: ParcelNumber, body: bodies.WaybillBody
) -> HttpResponse:
    """The right number in place of a wrong one."""
    _possible(body)
    command = asked.ReplaceWaybill(parcel, body.carrier, body.as_read())
    return answer_order(carry_out(request, order_id, command, body=body))


@router.post(
    "/orders/{order_id}/parcels/{parcel}/transfer-numbers",
    auth=ACT,
    response={200: OrderOut, **CREATED},
    operation_id="addTransferNumber",
)
def transfer(
    request: HttpRequest, order_id: Id, parcel: ParcelNumber, body: bodies.WaybillBody
) -> HttpResponse:
    """A number under which another carrier took the parcel on."""
    _possible(body)
    command = asked.AddTransferNumber(parcel, body.carrier, body.as_read())
    return answer_order(carry_out(request, order_id, command, body=body))


def _possible(body: bodies.WaybillBody) -> None:
    """Refuse a number that no carrier can have given out.

    Raises: Problem, naming the field.
    """
    register = current().parcels.register
    found = examine(body.waybill, register, register.named(body.carrier))
    if found.standing is Standing.IMPOSSIBLE:
        at = [{"pointer": "/waybill", "detail": found.reason}]
        raise Problem("invalid_request", found.reason, extra={"errors": at})
