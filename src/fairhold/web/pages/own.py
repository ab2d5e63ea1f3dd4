"""What a person sets for oneself: language, zone, theme, keys; and the copy of one's own data."""

import json
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings as made
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from fairhold.adapters.languages import LANGUAGES, OFFERED
from fairhold.flow.cases import cases_of
from fairhold.flow.desk import current
from fairhold.flow.files import orders_of
from fairhold.web.viewing import viewer

THEMES = [("", _("As the device is set")), ("light", _("Light")), ("dark", _("Dark"))]
A_YEAR = 365 * 24 * 3600


class SettingsForm(forms.Form):
    """The settings of one person."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[
            ("", _("As the browser is set")),
            *((one.code, one.name) for one in OFFERED),
        ],
        required=False,
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("As in Asia/Shanghai or America/Sao_Paulo. Every time is shown in it."),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocapitalize": "none"}),
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, required=False)
    single_keys = forms.BooleanField(
        label=_("Single keys in the queue"),
        help_text=_("J, K, A, N and others. Every key has a button that does the same."),
        required=False,
    )

    def clean_time_zone(self) -> str:
        """A zone of the world."""
        typed: str = self.cleaned_data["time_zone"].strip()
        if typed not in zoneinfo.available_timezones():
            told = _("Enter the name of a time zone, as in Europe/Madrid.")
            raise forms.ValidationError(told)
        return typed


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """One's settings."""
    person: Any = request.user
    fields = ("language", "time_zone", "theme", "single_keys")
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(person, name) for name in fields},
    )
    if form.is_bound and form.is_valid():
        for name in fields:
            setattr(person, name, form.cleaned_data[name])
        person.save(update_fields=fields)
        messages.success(request, now_("Saved."))
        return redirect("settings")
    page = {
        "form": form,
        "nav": "settings",
        "zones": sorted(zoneinfo.available_timezones()),
        "staff": viewer(request).role.value in ("specialist", "operator"),
    }
    return render(request, "desk/settings.html", page, status=422 if form.errors else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: on the account, or on this browser."""
    code = request.POST.get("language", "")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    response = redirect(target if safe else "/")
    if code in LANGUAGES:
        person: Any = request.user
        if person.is_authenticated:
            person.language = code
            person.save(update_fields=["language"])
        response.set_cookie(
            made.LANGUAGE_COOKIE_NAME,
            code,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@require_POST
@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Put away the short explanation of how one is protected."""
    person: Any = request.user
    person.welcomed_at = current().clock.now()
    person.save(update_fields=["welcomed_at"])
    return redirect("disputes")


@require_http_methods(["GET"])
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    """What the desk holds about the person who asks, as JSON; the files of cases come apart."""
    person: Any = request.user
    who = viewer(request)
    held = {
        "account": {
            name: getattr(person, name)
            for name in ("email", "name", "role", "language", "time_zone", "theme", "single_keys")
        },
        "party": _party(person),
        "orders": list(orders_of(who).order_by("id").values_list("ref", flat=True)),
        "disputes": list(cases_of(who).order_by("id").values_list("number", flat=True)),
    }
    if who.party_id is None:
        held["orders"] = held["disputes"] = []
    text = json.dumps(held, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _party(person: Any) -> dict[str, str] | None:
    if person.party is None:
        return None
    return {name: getattr(person.party, name) for name in ("ref", "name", "email", "country")}
