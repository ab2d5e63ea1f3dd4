"""My orders: what is held, and whether a dispute can be opened."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Nudged
from fairhold.core.values.roles import Role
from fairhold.flow.access import SEE_EVERY_SUM
from fairhold.flow.desk import current
from fairhold.flow.files import orders_of
from fairhold.flow.moments import present
from fairhold.store.load import load_many
from fairhold.web.viewing import viewer

ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One order in the list. `opens_at` is set while the time to file has not come.

    `nudges` are the reminders to the viewer, while money is held.
    """

    file: CaseFile
    can_open: bool
    opens_at: datetime | None
    undispatched: bool
    nudges: tuple[Nudged, ...]


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The viewer's orders, newest first."""
    who = viewer(request)
    if who.role in SEE_EVERY_SUM:
        return redirect("operation", page="ledger")
    ids = list(orders_of(who).order_by("-id").values_list("id", flat=True)[:ROWS])
    files = load_many(ids)
    # A file that cannot be read is a defect that the audit names; the others are shown.
    found = [file for order_id in ids if isinstance(file := files[order_id], CaseFile)]
    rows = [_row(file, who.role) for file in found]
    rows.sort(key=lambda row: row.file.the_order.agreement.ordered_at, reverse=True)
    return render(request, "desk/orders.html", {"rows": rows, "nav": "orders"})


def _row(file: CaseFile, role: Role) -> Row:
    desk = current()
    order = file.the_order
    opening = opens_at(order, desk.shelf.process(order.book).limits)
    now = present(desk, file, None)
    ready = opening is not None and now >= opening
    free = file.dispute is None and bool(file.balances.held) and role is Role.BUYER
    return Row(
        file=file,
        can_open=free and ready,
        opens_at=opening if free and opening is not None and not ready else None,
        undispatched=free and opening is None,
        nudges=tuple(one for one in order.nudged if one.to is role) if file.balances.held else (),
    )
