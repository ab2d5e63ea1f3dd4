"""The forms of what is said: messages, changes of terms, what was said elsewhere, redactions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.evidence.message import LANGUAGE, Tag
from fairhold.core.evidence.outside import Channel
from fairhold.flow.intake.redacting import WHOLE
from fairhold.flow.wordings import CHANNEL_WORDS, TAG_WORDS
from fairhold.web.acts.fields import FilesField, text_field
from fairhold.web.acts.forms import ActForm, ExhibitForm


def _capitalized(words: object) -> str:
    return str(words).capitalize()


capitalized = lazy(_capitalized, str)
PURPOSES = [(tag.value, capitalized(words)) for tag, words in TAG_WORDS.items()]
TAGS = [("", _("None of these")), *PURPOSES]
CHANNELS = [(one.value, capitalized(words)) for one, words in CHANNEL_WORDS.items()]


class MessageForm(ActForm):
    """A message: its words, its purpose, what it answers, files."""

    text = text_field(_("Message"), _("Stops no clock: only accepting or refusing is an answer."))
    tag = forms.ChoiceField(label=_("What is it for?"), choices=TAGS, required=False)
    language = forms.CharField(
        label=_("Language it is written in"),
        help_text=_("Its short code, as en, es, zh or ar."),
        required=False,
        max_length=12,
    )
    reply_to = forms.IntegerField(
        label=_("In answer to message number"), required=False, min_value=1, max_value=1_000
    )
    uploads = FilesField()

    def clean_language(self) -> str:
        """A language tag, or nothing."""
        typed: str = self.cleaned_data["language"].strip()
        if typed and LANGUAGE.fullmatch(typed) is None:
            raise ValidationError(_("Enter a short code of a language, as en or pt-BR."))
        return typed

    def clean_tag(self) -> Tag | None:
        """The purpose, or none."""
        typed = self.cleaned_data["tag"]
        return Tag(typed) if typed else None


class TermsForm(ActForm):
    """Other terms for the other side to agree to."""

    shipping_service = forms.CharField(
        label=_("Another shipping service"), required=False, max_length=200
    )
    promise_days = forms.IntegerField(
        label=_("Delivery within how many days after dispatch?"),
        required=False,
        min_value=1,
        max_value=3_650,
    )
    delivery_address = text_field(_("Another delivery address"), required=False)
    note = text_field(_("Why"), _("The other side reads this before it answers."))


class OutsideForm(ActForm):
    """What was said elsewhere."""

    channel = forms.ChoiceField(
        label=_("Where was it said?"), choices=CHANNELS, widget=forms.RadioSelect
    )
    happened_on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    summary = text_field(
        _("What was said?"),
        _(
            "In your own words: who said what to whom. Of a telephone call this note is "
            "all there is."
        ),
    )
    uploads = FilesField(
        help_text=_("The e-mail (.eml), the contract, the chat. Up to 10 files, 50 MB each."),
    )

    def clean_channel(self) -> Channel:
        """The channel."""
        return Channel(self.cleaned_data["channel"])


class ContestForm(ActForm):
    """Why an exchange from elsewhere is not genuine or not valid."""

    reasons = text_field(_("What is wrong with it?"))


class WithdrawFileForm(ExhibitForm):
    """Why a file is withdrawn."""

    reasons = text_field(_("Why do you withdraw it?"), _("Both sides read this. The file stays."))


class RedactForm(ExhibitForm):
    """Boxes over a picture; a text needs none."""

    boxes = forms.CharField(
        label=_("Boxes to black out"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            _(
                "One box a line, as four whole numbers from 0 to 1000 (left, top, right, "
                "bottom), in "
                "thousandths of the picture. Leave it empty for a text: telephone numbers and "
                "addresses go by themselves."
            )
        ),
    )

    def prepare(self) -> None:
        """A picture is shown, so that boxes can be drawn on it."""
        if not self.has_target():
            return
        exhibit = self.view.file.the_dispute.exhibits[self.number() - 1]
        if exhibit.media_type.startswith("image/"):
            self.picture = reverse("shown", args=[self.view.file.the_dispute.id, exhibit.number])

    def clean_boxes(self) -> tuple[tuple[int, ...], ...]:
        """The boxes."""
        lines = [one for one in self.cleaned_data["boxes"].splitlines() if one.strip()]
        return tuple(_box(line) for line in lines)


def _box(line: str) -> tuple[int, ...]:
    parts: list[Any] = line.replace(",", " ").split()
    numbers = tuple(int(part) for part in parts if part.isascii() and part.isdigit())
    if len(parts) != 4 or len(numbers) != 4 or max(numbers) > WHOLE:
        told = now_(
            "Enter four whole numbers from 0 to 1000: left, top, right, bottom. Got “{line}”."
        )
        raise ValidationError(told.format(line=line[:40]))
    return numbers
