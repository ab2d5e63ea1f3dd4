"""Bearer keys with scopes."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from fairhold.accounts import keys
from fairhold.api.problems import Problem
from fairhold.flow.request import Viewer
from fairhold.flow.viewers import viewer_of


class Key(HttpBearer):
    """A key that must carry one scope; the viewer it stands for is put on the request."""

    def __init__(self, scope: str | None) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The living key behind `token`, or None.

        Raises: Problem when the key lacks the scope.
        """
        found = keys.recognise(token)
        if found is None:
            return None
        if self._scope is not None and self._scope not in found.scopes.split():
            raise Problem("scope_missing", f"This needs a key with the scope {self._scope!r}.")
        request.viewer = viewer_of(found.person)  # type: ignore[attr-defined]
        return found


def viewer(request: HttpRequest) -> Viewer:
    """Who the key of this request stands for."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found
