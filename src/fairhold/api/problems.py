"""Problems (RFC 9457): every error of the API has one shape and a stable type."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.rules.process import Process

BASE = "/problems/"
# Problems that are not refusals of the core.
OWN: dict[str, tuple[int, str, str]] = {
    "invalid_request": (422, "The request does not fit", "Correct the named fields and repeat."),
    "malformed_json": (400, "The body is not JSON", "Send one JSON object in UTF-8."),
    "unauthenticated": (
        401,
        "A valid key is needed",
        "Send `Authorization: Bearer KEY` with a key that has not been revoked.",
    ),
    "scope_missing": (403, "The key lacks a scope", "Use a key that has the named scope."),
    "invalid_cursor": (422, "The cursor does not fit", "Use `next` of the page before, unchanged."),
    "upload_refused": (422, "The file was not taken", "Follow the message and send it again."),
    "busy": (503, "Others are writing to this order", "Repeat after the time in Retry-After."),
    "not_found": (404, "There is nothing here", "Check the address."),
    "deleted": (410, "The file was deleted after its time", "Take it from an earlier case file."),
    "unreadable": (400, "The request cannot be read", "Check headers and body, then repeat."),
    "method_unknown": (405, "The method does not fit", "Use a method named in Allow."),
    "body_too_large": (413, "The body is too large", "Send less at once."),
    "internal": (500, "A defect of the desk", "Repeat later with the same Idempotency-Key."),
}


class Problem(Exception):
    """Ends a request with a problem document."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        status: int | None = None,
        title: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        fallback = OWN.get(kind, (status or 500, title or kind, ""))
        self.status = status or fallback[0]
        self.body = {
            "type": BASE + kind,
            "title": title or fallback[1],
            "status": self.status,
            "detail": detail,
            "what_now": fallback[2],
            **(extra or {}),
        }


def of_refusal(refusal: Refusal, process: Process | None) -> Problem:
    """The problem that tells of a refusal, with its citation."""
    citation = _citation(refusal, process)
    extra: dict[str, Any] = {"what_now": refusal.what_now}
    if citation:
        extra["citation"] = citation
    if refusal.field:
        extra["errors"] = [{"pointer": f"/{refusal.field}", "detail": refusal.why}]
    if refusal.details:
        extra["details"] = refusal.details
    code: Code = refusal.code
    return Problem(code.slug, refusal.why, status=code.status, title=code.title, extra=extra)


def _citation(refusal: Refusal, process: Process | None) -> str | None:
    if refusal.clause is None or process is None:
        return None
    cited = process.refusals.get(refusal.clause)
    if cited is None and refusal.clause in process.clocks:
        cited = process.clocks[refusal.clause].citation
    return str(cited) if cited else None


def respond(_: HttpRequest, problem: Problem) -> JsonResponse:
    """The HTTP answer of a problem."""
    response = JsonResponse(
        problem.body, status=problem.status, content_type="application/problem+json"
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        response["Retry-After"] = "1"
    return response
