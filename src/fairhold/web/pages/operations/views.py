"""The pages of operations by name: all for operators, the books for finance.

To everybody else they are not there.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from fairhold.core.values.roles import Role
from fairhold.flow.speech import Text
from fairhold.web.pages.operations import figures, money, running
from fairhold.web.pages.operations.tables import Sheet
from fairhold.web.viewing import viewer

PAGES: dict[str, tuple[Text, Callable[[HttpRequest, str], Sheet]]] = {
    "figures": (_("Figures"), figures.sheet),
    "clocks": (_("Clocks"), running.clocks),
    "outbox": (_("Outbox"), running.outbox),
    "ledger": (_("Ledger"), money.ledger),
    "audit": (_("Audit"), money.audit),
    "people": (_("People"), running.people),
    "rulebooks": (_("Rulebooks"), running.rulebooks),
    "settings": (_("Settings in force"), running.settings),
    "opinions": (_("Opinions"), figures.opinions),
}


BOOKS = ("figures", "ledger", "audit")


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Begin with the figures."""
    _offered(request)
    return redirect("operation", page="figures")


@require_http_methods(["GET", "POST"])
@login_required
def page(request: HttpRequest, page: str, target: str = "") -> HttpResponse:
    """One page of operations."""
    offered = _offered(request)
    if page not in offered:
        raise Http404
    content = {
        "nav": "operations",
        "pages": [(name, PAGES[name][0]) for name in offered],
        "chosen": page,
        "sheet": PAGES[page][1](request, target),
    }
    return render(request, "desk/operations.html", content)


def _offered(request: HttpRequest) -> tuple[str, ...]:
    role = viewer(request).role
    if role is Role.OPERATOR:
        return tuple(PAGES)
    if role is Role.FINANCE:
        return BOOKS
    raise Http404
