"""Where the marketplace wants to be told: endpoints for webhooks and payment instructions."""

import base64
import secrets
from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from fairhold.accounts.models import WebhookEndpoint
from fairhold.adapters.webhooks import WebhookFault, public_address
from fairhold.api import carry
from fairhold.api.auth import Key
from fairhold.api.documented import CREATED, EndpointOut, EndpointPage
from fairhold.api.problems import Problem
from fairhold.flow.intake import shapes

MOST_ENDPOINTS = 20
SECRET_BYTES = 24
router = Router(tags=["webhooks"])
MANAGE = Key("webhooks:write")


class EndpointBody(shapes.Shape):
    """An https address on the public network."""

    url: Annotated[str, Field(max_length=500, pattern=r"^https://[^\s]+$")]


@router.post(
    "/webhook-endpoints",
    auth=MANAGE,
    response={201: EndpointOut, **CREATED},
    operation_id="createEndpoint",
)
def create(request: HttpRequest, body: EndpointBody) -> HttpResponse:
    """Register an endpoint; its secret is shown once."""
    try:
        public_address(body.url)
    except WebhookFault as fault:
        at = [{"pointer": "/url", "detail": str(fault)}]
        raise Problem("invalid_request", str(fault), extra={"errors": at}) from fault
    if WebhookEndpoint.objects.count() >= MOST_ENDPOINTS:
        raise Problem("invalid_request", f"There are {MOST_ENDPOINTS} endpoints, the most.")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    row = WebhookEndpoint.objects.create(url=body.url, secret=secret)
    return JsonResponse({**_shown(row), "secret": secret}, status=201)


@router.get(
    "/webhook-endpoints",
    auth=MANAGE,
    response={200: EndpointPage, **CREATED},
    operation_id="listEndpoints",
)
def index(request: HttpRequest) -> HttpResponse:
    """Every endpoint, with how its deliveries go."""
    rows = WebhookEndpoint.objects.order_by("id")[:MOST_ENDPOINTS]
    return JsonResponse({"items": [_shown(row) for row in rows]})


@router.delete(
    "/webhook-endpoints/{endpoint_id}",
    auth=MANAGE,
    response={200: EndpointOut, **CREATED},
    operation_id="deleteEndpoint",
)
def delete(
    request: HttpRequest, endpoint_id: Annotated[int, Field(ge=1, le=2**31)]
) -> HttpResponse:
    """Take an endpoint away."""
    row = WebhookEndpoint.objects.filter(id=endpoint_id).first()
    if row is None:
        raise carry.not_found()
    shown = _shown(row)
    row.delete()
    return JsonResponse(shown)


def _shown(row: WebhookEndpoint) -> dict[str, object]:
    disabled = row.disabled_at.isoformat() if row.disabled_at else None
    return {"id": row.id, "url": row.url, "failures": row.failures, "disabled_at": disabled}
