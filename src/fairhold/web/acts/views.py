"""The one view of all acts: form (GET), check (POST), carry out (POST). No word is lost."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import PARTIES
from fairhold.flow.desk import current
from fairhold.flow.handle import handle
from fairhold.flow.intake import uploads
from fairhold.flow.query import View
from fairhold.flow.request import Busy, Done, Refused, Request
from fairhold.flow.speech import say
from fairhold.web.acts.forms import ActForm
from fairhold.web.acts.making import Act, Making, Unfit
from fairhold.web.acts.registry import ACTS, OPEN
from fairhold.web.acts.shown import changed_figures, cite_exhibit, typed_in
from fairhold.web.acts.talk import ORDER_ACTS
from fairhold.web.drafts import begin_again, keep_typed, keeping_drafts, put_away
from fairhold.web.viewing import case_or_404, order_or_404, viewer

CONTROL_FIELDS = {"csrfmiddlewaretoken", "key", "step", "upload_ids", "seen", "then"}


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
    return _steps(request, order_or_404(request, order_id), OPEN, "")


def _steps(request: HttpRequest, view: View, chosen: Act, target: str) -> HttpResponse:
    """Form, then check, then carry out; each step shows the next."""
    data = request.POST if request.method == "POST" else None
    form = chosen.form(data, request.FILES or None, view=view, target=target)
    page: dict[str, Any] = {"view": view, "act": chosen, "target": target, "form": form}
    page["key"] = _key(request)
    page["of_order"] = chosen in ORDER_ACTS.values()
    page["seen"] = _seen(request, view)
    page["then"] = request.POST.get("then", "")
    if data is None:
        page["draft_from"] = begin_again(request, form)
        cite_exhibit(request.GET.get("cite", ""), form)
        if form.fields.keys() <= {"upload_ids", "version"} and not chosen.direct:
            page["effects"] = chosen.leads_to(view, target, {})
            page["values"] = _hidden(form, form.initial)
            return render(request, "desk/check.html", page)
        return render(request, "desk/form.html", page)
    kept = _keep(request, form) if form.is_valid() else None
    if kept is None:
        page["draft_kept"] = keep_typed(request)
        if chosen.command not in view.allowed and chosen is not OPEN:
            page |= {"refusal": NOT_NOW, "since": view.news(page["seen"])}
            return render(request, "desk/form.html", page, status=NOT_NOW.code.status)
        return render(request, "desk/form.html", page, status=422)
    if data.get("step") == "back":
        return render(request, "desk/form.html", page)
    if data.get("step") != "confirm" and not chosen.direct:
        keep_typed(request)
        page["effects"] = chosen.leads_to(view, target, form.cleaned_data)
        page["values"] = _hidden(form, {**form.cleaned_data, "upload_ids": ",".join(kept)})
        page["typed"] = typed_in(form)
        return render(request, "desk/check.html", page)
    return _carry_out(request, page, chosen, kept)


def _keep(request: HttpRequest, form: ActForm) -> tuple[str, ...] | None:
    """The handles of all files of this form: those kept before, and those that came now.

    None where a file was not taken; the others are kept in the form all the same.
    """
    owner = viewer(request).actor.id
    kept = list(form.kept())
    for file in form.cleaned_data.get("uploads") or []:
        try:
            stored = uploads.store(current(), file)
        except uploads.UploadError as error:
            form.add_error("uploads", say(str(error)))
        else:
            kept.append(uploads.stage(current(), stored, owner).id)
    if not form.errors:
        return tuple(kept)
    data = request.POST.copy()
    data["upload_ids"] = ",".join(kept)
    form.data = data
    form.kept_names = [one.name for one in uploads.staged(kept, owner)]
    return None


def _carry_out(
    request: HttpRequest, page: dict[str, Any], chosen: Act, kept: tuple[str, ...]
) -> HttpResponse:
    view, form, target = page["view"], page["form"], page["target"]
    who = viewer(request)
    try:
        stored = uploads.staged(kept, who.actor.id)
    except uploads.UploadError as error:
        form.add_error(None, say(str(error)))
        return render(request, "desk/form.html", page, status=422)
    files = uploads.submitted(current(), stored)
    making = Making(current(), view, target, files, stored, kept)
    try:
        command = chosen.build(making, form.cleaned_data)
    except Unfit as unfit:
        form.add_error(unfit.field, say(str(unfit)))
        return render(request, "desk/form.html", page, status=422)
    dispute = view.file.open_dispute
    asked = Request(
        order_id=view.file.order_id,
        command=command,
        viewer=who,
        key=page["key"],
        digest=_digest(request, [one.sha256 for one in stored]),
        case_id=dispute.id if dispute else None,
    )
    try:
        result = handle(current(), asked)
    except Busy:
        busy = _("Others are acting in this case at this very moment. Send it again.")
        form.add_error(None, busy)
        return render(request, "desk/form.html", page, status=503)
    if isinstance(result, Done):
        put_away(request)
        after = request.POST.get("then", "")
        if dispute and after in ("work", "next") and who.role not in PARTIES:
            place = reverse("workspace", args=[dispute.id])
            return redirect(f"{place}?next=1" if after == "next" else place)
        if chosen in ORDER_ACTS.values():
            return redirect("messages", order_id=view.file.order_id)
        return redirect("dispute", case_id=result.file.the_dispute.id)
    return _refused(request, page, result)


def _refused(request: HttpRequest, page: dict[str, Any], refused: Refused) -> HttpResponse:
    """Say what was refused, why, and what now; what was typed stays in the form."""
    refusal = refused.refusal
    page["refusal"] = refusal
    page["changed"] = changed_figures(page["view"], refusal.details)
    page["since"] = page["view"].news(page["seen"])
    page["draft_kept"] = keep_typed(request)
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
