"""Whether the desk lives, and whether it can work."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def answered_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: health is asked by address, not by name, so it stands before the host check."""
    pages = {"/healthz": alive, "/readyz": ready}

    def respond(request: HttpRequest) -> HttpResponse:
        page = pages.get(request.path)
        return page(request) if page else get_response(request)

    return respond


def alive(_: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("alive", content_type="text/plain")


def ready(_: HttpRequest) -> HttpResponse:
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database is away", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
