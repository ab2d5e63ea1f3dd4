"""The one view of all acts: form (GET), check (POST), carry out (POST). No word is lost."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairhold.core.cases.disputes import commands as decided
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import PARTIES
from fairhold.flow.desk import current
from fairhold.flow.foretold import foretold
from fairhold.flow.handle import handle
from fairhold.flow.intake import uploads
from fairhold.flow.query import View
from fairhold.flow.request import Busy, Done, Refused, Request
from fairhold.flow.speech import say
from fairhold.web.acts.files import held, keep
from fairhold.web.acts.filing import of_the_check, one_step, total
from fairhold.web.acts.forms import ActForm
from fairhold.web.acts.making import Act, Making, Unfit
from fairhold.web.acts.registry import ACTS, OPEN
from fairhold.web.acts.shown import changed_figures, cite_exhibit, typed_in
from fairhold.web.acts.talk import ORDER_ACTS
from fairhold.web.drafts import CONTROL_FIELDS, begin_again, keep_typed, keeping_drafts, put_away
from fairhold.web.pages.decisions import notice_of
from fairhold.web.viewing import case_or_404, may_file, order_or_404, viewer

# What both sides read as a notice once it is sent.
RULINGS = {decided.ProposePlatformPlan, decided.IssueAward}
NOTICED = {*RULINGS, decided.ConfirmDeparture}
NOT_NOW = Refusal(
    Code.WRONG_STATE,
    "This cannot be done in this case now, or not by you.",
    "Look at the case: it offers what can be done.",
)


@require_http_methods(["GET", "POST"])
@keeping_drafts
def act(request: HttpRequest, case_id: str, slug: str, target: str = "") -> HttpResponse:
    """An act on a dispute."""
    if slug not in ACTS:
        raise Http404
    return _offered(request, case_or_404(request, case_id), ACTS[slug], target)


def _offered(request: HttpRequest, view: View, chosen: Act, target: str) -> HttpResponse:
    if request.method == "GET" and chosen.command not in view.allowed:
        page = {"view": view, "act": chosen, "refusal": NOT_NOW}
        return render(request, "desk/refused.html", page, status=NOT_NOW.code.status)
    return _steps(request, view, chosen, target)


@require_http_methods(["GET", "POST"])
@keeping_drafts
def order_act(request: HttpRequest, order_id: str, slug: str, target: str = "") -> HttpResponse:
    """An act on an order, from the page of its messages."""
    if slug not in ORDER_ACTS:
        raise Http404
    return _offered(request, order_or_404(request, order_id), ORDER_ACTS[slug], target)


@require_http_methods(["GET", "POST"])
@keeping_drafts
def open_dispute(request: HttpRequest, order_id: str) -> HttpResponse:
    """A filing on an order."""
    view = order_or_404(request, order_id)
    if request.method == "GET" and not may_file(view):
        page = {"view": view, "act": OPEN, "refusal": NOT_NOW}
        return render(request, "desk/refused.html", page, status=NOT_NOW.code.status)
    if request.method == "POST" and "total" in request.GET:
        return HttpResponse(total(request, view), content_type="text/plain; charset=utf-8")
    found = one_step(request, view)
    if isinstance(found, HttpResponse):
        return found
    return _steps(request, view, OPEN, "", found)


def _steps(
    request: HttpRequest, view: View, chosen: Act, target: str, ready: ActForm | None = None
) -> HttpResponse:
    """Form, then check, then carry out; each step shows the next.

    `ready`: the form where it was read, and its files kept, before.
    """
    data = request.POST if request.method == "POST" else None
    form = ready or chosen.form(data, request.FILES or None, view=view, target=target)
    page: dict[str, Any] = {"view": view, "act": chosen, "target": target, "form": form}
    page["key"] = _key(request)
    page["of_order"] = chosen in ORDER_ACTS.values()
    page["seen"] = _seen(request, view)
    page["then"] = request.POST.get("then", "") or request.GET.get("then", "")
    if data is None:
        page["draft_from"] = begin_again(request, form)
        handles = str(form.initial.get("upload_ids", "")).split(",")
        page["held"] = held(request, tuple(one for one in handles if one))
        cite_exhibit(request.GET.get("cite", ""), form)
        if not form.has_target():
            raise Http404
        if form.fields.keys() <= {"upload_ids", "version"} and not chosen.direct:
            return _nothing_to_type(request, page, chosen)
        return render(request, "desk/form.html", page)
    if ready is None:
        form.full_clean()
        keep(request, form)
    kept = form.kept()
    page["held"] = held(request, kept)
    if form.errors:
        page["draft_kept"] = keep_typed(request, form)
        if chosen.command not in view.allowed and chosen is not OPEN:
            page |= {"refusal": NOT_NOW, "since": view.news(page["seen"])}
            return render(request, "desk/form.html", page, status=NOT_NOW.code.status)
        return render(request, "desk/form.html", page, status=422)
    if data.get("step") == "back":
        return render(request, "desk/form.html", page)
    asked = _asked(request, page, chosen, kept)
    if isinstance(asked, HttpResponse):
        return asked
    if data.get("step") == "confirm" or chosen.direct:
        return _carry_out(request, page, chosen, asked)
    return _checked(request, page, chosen, asked)


def _asked(
    request: HttpRequest, page: dict[str, Any], chosen: Act, kept: tuple[str, ...]
) -> Request | HttpResponse:
    """What the form asks for; the form again where no command can be made of it."""
    view, form, target = page["view"], page["form"], page["target"]
    who = viewer(request)
    confirmed = request.POST.get("step") == "confirm" or chosen.direct
    try:
        stored = uploads.staged(kept, who.actor.id)
        files = uploads.submitted(current(), stored)
        making = Making(current(), view, target, files, stored, kept, confirmed)
        command = chosen.build(making, form.cleaned_data)
    except uploads.UploadError as error:
        form.add_error(None, say(str(error)))
        return render(request, "desk/form.html", page, status=422)
    except Unfit as unfit:
        form.add_error(unfit.field, say(str(unfit)))
        return render(request, "desk/form.html", page, status=422)
    dispute = view.file.open_dispute
    return Request(
        order_id=view.file.order_id,
        command=command,
        viewer=who,
        key=page["key"],
        digest=_digest(request, [one.sha256 for one in stored]),
        case_id=dispute.id if dispute else None,
    )


def _nothing_to_type(request: HttpRequest, page: dict[str, Any], chosen: Act) -> HttpResponse:
    """The check page at once, where the form asks nothing."""
    form = page["form"]
    form.cleaned_data = form.initial
    page["held"] = []
    asked = _asked(request, page, chosen, ())
    if isinstance(asked, HttpResponse):
        return asked
    return _checked(request, page, chosen, asked)


def _checked(
    request: HttpRequest, page: dict[str, Any], chosen: Act, asked: Request
) -> HttpResponse:
    """What it would lead to, before it is confirmed; what would be refused is refused here."""
    view, form = page["view"], page["form"]
    if request.method == "POST":
        keep_typed(request, form)
    after = foretold(current(), asked)
    if isinstance(after, Refusal):
        return _refused(request, page, after)
    page["effects"] = chosen.leads_to(view, page["target"], form.cleaned_data)
    handles = ",".join(one.handle for one in page["held"])
    page["values"] = _hidden(form, {**form.cleaned_data, "upload_ids": handles})
    page["typed"] = typed_in(form)
    page |= of_the_check() if chosen is OPEN else {}
    if chosen.command in NOTICED and after.file.the_dispute.departure is None:
        page |= {**(notice_of(after) or {}), "noticed": True}
    return render(request, "desk/check.html", page)


def _carry_out(
    request: HttpRequest, page: dict[str, Any], chosen: Act, asked: Request
) -> HttpResponse:
    form, who = page["form"], asked.viewer
    try:
        result = handle(current(), asked)
    except Busy:
        busy = _("Others are acting in this case at this very moment. Send it again.")
        form.add_error(None, busy)
        return render(request, "desk/form.html", page, status=503)
    if isinstance(result, Refused):
        return _refused(request, page, result.refusal)
    put_away(request)
    messages.success(request, _told(page, result))
    then = request.POST.get("then", "")
    if asked.case_id and then in ("work", "next") and who.role not in PARTIES:
        place = reverse("workspace", args=[asked.case_id])
        return redirect(f"{place}?next=1" if then == "next" else place)
    if chosen in ORDER_ACTS.values():
        return redirect("messages", order_id=asked.order_id)
    return redirect("dispute", case_id=result.file.the_dispute.id)


def _told(page: dict[str, Any], result: Done) -> str:
    dispute = result.file.dispute
    if page["act"].command in RULINGS and dispute is not None and dispute.departure is not None:
        return _("It waits for a second person of the desk. Nothing is put up before.")
    return _("Done: {what}").format(what=page["act"].title)


def _refused(request: HttpRequest, page: dict[str, Any], refusal: Refusal) -> HttpResponse:
    """Say what was refused, why, and what now; what was typed stays in the form."""
    page["refusal"] = refusal
    page["changed"] = changed_figures(page["view"], refusal.details)
    page["since"] = page["view"].news(page["seen"])
    page["draft_kept"] = keep_typed(request, page["form"])
    if refusal.code is Code.KEY_REUSED:
        page["key"] = current().ids.new()
    typed = page["form"].fields.keys() - {"upload_ids", "version"}
    template = "desk/form.html" if typed else "desk/refused.html"
    return render(request, template, page, status=refusal.code.status)


def _seen(request: HttpRequest, view: View) -> int:
    """The version of the case that the form was filled in for."""
    given = request.POST.get("seen", "")
    return (
        int(given) if given.isascii() and given.isdigit() and len(given) < 10 else view.file.version
    )


def _key(request: HttpRequest) -> str:
    """The idempotency key that the form carries from step to step."""
    given = request.POST.get("key", "")
    return given if len(given) == 36 and given.isascii() else current().ids.new()


def _digest(request: HttpRequest, files: list[str]) -> str:
    """What was sent, files by their content, without what only controls the sending."""
    content = {
        name: request.POST.getlist(name) for name in request.POST if name not in CONTROL_FIELDS
    }
    text = json.dumps([request.path, content, files], sort_keys=True)
    # Keyed, because it stands in the journal: nobody may try what was typed against it.
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _hidden(form: ActForm, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The cleaned values as hidden fields of the check page."""
    hidden = []
    for name, field in form.fields.items():
        if name == "uploads" or values.get(name) is None:
            continue
        several = values[name] if isinstance(values[name], list) else [values[name]]
        hidden += [(name, field.prepare_value(value)) for value in several]
    return hidden
