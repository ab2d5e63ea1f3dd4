"""Pages around the cases: help, accessibility, the state of the service. Open to everybody."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairhold.flow.desk import current
from fairhold.store.models import Beat, Outage
from fairhold.web.advice import BEFORE_SENDING, IN_A_DISPUTE, WHILE_IT_TRAVELS

# The worker asks the desk for an answer every few seconds and notes it; so long may it be silent.
SILENCE = timedelta(minutes=3)
OUTAGES = 20


@require_GET
def help_(request: HttpRequest) -> HttpResponse:
    """How the protection works, how a dispute goes, advice, and whom to ask."""
    desk = current()
    process = desk.shelf.process(desk.shelf.in_force)
    page = {
        "nav": "help",
        "clocks": process.clocks,
        "limits": process.limits,
        "before": BEFORE_SENDING,
        "travelling": WHILE_IT_TRAVELS,
        "disputing": IN_A_DISPUTE,
    }
    return render(request, "desk/help.html", page)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works without a mouse, without scripts, in which languages; what does not yet."""
    return render(request, "desk/accessibility.html", {})


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Whether the desk works, and when it did not: that time was given back to every clock."""
    beat = Beat.objects.filter(role="web").first()
    outages = Outage.objects.order_by("-started_at")[:OUTAGES]
    late = beat is None or current().clock.now() - beat.at > SILENCE
    return render(request, "desk/status.html", {"late": late, "outages": list(outages)})
