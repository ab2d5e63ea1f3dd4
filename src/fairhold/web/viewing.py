"""From a signed-in request to what it may see. Not there and not yours read the same."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fairhold.accounts.models import Party
from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.orders.state import Standing
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case, view_of_order
from fairhold.flow.request import Viewer
from fairhold.flow.viewers import viewer_of

# The status that tells an open page to ask no more (htmx stops its polling).
ENOUGH = 286


def part_of_a_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For what an open page asks for by itself: whoever is signed out is told so in the page."""

    @functools.wraps(view)
    def respond(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **options)
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        place = redirect_to_login(page).url
        return render(request, "desk/signed_out.html", {"place": place}, status=ENOUGH)

    return respond


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


def can_be_disputed(view: View) -> bool:
    """Whether money of a running order is held that no dispute has been about."""
    running = view.file.the_order.standing is Standing.ACTIVE
    return view.file.dispute is None and bool(view.file.balances.held) and running


def filing_time_has_come(view: View) -> bool:
    """Whether a dispute on the order could be opened by now."""
    opening = opens_at(view.file.the_order, view.process.limits)
    return opening is not None and view.now >= opening


def may_file(view: View) -> bool:
    """Whether the viewer can open a dispute on this order now."""
    buyer = view.viewer.role is Role.BUYER
    return buyer and can_be_disputed(view) and filing_time_has_come(view)


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
