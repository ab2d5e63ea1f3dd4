"""What every template knows, and the viewer's own time zone."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fairhold.flow.desk import current


def desk(request: HttpRequest) -> dict[str, Any]:
    """The role for the navigation, and whether this is a sandbox."""
    role = getattr(request.user, "role", "")
    return {"role": role, "test_mode": current().test_mode}


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
