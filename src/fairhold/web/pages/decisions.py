"""The decision notice: the outcome in one sentence, the money, and every ground it rests on."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fairhold.core.cases.disputes.state import Kind
from fairhold.core.values.money import Money
from fairhold.flow.decision import Decision, decision_of
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.wordings import OUTCOMES
from fairhold.web.viewing import case_or_404


@require_GET
@login_required
def notice(request: HttpRequest, case_id: str) -> HttpResponse:
    """Why this outcome; there is no such page while there is neither a plan nor an end."""
    view = case_or_404(request, case_id)
    found = decision_of(current(), view)
    if found is None:
        raise Http404
    context = {
        "view": view,
        "dispute": view.file.the_dispute,
        "order": view.file.the_order,
        "currency": view.file.the_order.agreement.currency,
        "decision": found,
        "explanation": found.explanation,
        "sentence": _sentence(view, found),
        "who": _who(found),
        "rules": reverse("rules", args=[view.process.book, view.process.version]),
    }
    return render(request, "desk/decision.html", context)


def _sentence(view: View, found: Decision) -> str:
    currency = view.file.the_order.agreement.currency
    if found.outcome is not None:
        refund = Money(found.refund_minor or 0, currency)
        return f"Closed: {OUTCOMES[found.outcome]}. The buyer gets {refund} back."
    if found.terms is None:
        return ""
    refund = Money(found.terms.refund.total_minor, currency)
    if found.terms.kind is Kind.RETURN_AND_REFUND:
        return f"The buyer sends the goods back and then gets {refund}."
    return f"The buyer gets {refund} back and keeps the goods."


def _who(found: Decision) -> str:
    done = "Decided" if found.final else "Put up"
    if found.alone:
        return f"{done} by the rulebook on records alone; no person had to weigh anything."
    if found.by_default:
        return "The platform’s standing plan became the decision by lapse of time."
    if found.departs:
        return f"{done} by two persons of the desk."
    return f"{done} by a specialist of the desk." if found.record else "Ended without a ruling."
