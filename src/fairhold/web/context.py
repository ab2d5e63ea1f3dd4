"""What every template knows."""

from typing import Any

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """The viewer's language direction and nothing personal."""
    return {"text_direction": "ltr"}
