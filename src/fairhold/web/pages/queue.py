"""The specialists' queue, and the workspace in which a case of it is decided."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.values.roles import Role
from fairhold.flow.cases import Cases, cases_of
from fairhold.flow.desk import current
from fairhold.flow.handle import handle
from fairhold.flow.query import View, view_of_case
from fairhold.flow.request import Busy, Done, Request, Viewer
from fairhold.store import presence as signs
from fairhold.web.acts.registry import ACTS
from fairhold.web.drafts import begin_again
from fairhold.web.pages.disputes import context_of
from fairhold.web.viewing import ENOUGH, case_or_404, part_of_a_page, viewer

ROWS = 40
# So many cases can be taken at once; never can they be decided at once.
MOST_TAKEN = 50
STAFF = {Role.SPECIALIST, Role.OPERATOR}
LABELS = {
    "desk": _("With the desk"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "today": _("Due today"),
    "parties": _("Waiting on a party"),
    "open": _("All open"),
}
# The desk's own acts, the one that decides most first.
DECIDING = (
    (asked.IssueAward, "award"),
    (asked.ProposePlatformPlan, "platform-plan"),
)


def conditions(who: Viewer, now: datetime) -> dict[str, Q]:
    """Which cases each saved view holds; a day ends at midnight where the viewer is."""
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {
        "desk": Q(waiting_on="platform"),
        "mine": Q(assigned_to=who.actor.id),
        "unassigned": Q(assigned_to=None, waiting_on="platform"),
        "today": Q(due_at__lt=midnight),
        "parties": ~Q(waiting_on="platform"),
        "open": Q(),
    }


def _staff(request: HttpRequest) -> Viewer:
    who = viewer(request)
    if who.role not in STAFF:
        raise Http404
    return who


@require_http_methods(["GET", "POST"])
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Saved views with counts, rows by the end of their next clock. POST: take several cases."""
    who = _staff(request)
    if request.method == "POST":
        count = _take(request, who)
        level = messages.SUCCESS if count else messages.WARNING
        messages.add_message(request, level, _taken(count))
        return redirect(request.get_full_path())
    return render(request, "desk/queue.html", {"nav": "queue", **listed(request, who)})


def _taken(count: int) -> str:
    if not count:
        return now_("Nothing was assigned: choose cases first.")
    told = ngettext("{count} case is yours now.", "{count} cases are yours now.", count)
    return told.format(count=count)


def listed(request: HttpRequest, who: Viewer) -> dict[str, Any]:
    """The list as its address asks for it: view, words searched for, page."""
    now = current().clock.now()
    views = conditions(who, now)
    is_open = cases_of(who).filter(closed_at=None)
    counts = is_open.aggregate(**{name: Count("id", filter=one) for name, one in views.items()})
    chosen = request.GET.get("view", "desk")
    chosen = chosen if chosen in views else "desk"
    words = request.GET.get("q", "").replace("\0", "").strip()[:40]
    shown = is_open.filter(views[chosen]) if not words else found(is_open, words)
    given = request.GET.get("page", "")
    number = min(int(given), 10_000) if given.isascii() and given.isdigit() else 0
    rows = list(shown.order_by("due_at", "id")[number * ROWS : (number + 1) * ROWS + 1])
    return {
        "views": [(name, label, counts[name]) for name, label in LABELS.items()],
        "chosen": chosen,
        "q": words,
        "rows": rows[:ROWS],
        "first": number == 0,
        "state": _state(rows),
        "more": number + 1 if len(rows) > ROWS else 0,
        "now": now,
        "me": who.actor.id,
        "address": urlencode({"view": chosen} | ({"q": words} if words else {})),
    }


@require_GET
@part_of_a_page
def news(request: HttpRequest) -> HttpResponse:
    """Says whether the list that is open has changed since; nothing is replaced under anybody."""
    page = listed(request, _staff(request))
    moved = page["state"] != request.GET.get("state", "")
    status = ENOUGH if moved else 200
    return render(request, "desk/queue_news.html", {**page, "moved": moved}, status=status)


def _state(rows: list[Any]) -> str:
    """A fingerprint of what the rows of a list say."""
    told = [(one.id, str(one.due_at), one.waiting_on, one.assigned_to) for one in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def found(cases: Cases, words: str) -> Cases:
    """Open cases by number of the dispute or of the order, or by words of the title."""
    return cases.filter(
        Q(number__iexact=words) | Q(order_ref__iexact=words) | Q(title__icontains=words)
    )


def _take(request: HttpRequest, who: Viewer) -> int:
    """Assign the chosen cases to the viewer, each by its own command; returns how many it were."""
    done = 0
    for case_id in request.POST.getlist("case")[:MOST_TAKEN]:
        view = view_of_case(current(), case_id, who)
        if view is None or asked.AssignCase not in view.allowed:
            continue
        command = asked.AssignCase(who.actor.id)
        key = current().ids.new()
        order = view.file.order_id
        wanted = Request(order, command, who, key, digest=key, case_id=case_id)
        try:
            done += isinstance(handle(current(), wanted), Done)
        except Busy:
            continue
    return done


@require_GET
@login_required
def workspace(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case with its queue beside it and the form that decides it; `next` leads to another.

    On a narrow screen these are pages: the queue, the case, and with `pane=decide` the decision.
    """
    who = _staff(request)
    if case_id and "next" in request.GET:
        return _next(request, who, case_id)
    view = case_or_404(request, case_id)
    slug, form = _deciding(view)
    place = reverse("act", args=[case_id, slug]) if form else ""
    page = {
        **context_of(request, view),
        **listed(request, who),
        "nav": "queue",
        "pane": "decide" if request.GET.get("pane") == "decide" else "case",
        "slug": slug,
        "act": ACTS.get(slug),
        "form": form,
        "draft_from": begin_again(request, form, place) if form else None,
        "seen": view.file.version,
        "key": current().ids.new(),
        "others": signs.others(case_id, who.actor.id, current().clock.now()),
    }
    return render(request, "desk/workspace.html", page)


def _deciding(view: View) -> tuple[str, Any]:
    """The act that brings the case forward, and its form."""
    for command, slug in DECIDING:
        if command in view.allowed:
            return slug, ACTS[slug].form(None, None, view=view, target="")
    return ("step-in" if asked.StepIn in view.allowed else ""), None


def _next(request: HttpRequest, who: Viewer, done: str) -> HttpResponse:
    """The case to look at after this one: of the desk, one's own or nobody's, the next due."""
    mine = Q(assigned_to=who.actor.id) | Q(assigned_to=None)
    waiting = cases_of(who).filter(mine, closed_at=None, waiting_on="platform").exclude(id=done)
    following = waiting.order_by("due_at", "id").values_list("id", flat=True).first()
    if following is None:
        return redirect("queue")
    return redirect(f"{reverse('workspace', args=[following])}?view=desk")


@require_POST
def presence(request: HttpRequest, case_id: str) -> HttpResponse:
    """A sign that somebody has the case open; answers who else has."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    who = _staff(request)
    if not cases_of(who).filter(id=case_id).exists():
        raise Http404
    now = current().clock.now()
    person: Any = request.user
    editing = request.POST.get("editing") == "1"
    signs.sign(case_id, (who.actor.id, person.name), now, editing=editing)
    page = {"others": signs.others(case_id, who.actor.id, now)}
    return render(request, "desk/presence.html", page)
