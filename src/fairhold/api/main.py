"""The API: version 1, its errors, its OpenAPI document."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fairhold import __version__
from fairhold.api import (
    disputes,
    evidence,
    orders,
    proofs,
    review,
    rulings,
    talk,
    tracking,
    webhooks,
)
from fairhold.api.problems import Problem, respond
from fairhold.flow.downloads import Deleted
from fairhold.flow.intake.uploads import ALLOWED, BRANDS, MAIL_TYPE
from fairhold.flow.request import Busy

# What a download may be, and that it is bytes.
MEDIA_TYPES = sorted({*ALLOWED.values(), *BRANDS.values(), MAIL_TYPE, "text/plain"})
BYTES = {"schema": {"type": "string", "format": "binary"}}
SENT_AS = {
    "downloadEvidence": MEDIA_TYPES,
    "downloadAttachment": MEDIA_TYPES,
    "exportCaseFile": ["application/zip"],
    "getCheckpoint": ["text/plain"],
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Made by the caller. The same key with the same content is carried out once; "
    "the answer is that of the first time.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the case as the caller saw it; 412 if it has changed since.",
    "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}"$'},
}
# An order is known by its own reference; uploads and endpoints are no acts on a case.
# Scans are known by what is in them.
WITHOUT_KEY = {
    "createOrder",
    "createOrders",
    "uploadFile",
    "createEndpoint",
    "deleteEndpoint",
    "sendScans",
    "receiveWebhook",
    "cosign",
}


class DeskAPI(NinjaAPI):
    """Ninja with problem documents in its OpenAPI."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The document; problems are served as application/problem+json."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _as_problems(operation["responses"])
                if method != "get":
                    _with_headers(operation)
                kinds = SENT_AS.get(operation["operationId"])
                if kinds:
                    operation["responses"][200]["content"] = dict.fromkeys(kinds, BYTES)
        return schema


def _with_headers(operation: dict[str, Any]) -> None:
    """The headers that a writing operation understands."""
    present = operation.setdefault("parameters", [])
    if operation["operationId"] not in WITHOUT_KEY:
        present += [IDEMPOTENCY_KEY, IF_MATCH]


def _as_problems(responses: dict[Any, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            response["content"] = {"application/problem+json": content["application/json"]}


api = DeskAPI(
    title="Fairhold",
    version="1",
    description=f"The dispute desk of a marketplace (release {__version__}).",
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api",
)
ROUTERS = (
    orders.router,
    tracking.router,
    disputes.router,
    evidence.router,
    talk.router,
    proofs.router,
    review.router,
    rulings.router,
    webhooks.router,
)
for router in ROUTERS:
    api.add_router("/v1", router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Every error of ours."""
    return respond(request, problem)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    """No key, or none that lives."""
    return respond(request, Problem("unauthenticated", "No living key came with the request."))


@api.exception_handler(ValidationError)
def on_unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request does not fit its schema: each field is named."""
    errors = [{"pointer": _pointer(one["loc"]), "detail": one["msg"]} for one in error.errors]
    detail = f"{len(errors)} field(s) do not fit; see `errors`."
    return respond(request, Problem("invalid_request", detail, extra={"errors": errors}))


def _pointer(place: Sequence[str | int]) -> str:
    """Where the fault is: a JSON pointer into the body, or the place of a parameter."""
    inside = place[2:] if place[0] == "body" else place
    return "/" + "/".join(str(part) for part in inside)


@api.exception_handler(HttpError)
def on_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses while reading the body."""
    kind = "malformed_json" if error.status_code == 400 else "invalid_request"
    return respond(request, Problem(kind, str(error)))


@api.exception_handler(Deleted)
def on_deleted(request: HttpRequest, error: Deleted) -> HttpResponse:
    """A file whose time is over."""
    return respond(request, Problem("deleted", str(error)))


@api.exception_handler(Busy)
def on_busy(request: HttpRequest, error: Busy) -> HttpResponse:
    """Others were faster three times."""
    return respond(request, Problem("busy", str(error)))
