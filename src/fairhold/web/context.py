"""What every template knows, and the viewer's own language, zone and theme."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from fairhold.adapters.languages import LANGUAGES, OFFERED, SOURCE
from fairhold.flow.desk import current
from fairhold.flow.speech import active

# Machines read English; what they say to people they say in the pages.
FOR_MACHINES = "/api/"


def desk(request: HttpRequest) -> dict[str, Any]:
    """The role for the navigation, the language, the theme, and whether this is a sandbox."""
    spoken = active()
    return {
        "role": getattr(request.user, "role", ""),
        "test_mode": current().test_mode,
        "spoken": spoken,
        "direction": "rtl" if spoken.right_to_left else "ltr",
        "offered": OFFERED,
        "theme": getattr(request.user, "theme", ""),
        "here": request.get_full_path(),
        "in_force": current().shelf.in_force.split("/"),
    }


def own_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: show times in the zone of the person who is signed in."""

    def respond(request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "time_zone", "UTC")
        try:
            zone = zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            zone = zoneinfo.ZoneInfo("UTC")
        with timezone.override(zone):
            return get_response(request)

    return respond


def own_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: speak the language of the account, else the one chosen here, else the browser's.

    Addresses stay the same in every language.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        code = SOURCE if request.path.startswith(FOR_MACHINES) else language_of(request)
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return respond


def language_of(request: HttpRequest) -> str:
    """The code of the language to speak with whoever sent this."""
    own = getattr(request.user, "language", "").lower()
    if own in LANGUAGES:
        return own
    return translation.get_language_from_request(request)
