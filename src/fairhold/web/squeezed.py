"""Pages, styles and scripts travel compressed; files of cases travel as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/html", "text/css", "text/javascript", "image/svg+xml")


class SqueezedPages(GZipMiddleware):
    """Compresses texts of ours alone. What pads each answer keeps secrets from being guessed."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed where it is a text and the browser takes it."""
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith(TEXTS) or "Content-Disposition" in response.headers:
            return response
        return super().process_response(request, response)
