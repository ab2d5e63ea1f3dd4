"""The decision notice: the outcome in one sentence, the money, and every ground it rests on."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fairhold.adapters.languages import SOURCE
from fairhold.core.cases.disputes.state import Kind
from fairhold.core.values.money import Money
from fairhold.flow import speech
from fairhold.flow.decision import Decision, decision_of
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.wordings import OUTCOMES
from fairhold.web.cards import split_of
from fairhold.web.exhibits import file_cards
from fairhold.web.notice_paper import notice_paper
from fairhold.web.viewing import case_or_404


@require_GET
@login_required
def notice(request: HttpRequest, case_id: str) -> HttpResponse:
    """Why this outcome; there is no such page while there is neither a plan nor an end.

    `beside` shows the words in the language of the rulebook too.
    """
    found = _notice_or_404(request, case_id)
    page = found | {"in_source": speech.active().code == SOURCE}
    if "beside" in request.GET and not page["in_source"]:
        page["beside"] = _in_source(request, found["view"])
    return render(request, "desk/decision.html", page)


def _in_source(request: HttpRequest, view: View) -> SafeString:
    with translation.override(SOURCE):
        return render_to_string("desk/notice_source.html", notice_of(view), request)


@require_GET
@login_required
def notice_file(request: HttpRequest, case_id: str) -> HttpResponse:
    """The notice as a PDF in the reader's language; there is none while nothing is decided."""
    found = _notice_or_404(request, case_id)
    view: View = found["view"]
    name = f"{view.file.the_dispute.number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = notice_paper(view, found).content
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _notice_or_404(request: HttpRequest, case_id: str) -> dict[str, Any]:
    found = notice_of(case_or_404(request, case_id))
    if found is None:
        raise Http404
    return found


def notice_of(view: View) -> dict[str, Any] | None:
    """Everything that the notice of a decision shows; None where nothing is decided or put up."""
    found = decision_of(current(), view)
    if found is None:
        return None
    return {
        "view": view,
        "dispute": view.file.the_dispute,
        "order": view.file.the_order,
        "currency": view.file.the_order.agreement.currency,
        "decision": found,
        "explanation": found.explanation,
        "sentence": _sentence(view, found),
        "who": _who(found),
        "settled": found.settled,
        "ignored": _not_relied_on(view, found),
        "rules": reverse("rules", args=[view.process.book, view.process.version]),
        "rows": tuple(_rows(view, found)),
    }


def _rows(view: View, found: Decision) -> Iterator[tuple[str, int]]:
    """Where the money goes or went. Units: minor units."""
    balances = view.file.balances
    fee = 0
    yield _("Paid by the buyer"), view.file.the_order.paid_minor
    if found.refund_minor is not None:
        yield _("Refunded to the buyer"), found.refund_minor
        yield _("Released to the seller"), balances.seller_payable
        fee = balances.platform_fees
    elif found.terms is not None:
        later = found.terms.kind is Kind.RETURN_AND_REFUND
        split = split_of(view, found.terms)
        told = _("To the buyer, once the goods are back") if later else _("To the buyer")
        yield told, split.buyer_minor
        yield _("To the seller"), split.seller_minor
        fee = split.fee_minor
    if fee:
        yield _("Platform fee"), fee


def _sentence(view: View, found: Decision) -> str:
    currency = view.file.the_order.agreement.currency
    if found.outcome is not None:
        text = _("Closed: {outcome}. The buyer gets {refund} back.")
        refund = Money(found.refund_minor or 0, currency)
        return text.format(outcome=OUTCOMES[found.outcome], refund=speech.amount(refund))
    if found.terms is None:
        return ""
    refund = Money(found.terms.refund.total_minor, currency)
    if found.terms.kind is Kind.RETURN_AND_REFUND:
        text = _("The buyer sends the goods back and then gets {refund}.")
    else:
        text = _("The buyer gets {refund}; nothing is sent back.")
    return text.format(refund=speech.amount(refund))


def _who(found: Decision) -> str:
    if found.by_default:
        return _("The platform’s standing plan became the decision by lapse of time.")
    if found.on_platform_plan:
        return _("Both sides accepted the plan of the platform.")
    if found.settled and found.outcome is None:
        return _("Both sides agreed to it; nobody had to decide.")
    if found.settled:
        return _("The two sides ended it themselves; nobody had to decide.")
    if not (found.alone or found.departs or found.record):
        return _("Ended without a ruling.")
    return _decided(found) if found.final else _put_up(found)


def _decided(found: Decision) -> str:
    if found.alone:
        return _("Decided by the rulebook on records alone; no person had to weigh anything.")
    if found.departs:
        return _("Decided by two persons of the desk.")
    return _("Decided by a specialist of the desk.")


def _put_up(found: Decision) -> str:
    if found.alone:
        return _("Put up by the rulebook on records alone; no person had to weigh anything.")
    if found.departs:
        return _("Put up by two persons of the desk.")
    return _("Put up by a specialist of the desk.")


def _not_relied_on(view: View, found: Decision) -> list[tuple[str, str]]:
    """The exhibits that the ruling passed over, each with its reason."""
    told = (found.record.ignored if found.record else None) or ()
    ignored = {one.exhibit for one in told}
    return [
        (f"E{one.exhibit.number}", one.ignored)
        for one in file_cards(view)
        if one.exhibit.number in ignored
    ]
