"""One order: what was agreed, paid and is held, its parcels, its disputes, what one can do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.values.roles import Role
from fairhold.flow.cases import cases_of
from fairhold.flow.desk import current
from fairhold.flow.parcels.story import stories
from fairhold.flow.query import View
from fairhold.web.advice import listing_checks
from fairhold.web.pages.disputes import history
from fairhold.web.viewing import (
    can_be_disputed,
    filing_time_has_come,
    may_file,
    names,
    order_or_404,
)


@require_GET
@login_required
def detail(request: HttpRequest, order_id: str) -> HttpResponse:
    """One order as the viewer may see it."""
    view = order_or_404(request, order_id)
    order, role = view.file.the_order, view.viewer.role
    agreement = order.agreement
    disputes = cases_of(view.viewer).filter(order_id=view.file.order_id).order_by("-opened_at")
    content = {
        "nav": "orders",
        "view": view,
        "order": order,
        "agreement": agreement,
        "currency": agreement.currency,
        "names": names(view),
        "listing": view.text(agreement.listing),
        "address": view.text(agreement.delivery_address),
        "wish": view.text(agreement.buyer_message) if agreement.buyer_message else "",
        "balances": view.file.balances,
        "parcels": stories(current(), view.file, view.viewer),
        "disputes": list(disputes[:20]),
        "running": view.file.open_dispute,
        "rules": reverse("rules", args=[view.process.book, view.process.version]),
        "amendment": order.amendment,
        "amendment_address": view.text(order.amendment.delivery_address) if order.amendment else "",
        "amendment_note": view.text(order.amendment.note) if order.amendment else "",
        "may_propose": ordered.ProposeAmendment in view.allowed and order.amendment is None,
        "checks": listing_checks(view) if role is Role.SELLER else (),
        **_protection(view),
        **history(request, view),
    }
    return render(request, "desk/order.html", content)


def _protection(view: View) -> dict[str, Any]:
    """When a dispute can be opened, and what the time to answer would be."""
    order = view.file.the_order
    ready = filing_time_has_come(view)
    return {
        "opens_at": opens_at(order, view.process.limits),
        "can_open": may_file(view),
        "may_come": can_be_disputed(view) and not ready,
        "answer": view.process.clocks["seller_response"].span,
    }
