"""From a signed-in request to what it may see. Not there and not yours read the same."""

from typing import Any

from django.http import Http404, HttpRequest

from fairhold.accounts.models import Party
from fairhold.core.values.roles import PARTIES
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case, view_of_order
from fairhold.flow.request import Viewer
from fairhold.flow.viewers import viewer_of


def viewer(request: HttpRequest) -> Viewer:
    """The viewer behind the session."""
    person: Any = request.user
    return viewer_of(person)


def case_or_404(request: HttpRequest, case_id: str) -> View:
    """The dispute, if it exists for this viewer."""
    view = view_of_case(current(), case_id, viewer(request))
    if view is None:
        raise Http404
    return view


def order_or_404(request: HttpRequest, order_id: str) -> View:
    """The order, if it exists for this viewer."""
    view = view_of_order(current(), order_id, viewer(request))
    if view is None:
        raise Http404
    return view


def names(view: View) -> dict[str, str]:
    """The display names of both parties, with their country."""
    agreement = view.file.the_order.agreement
    sides = {agreement.buyer_id: "buyer", agreement.seller_id: "seller"}
    rows = Party.objects.filter(id__in=sides)
    return {sides[row.id]: f"{row.name}, {row.country}" for row in rows}


def is_new(request: HttpRequest) -> bool:
    """Whether a buyer or a seller has not yet put away the short explanation."""
    person: Any = request.user
    return viewer(request).role in PARTIES and person.welcomed_at is None
