"""What the framework answers below /api before an operation runs, as problem documents too.

A wrong address, a wrong method, a body that cannot be read, a defect of ours: the same shape for
all of them. Step 1 of the write path ends here when the request is not one.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from fairhold.api.problems import Problem, respond
from fairhold.flow.intake.uploads import LARGEST_FILE_BYTES

# One file, and what a multipart body puts around it.
LARGEST_BODY_BYTES = LARGEST_FILE_BYTES + 1024 * 1024
MEGABYTE = 1024 * 1024
KINDS = {
    400: ("unreadable", "The request could not be read."),
    404: ("not_found", "There is no such address in this API."),
    405: ("method_unknown", "This address does not take that method."),
    413: ("body_too_large", "The body is larger than this API takes."),
}
DEFECT = ("internal", "Something of ours is broken; nothing was changed.")
Answer = Callable[[HttpRequest], HttpResponseBase]


def problems_only(get_response: Answer) -> Answer:
    """Middleware: below /api/ every error is a problem document."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return get_response(request)
        limit = _limit(request)
        if _length(request) > limit:
            detail = f"Expected a body of at most {limit // MEGABYTE} MB."
            return respond(request, Problem("body_too_large", detail))
        response = get_response(request)
        kind = response.headers.get("Content-Type", "")
        if response.status_code < 400 or "problem+json" in kind:
            return response
        return _as_problem(request, response)

    return answered


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    status = response.status_code
    name, detail = KINDS.get(status, DEFECT if status >= 500 else KINDS[400])
    found = respond(request, Problem(name, detail, status=status))
    if "Allow" in response.headers:
        found["Allow"] = response.headers["Allow"]
    return found


def _limit(request: HttpRequest) -> int:
    """Files may be large; everything else is one JSON object that is read as a whole."""
    multipart = request.headers.get("Content-Type", "").startswith("multipart/")
    return LARGEST_BODY_BYTES if multipart else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _length(request: HttpRequest) -> int:
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isdecimal() else 0
