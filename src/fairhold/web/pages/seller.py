"""The seller's desk: what is due, how often orders are disputed, what silence cost, advice."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fairhold.core.cases.disputes.state import Outcome
from fairhold.core.cases.orders.state import Standing
from fairhold.core.values.roles import Role
from fairhold.flow import figures
from fairhold.flow.cases import Cases, cases_of, waiting_for
from fairhold.flow.desk import current
from fairhold.flow.files import orders_of
from fairhold.flow.speech import day, plain_money
from fairhold.store.models import DisputeCase
from fairhold.web.advice import BEFORE_SENDING, IN_A_DISPUTE, WHILE_IT_TRAVELS
from fairhold.web.charts import Bar, Chart
from fairhold.web.viewing import is_new, viewer

WINDOW = timedelta(days=90)
DUE = 20
LOST = 20
FROZEN = 20


@require_GET
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """One seller's desk."""
    who = viewer(request)
    if who.role is not Role.SELLER:
        raise Http404
    now = current().clock.now()
    mine, all_orders = cases_of(who), orders_of(who)
    opened = mine.filter(opened_at__gte=now - WINDOW).count()
    orders = all_orders.filter(head_at__gte=now - WINDOW).count()
    zone = timezone.get_current_timezone()
    bars = tuple(
        Bar(day(begin, zone), count, str(count)) for begin, count in figures.weekly(mine, now)
    )
    content = {
        "nav": "seller",
        "now": now,
        "due": mine.filter(waiting_for(Role.SELLER)).order_by("due_at", "id")[:DUE],
        "frozen": all_orders.filter(standing=Standing.FROZEN).order_by("-id")[:FROZEN],
        "opened": opened,
        "orders": orders,
        "rate": f"{100 * opened / orders:.1f} %" if orders else "–",
        "chart": Chart(_("Disputes opened each week"), bars),
        "lost": _lost(mine),
        "before": BEFORE_SENDING,
        "travelling": WHILE_IT_TRAVELS,
        "disputing": IN_A_DISPUTE,
        "welcome": is_new(request),
    }
    return render(request, "desk/seller.html", content)


def _lost(mine: Cases) -> list[tuple[DisputeCase, str]]:
    """The closed disputes that silence decided, with what went to the buyer by it."""
    closed = mine.filter(closed_at__isnull=False, answered=False)
    rows = list(closed.order_by("-closed_at")[:LOST])
    refunds = figures.refunded(rows, Outcome.SELLER_SILENT.value)
    return [(row, plain_money(refunds[row.id], row.currency)) for row in rows if row.id in refunds]
