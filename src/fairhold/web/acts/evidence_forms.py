"""The forms for files: what they are, which request of the platform they answer."""

from typing import Any

from django import forms
from django.utils.html import format_html

from fairhold.flow.coach import needs
from fairhold.flow.desk import current
from fairhold.web.acts.fields import FilesField
from fairhold.web.acts.forms import ActForm, evidence_kinds
from fairhold.web.templatetags.desk import moment


class EvidenceForm(ActForm):
    """Files, and what they show."""

    uploads = FilesField(required=True)

    def prepare(self) -> None:
        """The kinds of evidence that this side can file."""
        self.fields["kind"] = forms.ChoiceField(
            label="What do these files show?",
            choices=[("", "Something else"), *evidence_kinds(self.view)],
            required=False,
        )


class ProofForm(ActForm):
    """Files for a request of the platform: the kinds that count, the missing ones first."""

    uploads = FilesField()

    def prepare(self) -> None:
        """Only what this request asks for."""
        found = needs(current(), self.view.file, self.view.now)
        self.need = next((one for one in found if one.request.name == self.target), None)
        pieces = self.need.pieces if self.need else ()
        ordered = sorted(pieces, key=lambda piece: bool(piece.exhibits))
        choices = [(piece.kind, piece.meaning) for piece in ordered]
        self.fields["uploads"].required = not self.data.get("upload_ids")
        self.fields["kind"] = forms.ChoiceField(
            label="Which of these is it?",
            choices=choices,
            widget=forms.RadioSelect,
            help_text=self._asked(),
        )
        if choices:
            self.initial["kind"] = choices[0][0]

    def _asked(self) -> str:
        """What was asked for and until when."""
        if self.need is None:
            return ""
        return format_html("{} Until {}.", self.need.rule.summary, moment(self.need.due_at))

    def clean(self) -> dict[str, Any]:
        """There must be such a request, and it must be this side's."""
        cleaned = super().clean() or self.cleaned_data
        if self.need is None or self.need.request.party is not self.view.viewer.role:
            raise forms.ValidationError("The platform did not ask you for this.")
        if not cleaned.get("uploads") and not self.kept() and "uploads" not in self.errors:
            self.add_error("uploads", "Choose at least one file.")
        return cleaned


class NamingForm(ActForm):
    """What kind of document a file is."""

    def prepare(self) -> None:
        """The kinds that the side of the file can file."""
        number = int(self.target) if self.target.isascii() and self.target.isdigit() else 0
        exhibits = {one.number: one for one in self.view.file.the_dispute.exhibits}
        side = exhibits[number].side.value if number in exhibits else ""
        self.fields["kind"] = forms.ChoiceField(
            label="What does this file show?", choices=evidence_kinds(self.view, side)
        )
        if number in exhibits:
            self.initial["kind"] = exhibits[number].kind
