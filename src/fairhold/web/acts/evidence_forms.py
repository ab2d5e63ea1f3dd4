"""The forms for files: what they are, which request of the platform they answer."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.html import format_html
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.proof import Asking
from fairhold.flow.coach import Need, Piece, needs
from fairhold.flow.desk import current
from fairhold.flow.intake.shapes import LONGEST_LINE
from fairhold.flow.query import View
from fairhold.flow.speech import listed, of_book
from fairhold.web.acts.fields import FilesField
from fairhold.web.acts.forms import ActForm, ExhibitForm, evidence_kinds
from fairhold.web.templatetags.desk import moment


def kinds_to_choose(view: View) -> list[tuple[str, str]]:
    """The kinds that the viewer can file; those that answer a request of the platform first."""
    asked = {
        kind
        for one in view.file.the_dispute.requests
        if one.party is view.viewer.role and one.standing is Asking.OPEN
        for kind in one.documents
    }
    kinds = evidence_kinds(view)
    first = [
        (kind, now_("{kind} (the platform asks for this)").format(kind=meaning))
        for kind, meaning in kinds
        if kind in asked
    ]
    return [*first, *((kind, meaning) for kind, meaning in kinds if kind not in asked)]


class EvidenceForm(ActForm):
    """Files, what each shows, and who may see them."""

    describes_files = True
    uploads = FilesField()

    def prepare(self) -> None:
        """The kinds of evidence that this side can file."""
        self.fields["kind"] = forms.ChoiceField(
            label=_("What do these files show?"),
            choices=[("", _("Something else")), *kinds_to_choose(self.view)],
            required=False,
        )
        self.fields["shows"] = forms.CharField(
            label=_("In one line: what can be seen?"), required=False, max_length=LONGEST_LINE
        )
        self.fields["platform_only"] = forms.BooleanField(
            label=_("For the platform only"),
            help_text=_("The other side does not see it; no decision rests on it alone."),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """A file has to be there; what is said of single files has to fit."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("uploads") and not self.kept() and "uploads" not in self.errors:
            self.add_error("uploads", _("Choose at least one file."))
        kinds = {value for value, _ in evidence_kinds(self.view)}
        each = {}
        for handle in self.kept():
            kind = self.data.get(f"kind-{handle}", cleaned.get("kind") or "")
            shows = self.data.get(f"shows-{handle}", "")[:LONGEST_LINE].strip()
            if kind and kind not in kinds:
                self.add_error("kind", _("Choose a kind from the list."))
            each[handle] = (kind, shows or cleaned.get("shows") or "")
        cleaned["each"] = each
        return cleaned


class ProofForm(ActForm):
    """Files for a request of the platform: the kinds that count, the missing ones first."""

    uploads = FilesField()

    def prepare(self) -> None:
        """Only what this request asks for."""
        found = needs(current(), self.view.file, self.view.now)
        own = (one for one in found if one.request.party is self.view.viewer.role)
        need = next((one for one in own if one.request.name == self.target), None)
        if need is None:
            raise Http404
        ordered = sorted(need.pieces, key=lambda piece: bool(piece.exhibits))
        book = self.view.file.the_order.book
        choices = [(piece.kind, _with_files(piece, book)) for piece in ordered]
        self.fields["uploads"].required = not self.kept()
        self.fields["kind"] = forms.ChoiceField(
            label=_("Which of these is it?"),
            choices=choices,
            widget=forms.RadioSelect,
            help_text=_asked(need, book),
        )
        self.initial["kind"] = choices[0][0]

    def clean(self) -> dict[str, Any]:
        """A file has to be there, or kept from the step before."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("uploads") and not self.kept() and "uploads" not in self.errors:
            self.add_error("uploads", _("Choose at least one file."))
        return cleaned


class NamingForm(ExhibitForm):
    """What kind of document a file is."""

    def prepare(self) -> None:
        """The kinds that the side of the file can file."""
        number = self.number()
        exhibits = {one.number: one for one in self.view.file.the_dispute.exhibits}
        side = exhibits[number].side.value if number in exhibits else ""
        self.fields["kind"] = forms.ChoiceField(
            label=_("What does this file show?"), choices=evidence_kinds(self.view, side)
        )
        if number in exhibits:
            self.initial["kind"] = exhibits[number].kind


def _asked(need: Need, book: str) -> str:
    """What was asked for and until when."""
    when = now_("Until {when}.")
    if not need.open:
        when = now_("The time for it ended {when}; the case goes on without it.")
    said = format_html(when, when=moment(need.due_at))
    return format_html("{} {}", of_book(book, need.rule.summary), said)


def _with_files(piece: Piece, book: str) -> str:
    """What a piece is, and the files that are it already."""
    meaning = of_book(book, piece.meaning)
    there = listed([f"E{number}" for number in piece.exhibits])
    return now_("{kind} (there: {files})").format(kind=meaning, files=there) if there else meaning
