"""My disputes, and one dispute."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.outlook import waiting_on
from fairhold.core.cases.disputes.state import State
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow import figures
from fairhold.flow.cases import CONDITIONS, Cases, cases_of, counted, filtered, version_of
from fairhold.flow.checklist import Hint, hints
from fairhold.flow.coach import needs, points
from fairhold.flow.desk import current
from fairhold.flow.downloads import download
from fairhold.flow.narrate import group_of
from fairhold.flow.parcels.story import stories
from fairhold.flow.query import View, erased
from fairhold.flow.retention import deletion_date
from fairhold.flow.ruling import ruling_of
from fairhold.store.queries import case_by_number
from fairhold.web.acts.evidence_forms import kinds_to_choose
from fairhold.web.acts.talk_forms import TAGS
from fairhold.web.cards import cards
from fairhold.web.drafts import drafted
from fairhold.web.exhibits import file_cards, outside_cards
from fairhold.web.opinions import opinion_of
from fairhold.web.turn import consequence_in_words, is_mine, turn_of
from fairhold.web.viewing import ENOUGH, case_or_404, is_new, names, part_of_a_page, viewer

ROWS = 50
LABELS = {
    "all": _("All"),
    "in_process": _("Dispute in process"),
    "waiting_for_you": _("Waiting for you to confirm"),
    "awaiting_receipt": _("Awaiting confirmation of receipt"),
    "closed": _("Closed"),
}
STEPS = (_("Filed"), _("Negotiation"), _("Platform plan"), _("Return"), _("Closed"))
STEP_OF = {
    State.NEGOTIATING: 1,
    State.REVIEWING: 2,
    State.RETURN_AGREED: 3,
    State.RETURN_SHIPPED: 3,
    State.RETURN_ESCALATED: 3,
    State.CLOSED: 4,
}
GROUPS = (
    ("", _("All")),
    ("messages", _("Messages")),
    ("plans", _("Plans")),
    ("evidence", _("Evidence")),
    ("decisions", _("Decisions")),
    ("parcels", _("Parcels")),
    ("money", _("Money")),
    ("clocks", _("Clocks")),
)
YOU_ARE = {
    Role.BUYER: _("You are the buyer"),
    Role.SELLER: _("You are the seller"),
    Role.SPECIALIST: _("You are the specialist"),
    Role.OPERATOR: _("You are the operator"),
}
# So many lines of the history at once; the rest is one click away.
LINES = 20


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Specialists begin with their queue, finance with the books, others with their disputes."""
    begins = {Role.SPECIALIST: "queue", Role.FINANCE: "operations"}
    return redirect(begins.get(viewer(request).role, "disputes"))


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """My disputes, by quick filter; a search by number of the dispute or of the order."""
    who = viewer(request)
    chosen = request.GET.get("filter", "in_process")
    chosen = chosen if chosen in CONDITIONS else "in_process"
    found = cases_of(who)
    counts = counted(found, who.role)
    filters = [(name, LABELS[name], counts[name]) for name in LABELS]
    words = request.GET.get("q", "").replace("\0", "").strip()[:40]
    shown = filtered(found, chosen, who.role)
    if words:
        shown = found.filter(number__iexact=words) | found.filter(order_ref__iexact=words)
    context = {
        "nav": "disputes",
        "filters": filters,
        "chosen": chosen,
        "q": words,
        "mine": {who.role.value, "both"},
        "welcome": is_new(request),
        **_page(request, shown),
    }
    return render(request, "desk/disputes.html", context)


def _page(request: HttpRequest, shown: Cases) -> dict[str, Any]:
    """The rows of one page, and the number of the next one if there is one."""
    given = request.GET.get("page", "")
    number = min(int(given), 10_000) if given.isascii() and given.isdigit() else 0
    rows = list(shown.order_by("-opened_at", "-id")[number * ROWS : (number + 1) * ROWS + 1])
    more = number + 1 if len(rows) > ROWS else 0
    got = figures.refunded(one for one in rows[:ROWS] if one.closed_at)
    told = [(one, got.get(one.id)) for one in rows[:ROWS]]
    return {"rows": told, "more": more, "older": number > 0}


@require_GET
@login_required
def detail(request: HttpRequest, case_id: str) -> HttpResponse:
    """One dispute: whose turn, the plans, the evidence, the money, the history."""
    view = case_or_404(request, case_id)
    return render(request, "desk/dispute.html", context_of(request, view))


@require_GET
@part_of_a_page
def pulse(request: HttpRequest, case_id: str, version: int) -> HttpResponse:
    """Says whether the case moved on since `version`; an empty answer means it did not.

    Open pages ask every two seconds, so the usual answer costs one small statement.
    """
    if version_of(viewer(request), case_id) == version:
        return HttpResponse(status=204)
    view = case_or_404(request, case_id)
    moved = view.file.version != version
    news = view.news(version) if moved else ()
    works = "work" in request.GET
    page = {"view": view, "moved": moved, "newest": news[-1] if news else None, "works": works}
    response = render(request, "desk/pulse.html", page, status=ENOUGH if moved else 200)
    response["ETag"] = f'"v{view.file.version}"'
    return response


@require_GET
@login_required
def evidence(request: HttpRequest, case_id: str, number: int) -> StreamingHttpResponse:
    """The bytes of one exhibit: always a download, never shown inside a page of ours."""
    found = download(current(), case_or_404(request, case_id), number)
    if found is None:
        raise Http404
    return StreamingHttpResponse(found.chunks, headers=found.headers)


@require_GET
@login_required
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """The short address of a dispute."""
    found = case_by_number(number)
    view = case_or_404(request, found or "")
    return redirect("dispute", case_id=view.file.the_dispute.id)


def context_of(request: HttpRequest, view: View) -> dict[str, Any]:
    """Everything the page of a dispute shows."""
    dispute = view.file.the_dispute
    called = names(view)
    order = view.file.the_order
    step = STEP_OF[dispute.state]
    entry = dispute.clock("platform_entry")
    return {
        "view": view,
        "dispute": dispute,
        "order": order,
        "currency": order.agreement.currency,
        "line": order.agreement.lines[0],
        "more_lines": len(order.agreement.lines) - 1,
        "names": called,
        "turn": turn_of(view),
        "state_words": state_words(view),
        "cards": cards(view, called),
        "steps": [(name, place, step) for place, name in enumerate(STEPS)],
        "step_name": STEPS[step],
        "step_number": step + 1,
        "clocks": [(one, consequence_in_words(view, one)) for one in view.consequences],
        "exhibits": file_cards(view),
        "outside": outside_cards(view),
        "deletion": deletion_date(current(), view.file),
        "allowed": {command.__name__ for command in view.allowed},
        "mine": dispute.closed_at is None and is_mine(view),
        "you_are": str(YOU_ARE.get(view.viewer.role, "")),
        "entry_at": entry.due_at if entry else None,
        **history(request, view),
        **opinion_of(view),
        "parcels": stories(current(), view.file, view.viewer),
        "leg_address": view.text(dispute.leg.address) if dispute.leg else "",
        "description": view.text(dispute.description),
        **_inquiry(view),
        "rules": reverse("rules", args=[view.process.book, view.process.version]),
        "kinds": kinds_to_choose(view) if asked.AddEvidence in view.allowed else [],
        "hints": _hints(view),
        "book": order.book,
        "balances": view.file.balances,
        "tags": TAGS,
        "draft": drafted(request, reverse("act", args=[dispute.id, "message"])),
        "keys": {"message": current().ids.new(), "evidence": current().ids.new()},
    }


def history(request: HttpRequest, view: View) -> dict[str, Any]:
    """The history as it is asked for: which group, which end first, how much of it."""
    group, oldest = request.GET.get("show", ""), request.GET.get("order") == "oldest"
    told = view.visible if oldest else tuple(reversed(view.visible))
    entries = [entry for entry in told if group in ("", group_of(entry))]
    lines = view.told(entries if "all" in request.GET else entries[:LINES])
    quotes = view.quotes(lines)
    return {
        "lines": [
            (line, quotes.get(line.text_id, erased()) if line.text_id else "") for line in lines
        ],
        "more_lines_of_history": len(entries) - len(lines),
        "history_order": "oldest" if oldest else "newest",
        "group": group,
        "groups": GROUPS,
    }


def _hints(view: View) -> tuple[Hint, ...]:
    """What the rules may ask of a party that can still show something."""
    dispute, role = view.file.the_dispute, view.viewer.role
    if role not in PARTIES or asked.AddEvidence not in view.allowed:
        return ()
    book = current().shelf.book(view.file.the_order.book)
    return hints(book, (dispute.reason, dispute.subcase), role, dispute)


def _inquiry(view: View) -> dict[str, Any]:
    """What is asked for, what the case turns on, and (for the desk's staff) where that leads."""
    dispute = view.file.the_dispute
    deciding = dispute.state in (State.REVIEWING, State.RETURN_ESCALATED)
    asks = ruling_of(current(), view.file, view.now) if deciding else None
    staff = view.viewer.role in (Role.SPECIALIST, Role.OPERATOR)
    departure = dispute.departure
    return {
        "needs": needs(current(), view.file, view.now),
        "points": points(asks) if asks else (),
        "ruling": asks if staff else None,
        "decided": bool(dispute.standing(Role.PLATFORM)) or dispute.closed_at is not None,
        "departs": view.text(departure.reasons) if departure else "",
    }


def state_words(view: View) -> str:
    """The fixed words for where a dispute stands."""
    dispute = view.file.the_dispute
    if dispute.state is State.CLOSED:
        return now_("Closed")
    if is_mine(view):
        return now_("Waiting for you")
    if dispute.state in (State.RETURN_AGREED, State.RETURN_SHIPPED):
        return now_("Return in progress")
    if Role.PLATFORM in waiting_on(dispute):
        return now_("With the platform")
    return now_("Waiting for the other side")
