"""Pages that say why nothing is shown: the desk is busy, or a file was deleted after its time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairhold.flow.downloads import Deleted
from fairhold.flow.request import Busy

RETRY_SECONDS = "2"


class Apologies:
    """Middleware below every address but the API's, which answers in its own shape.

    Others were faster again and again: 503, and when to come back. Bytes whose time is over: 410.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the page."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for what stands in the way; None leaves other errors to others."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(error, Deleted):
            return render(request, "410.html", status=410)
        if not isinstance(error, Busy):
            return None
        response = render(request, "desk/busy.html", status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
