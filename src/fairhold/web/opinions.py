"""The questionnaire on the page of a dispute: what the parties thought of how it went.

Source: "AliExpress seller help: short-loading, order blocks, chargebacks, after-sales",
questionnaire on the details of a dispute.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from fairhold.core.values.roles import PARTIES
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.store.models import Opinion
from fairhold.web.viewing import case_or_404

QUESTIONS = {
    "knew": _("I knew at every moment what happens next and when"),
    "heard": _("I was heard before money moved"),
    "fair": _("The outcome follows from the rules and the evidence"),
    "easy": _("It was easy to do"),
}
ANSWERS = (
    (1, _("Not at all")),
    (2, _("Rather not")),
    (3, _("Partly")),
    (4, _("Mostly")),
    (5, _("Completely")),
)
LONGEST = 2_000


def opinion_of(view: View) -> dict[str, Any]:
    """What the page of a dispute needs to ask a party for its opinion."""
    if view.viewer.role not in PARTIES:
        return {"asks_opinion": False}
    key = {"case_id": view.file.the_dispute.id, "person_id": view.viewer.actor.id}
    return {
        "asks_opinion": True,
        "opinion": Opinion.objects.filter(**key).first(),
        "questions": QUESTIONS.items(),
        "answers": ANSWERS,
    }


@require_POST
@login_required
def give(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keep an opinion; a later one of the same person takes its place."""
    view = case_or_404(request, case_id)
    allowed = {str(value): value for value, _label in ANSWERS}
    answers = {
        name: allowed[request.POST[name]]
        for name in QUESTIONS
        if request.POST.get(name, "") in allowed
    }
    suggestion = request.POST.get("suggestion", "").replace("\0", "").strip()[:LONGEST]
    if view.viewer.role in PARTIES and (answers or suggestion):
        Opinion.objects.update_or_create(
            case_id=case_id,
            person_id=view.viewer.actor.id,
            defaults={
                "role": view.viewer.role.value,
                "answers": answers,
                "suggestion": suggestion,
                "given_at": current().clock.now(),
            },
        )
        messages.success(request, now_("Thank you. Your answers are kept."))
    else:
        messages.info(request, now_("Nothing was kept: choose an answer or write a line first."))
    return redirect(f"/disputes/{case_id}/#opinion")
