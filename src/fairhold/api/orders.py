"""Orders: taken over from the marketplace, and what happens to them there."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router
from pydantic import Field

from fairhold.adapters.ids import words
from fairhold.api import bodies, carry, representations
from fairhold.api.auth import Key, viewer
from fairhold.api.cursors import DEFAULT_SIZE, LARGEST_SIZE, page
from fairhold.api.documented import CREATED, FOUND
from fairhold.api.documented_orders import OrderOut, OrderPage, RowsOut
from fairhold.api.problems import Problem
from fairhold.core.cases.orders import commands as asked
from fairhold.core.values.roles import Role
from fairhold.flow.desk import current
from fairhold.flow.files import orders_of
from fairhold.flow.intake import order_document, shapes
from fairhold.flow.query import sums_of_order
from fairhold.flow.request import Refused

MOST_AT_ONCE = 200
LONGEST_JUMP_SECONDS = 20 * 365 * 24 * 3600
router = Router(tags=["orders"])
READ, WRITE = Key("orders:read"), Key("orders:write")
Id = bodies.Id


class Batch(shapes.Shape):
    """Many orders; each stands or falls alone."""

    orders: Annotated[tuple[dict[str, Any], ...], Field(strict=False, min_length=1, max_length=200)]


class Amendment(shapes.Shape):
    """A change both sides agreed to, against `expected_version` of the agreement."""

    expected_version: Annotated[int, Field(ge=1, le=10_000)]
    shipping_service: shapes.Line | None = None
    promise_days: Annotated[int, Field(ge=0, le=365)] | None = None
    delivery_address: shapes.Text | None = None
    delivery_place: order_document.DestinationShape | None = None
    note: shapes.Text


class Cancellation(shapes.Shape):
    """When the buyer asked to cancel."""

    requested_at: shapes.Moment


class Reason(shapes.Shape):
    """Why."""

    reason: shapes.Text


class Jump(shapes.Shape):
    """How much time passes, in seconds."""

    seconds: Annotated[int, Field(gt=0, le=LONGEST_JUMP_SECONDS)]


@router.post("/orders", auth=WRITE, response={201: OrderOut, **CREATED}, operation_id="createOrder")
def create(request: HttpRequest, body: order_document.OrderShape) -> HttpResponse:
    """Register one order. The same document again changes nothing and gives the same answer."""
    _operator_only(request)
    result = order_document.register(current(), body, viewer(request))
    return carry.answer_order(carry.outcome(request, result), status=201)


@router.post(
    "/orders/batch", auth=WRITE, response={200: RowsOut, **CREATED}, operation_id="createOrders"
)
def create_many(request: HttpRequest, body: Batch) -> HttpResponse:
    """Register up to 200 orders; the answer has one row for each, in the same order."""
    _operator_only(request)
    return JsonResponse({"results": [_one(request, raw) for raw in body.orders]})


@router.get("/orders", auth=READ, response={200: OrderPage, **FOUND}, operation_id="listOrders")
def index(
    request: HttpRequest,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_SIZE)] = DEFAULT_SIZE,
) -> HttpResponse:
    """The viewer's orders, newest first."""
    rows, following = page(orders_of(viewer(request)), cursor, limit)
    items = [
        {
            "id": row.id,
            "ref": row.ref,
            "currency": row.currency,
            "standing": row.standing,
            "held": representations.money(row.held_goods + row.held_freight, row.currency),
            "dispute_id": row.case_id,
        }
        for row in rows
    ]
    return JsonResponse({"items": items, "next": following})


@router.get(
    "/orders/{order_id}", auth=READ, response={200: OrderOut, **FOUND}, operation_id="getOrder"
)
def detail(request: HttpRequest, order_id: Id) -> HttpResponse:
    """One order with its balances."""
    view = sums_of_order(current(), order_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return carry.answer_order(view)


@router.post(
    "/orders/{order_id}/payments",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="capturePayment",
)
def capture(request: HttpRequest, order_id: Id, body: order_document.PaymentShape) -> HttpResponse:
    """A captured payment enters the hold."""
    payment = asked.Payment(body.goods_minor, body.freight_minor)
    return _do(request, order_id, asked.CapturePayment(payment), body)


@router.post(
    "/orders/{order_id}/dispatches",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="declareDispatch",
)
def dispatch(request: HttpRequest, order_id: Id, body: order_document.ParcelShape) -> HttpResponse:
    """A parcel was handed to a carrier."""
    parcel = body.declared(current().parcels.register)
    return _do(request, order_id, asked.DeclareDispatch(parcel), body)


@router.post(
    "/orders/{order_id}/amendments",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="amendOrder",
)
def amend(request: HttpRequest, order_id: Id, body: Amendment) -> HttpResponse:
    """A change of the agreement that both sides made."""
    ids, place = current().ids, body.delivery_place
    command = asked.AmendOrder(
        body.expected_version,
        body.shipping_service,
        body.promise_days,
        words(ids, body.delivery_address) if body.delivery_address else None,
        words(ids, body.note),
        words(ids, place.as_text()) if place else None,
    )
    return _do(request, order_id, command, body)


@router.post(
    "/orders/{order_id}/cancellation-request",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="requestCancellation",
)
def cancel(request: HttpRequest, order_id: Id, body: Cancellation) -> HttpResponse:
    """The buyer asked to cancel; request and time stay on record."""
    return _do(request, order_id, asked.RequestCancellation(body.requested_at), body)


@router.post(
    "/orders/{order_id}/freeze",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="freezeOrder",
)
def freeze(request: HttpRequest, order_id: Id, body: Reason) -> HttpResponse:
    """Stop the money and the clocks of an order."""
    command = asked.FreezeOrder(words(current().ids, body.reason))
    return _do(request, order_id, command, body)


@router.post(
    "/orders/{order_id}/unfreeze",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="unfreezeOrder",
)
def unfreeze(request: HttpRequest, order_id: Id, body: Reason) -> HttpResponse:
    """Let money and clocks run again."""
    command = asked.UnfreezeOrder(words(current().ids, body.reason))
    return _do(request, order_id, command, body)


@router.post(
    "/orders/{order_id}/completion",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="completeOrder",
)
def complete(request: HttpRequest, order_id: Id, body: bodies.Nothing) -> HttpResponse:
    """The protection time is over: release what is held to the seller."""
    return _do(request, order_id, asked.CompleteOrder(), body)


@router.post(
    "/orders/{order_id}/sandbox-clock",
    auth=WRITE,
    response={200: OrderOut, **CREATED},
    operation_id="moveSandboxClock",
)
def jump(request: HttpRequest, order_id: Id, body: Jump) -> HttpResponse:
    """Test mode only: let time pass for this order."""
    if not current().test_mode:
        raise Problem("not_found", "This address exists in test mode only.")
    return _do(request, order_id, asked.MoveSandboxClock(body.seconds), body)


def _do(request: HttpRequest, order_id: str, command: Any, body: Any) -> HttpResponse:
    return carry.answer_order(carry.carry_out(request, order_id, command, body=body))


def _operator_only(request: HttpRequest) -> None:
    if viewer(request).role is not Role.OPERATOR:
        detail = "Orders are registered by the marketplace, with a key of an operator."
        raise Problem("not_allowed", detail, status=403, title="Your role may not do this")


def _one(request: HttpRequest, raw: dict[str, Any]) -> dict[str, Any]:
    """One row of a batch: the order's id, or the problem of this order alone."""
    document, errors = order_document.parse(raw)
    if document is None:
        return {"ref": raw.get("ref"), "order_id": None, "errors": errors}
    result = order_document.register(current(), document, viewer(request))
    if isinstance(result, Refused):
        problem = {"pointer": f"/{result.refusal.field or ''}", "detail": result.refusal.why}
        return {"ref": document.ref, "order_id": None, "errors": [problem]}
    return {"ref": document.ref, "order_id": result.file.order_id, "errors": []}
