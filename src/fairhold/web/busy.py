"""When others were faster again and again: a page that says so, and when to come back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairhold.flow.request import Busy

RETRY_SECONDS = "2"


class BusyPages:
    """Middleware: a busy desk answers 503 below every address but the API's, which has its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the page."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a busy desk; None leaves other errors to others."""
        if not isinstance(error, Busy) or request.path.startswith("/api/"):
            return None
        response = render(request, "desk/busy.html", status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
