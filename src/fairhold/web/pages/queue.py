"""The specialists' queue: open cases by the end of their next clock."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairhold.core.values.roles import Role
from fairhold.flow.cases import cases_of
from fairhold.flow.desk import current
from fairhold.web.viewing import viewer

ROWS = 100
STAFF = {Role.SPECIALIST, Role.OPERATOR}


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Saved views with counts: with the desk, mine, unassigned, all open."""
    who = viewer(request)
    if who.role not in STAFF:
        raise Http404
    is_open = cases_of(who).filter(closed_at=None)
    views = {
        "desk": ("With the desk", is_open.filter(waiting_on="platform")),
        "mine": ("Mine", is_open.filter(assigned_to=who.actor.id)),
        "unassigned": ("Unassigned", is_open.filter(assigned_to=None, waiting_on="platform")),
        "open": ("All open", is_open),
    }
    chosen = request.GET.get("view", "desk")
    chosen = chosen if chosen in views else "desk"
    context = {
        "nav": "queue",
        "views": [(name, label, rows.count()) for name, (label, rows) in views.items()],
        "chosen": chosen,
        "rows": views[chosen][1].order_by("due_at", "id")[:ROWS],
        "now": current().clock.now(),
    }
    return render(request, "desk/queue.html", context)
