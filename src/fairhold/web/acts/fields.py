"""Form fields of the desk: money in the order's currency, files, texts."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.values.money import LARGEST_MINOR, Money, minor_digits, plain_amount
from fairhold.flow.intake.shapes import LONGEST_LINE, LONGEST_TEXT
from fairhold.flow.speech import Text
from fairhold.flow.speech import amount as said_amount

# The decimal and the grouping sign of Arabic script.
ARABIC_SIGNS = {0x066B: ".", 0x066C: ","}
GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*")


class MoneyField(forms.CharField):
    """An amount as people type it; cleans to minor units of `currency`."""

    def __init__(self, *, currency: str, most_minor: int, **options: Any) -> None:
        most = now_("Up to {sum}.").format(sum=said_amount(Money(most_minor, currency)))
        options.setdefault("help_text", most)
        super().__init__(max_length=30, **options)
        self.currency = currency
        self.most_minor = most_minor
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Minor units read as an amount; what was typed stays as typed."""
        return plain_amount(value, self.currency) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The amount in minor units."""
        typed = super().clean(value)
        if not typed:
            return 0
        amount = self._minor(typed)
        if amount > self.most_minor:
            raise ValidationError(now_("Enter an amount up to {sum}.").format(sum=self._most()))
        return amount

    def _most(self) -> str:
        return said_amount(Money(self.most_minor, self.currency))

    def _minor(self, typed: str) -> int:
        """Point or comma as decimal sign, blanks (or the other one of both) as grouping."""
        digits = minor_digits(self.currency)
        whole, part = _whole_and_part(typed, digits)
        fits = (
            whole.isascii()
            and whole.isdigit()
            and (part == "" or (part.isascii() and part.isdigit()))
        )
        if fits and len(part) > digits > 0 and len(whole) <= len(str(LARGEST_MINOR)):
            finer = now_("This currency has {digits} digits after the point, as in {example}.")
            example = plain_amount(1250 * 10**digits // 100, self.currency)
            raise ValidationError(finer.format(digits=digits, example=example))
        if fits and len(whole) > len(str(LARGEST_MINOR)):
            raise ValidationError(now_("Enter an amount up to {sum}.").format(sum=self._most()))
        if not fits or len(part) > digits:
            example = plain_amount(1250 * 10**digits // 100, self.currency)
            told = now_("Enter a number like {example}, without the currency sign.")
            raise ValidationError(told.format(example=example))
        return int(whole) * int(10**digits) + int(part.ljust(digits, "0") or "0")


def _whole_and_part(typed: str, digits: int) -> tuple[str, str]:
    """What stands before and after the decimal sign, in the digits of any script."""
    plain = "".join(str(unicodedata.decimal(one, one)) for one in typed if not one.isspace())
    plain = plain.translate(ARABIC_SIGNS)
    grouped = GROUPED.fullmatch(plain)
    if grouped and (not digits or plain.count(grouped[1]) > 1):
        return plain.replace(grouped[1], ""), ""
    sign = max(plain.rfind("."), plain.rfind(","))
    whole, part = (plain[:sign], plain[sign + 1 :]) if sign >= 0 else (plain, "")
    grouped = GROUPED.fullmatch(whole)
    if grouped and grouped[1] != plain[sign]:
        whole = whole.replace(grouped[1], "")
    return whole, part


class ManyFiles(forms.ClearableFileInput):
    """An upload field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleans to a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Files"))
        options.setdefault(
            "help_text",
            _("Photos, PDF, video or text. Up to 10 files, 50 MB each. Both sides see them."),
        )
        super().__init__(widget=ManyFiles(), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, each one checked."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if self.required and not files:
            raise ValidationError(_("Choose at least one file."))
        return [super(FilesField, self).clean(one, initial) for one in files]


def text_field(label: Text, help_text: Text = "", *, required: bool = True) -> forms.CharField:
    """A long text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words here.")},
    )


def line_field(label: Text, help_text: Text = "") -> forms.CharField:
    """A short text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_LINE,
        error_messages={"required": _("Fill this in.")},
    )
