"""From a parsed command to an HTTP answer: the one way in which operations reach the write path."""

import hashlib
import hmac
import re
from typing import Any

import rfc8785
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from fairhold.api import representations
from fairhold.api.auth import viewer
from fairhold.api.problems import Problem, of_refusal
from fairhold.flow.desk import current
from fairhold.flow.handle import handle
from fairhold.flow.query import View, seen
from fairhold.flow.request import Done, Refused, Request
from fairhold.store import queries

KEY = re.compile(r"^[\x21-\x7e]{1,200}$")
ETAG = re.compile(r'^"v(\d{1,9})"$')


def carry_out(
    request: HttpRequest, order_id: str, command: Any, *, body: Any, case_id: str | None = None
) -> View:
    """Hand one command to the write path; the view is the file as the command left it.

    Raises: Problem for every refusal.
    """
    asked = Request(
        order_id=order_id,
        command=command,
        viewer=viewer(request),
        key=idempotency_key(request),
        digest=digest_of(request, body),
        case_id=case_id,
        expected_version=expected_version(request),
    )
    return outcome(request, handle(current(), asked))


def outcome(request: HttpRequest, result: Done | Refused) -> View:
    """The file of a done command as its viewer sees it.

    Raises: Problem for a refusal.
    """
    desk = current()
    if isinstance(result, Refused):
        order = result.file.order
        process = desk.shelf.process(order.book if order else desk.shelf.in_force)
        raise of_refusal(result.refusal, process)
    if result.file.head_at is None:
        raise LookupError(f"expected a journal on order {result.file.order_id}, got none")
    return seen(desk, result.file, viewer(request), result.file.head_at)


def order_of(case_id: str) -> str:
    """The order of a dispute.

    Raises: Problem when there is no such dispute.
    """
    found = queries.order_of_case(case_id)
    if found is None:
        raise not_found()
    return found


def not_found() -> Problem:
    """Not there and not yours read the same."""
    return Problem("not_found", "There is no such case or order among yours.")


def answer(view: View, *, status: int = 200) -> HttpResponse:
    """The dispute as JSON, with its ETag."""
    return tagged(view, representations.dispute(view), status=status)


def answer_order(view: View, *, status: int = 200) -> HttpResponse:
    """The order as JSON, with its ETag."""
    return tagged(view, representations.order(view), status=status)


def tagged(view: View, content: Any, *, status: int) -> HttpResponse:
    """JSON with the version of the file as its ETag."""
    response = JsonResponse(content, status=status)
    response["ETag"] = f'"v{view.file.version}"'
    return response


def idempotency_key(request: HttpRequest) -> str:
    """The key that the caller gave, or a fresh one.

    Raises: Problem for a key that is empty, too long or not printable ASCII.
    """
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return current().ids.new()
    if not KEY.match(given):
        raise Problem(
            "invalid_request", "Idempotency-Key: expected 1 to 200 printable ASCII signs."
        )
    return given


def expected_version(request: HttpRequest) -> int | None:
    """The version of If-Match, where the caller insists on one.

    Raises: Problem for anything but an ETag of ours.
    """
    given = request.headers.get("If-Match")
    if given is None or given == "*":
        return None
    found = ETAG.match(given)
    if found is None:
        raise Problem("invalid_request", 'If-Match: expected the ETag of the case, as "v12".')
    return int(found.group(1))


def digest_of(request: HttpRequest, body: Any) -> str:
    """What was asked, as one hash: the address and the parsed body."""
    content = body.model_dump(mode="json") if body is not None else None
    asked = {"method": request.method, "path": request.path, "body": content}
    # Keyed, because it stands in the journal: nobody may try what was sent against it.
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, rfc8785.dumps(asked), hashlib.sha256).hexdigest()
