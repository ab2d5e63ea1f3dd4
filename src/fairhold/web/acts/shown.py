"""What was typed and what changed meanwhile, as the check page and the refusal show them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fairhold.core.values.money import Money
from fairhold.flow.query import View
from fairhold.flow.speech import amount
from fairhold.flow.wordings import words_for
from fairhold.web.acts.fields import MoneyField
from fairhold.web.acts.forms import ActForm

UNSHOWN = {"uploads", "upload_ids", "version"}


def cite_exhibit(number: str, form: ActForm) -> None:
    """Let a message begin with the exhibit it is about, where the link that led here names one."""
    if number.isascii() and number.isdigit() and len(number) < 4 and "text" in form.fields:
        form.initial["text"] = f"E{number}: {form.initial.get('text', '')}"


def typed_in(form: ActForm) -> list[tuple[str, str]]:
    """Every answer of a form, beside its question, the way people read it."""
    shown = []
    pointless = form.pointless()
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in UNSHOWN | pointless or value in (None, "", [], 0):
            continue
        shown.append((str(field.label or ""), _in_words(field, value)))
    return shown


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, MoneyField):
        return amount(Money(value, field.currency))
    if isinstance(field, forms.MultipleChoiceField):
        chosen = _labels(field)
        return "\n".join(str(chosen.get(one, one)) for one in value)
    if isinstance(field, forms.ChoiceField):
        return str(_labels(field).get(field.prepare_value(value), value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(field.prepare_value(value))


def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.choices)


def changed_figures(view: View, details: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between the version of a plan that was shown and the present one."""
    shown, present = details.get("shown") or {}, details.get("present") or {}
    currency = view.file.the_order.agreement.currency
    return [
        (_named(name), _figure(name, shown.get(name), currency), _figure(name, now, currency))
        for name, now in present.items()
        if shown.get(name) != now
    ]


def _named(name: str) -> str:
    names = {
        "goods_minor": _("Refund for the goods"),
        "freight_minor": _("Refund of the freight paid"),
        "kind": _("Kind of plan"),
        "return_freight": _("Who pays the return freight"),
        "version": _("Version"),
    }
    return names.get(name) or words_for(name.removesuffix("_minor"))


def _figure(name: str, value: Any, currency: str) -> str:
    if value is None:
        return _("none")
    if name.endswith("_minor") and isinstance(value, int):
        return amount(Money(value, currency))
    return words_for(str(value))
