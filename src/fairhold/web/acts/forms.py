"""The forms of the acts. Each knows its view, so that limits and words fit the case."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairhold.core.cases.disputes.state import Kind, Reason, Subcase
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow.checklist import hints
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.speech import of_book
from fairhold.flow.wordings import words_for
from fairhold.web.acts.fields import FilesField, MoneyField, text_field


def _begun(code: str) -> str:
    return str(capfirst(words_for(code)))


lazy_words = lazy(_begun, str)

KINDS = [
    (Kind.RETURN_AND_REFUND.value, _("Return and refund: the goods go back, then the money")),
    (Kind.REFUND_ONLY.value, _("Refund only: nothing is sent back")),
]
PAYERS = [("buyer", _("The buyer")), ("seller", _("The seller")), ("platform", _("The platform"))]
REASONS = [
    (Reason.NOT_RECEIVED.value, _("The goods did not arrive")),
    (Reason.NOT_AS_AGREED.value, _("The goods are not as agreed")),
    (Reason.OWN_REASONS.value, _("My own reasons (I changed my mind)")),
]
SUBCASES = [
    (one.value, _("Nothing of these") if one is Subcase.NONE else lazy_words(one.value))
    for one in Subcase
]


class ActForm(forms.Form):
    """A form of one act. `upload_ids` carries files that were kept at the first step."""

    upload_ids = forms.CharField(required=False, widget=forms.HiddenInput)
    # Fields that may be empty, or are not always asked, without being a matter of taste.
    unmarked: tuple[str, ...] = ()
    # The address of a picture that the form is about, to draw boxes on.
    picture = ""
    # Whether every file has a line of its own that says what it shows.
    describes_files = False

    def __init__(self, data: Any = None, files: Any = None, *, view: View, target: str) -> None:
        super().__init__(data, files)
        self.view = view
        self.target = target
        self.currency = view.file.the_order.agreement.currency
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the case."""

    def has_target(self) -> bool:
        """Whether what the act is about is there, and the viewer's to act on."""
        return True

    def pointless(self) -> set[str]:
        """Questions that another answer makes pointless: who pays for a return that is none."""
        keeps = self.cleaned_data.get("kind") == Kind.REFUND_ONLY.value
        return {"return_freight"} if keeps else set()

    def number(self) -> int:
        """The target as the number of a parcel or an exhibit; 0 where it is none."""
        return int(self.target) if self.target.isascii() and self.target.isdigit() else 0

    def kept(self) -> tuple[str, ...]:
        """The handles of the files that were kept, without those that are left out."""
        sent: Any = self.data
        out = {*sent.getlist("leave_out")}
        given = sent.get("upload_ids", "").split(",")
        return tuple(dict.fromkeys(one for one in given if one and one not in out))


class ExhibitForm(ActForm):
    """An act on one file: one's own, or any for the desk's staff."""

    def has_target(self) -> bool:
        """The file is there, and the viewer's to act on."""
        exhibits = self.view.file.the_dispute.exhibits
        found = next((one for one in exhibits if one.number == self.number()), None)
        role = self.view.viewer.role
        return found is not None and (role not in PARTIES or found.side is role)


class VersionForm(ActForm):
    """An act on one plan in the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def prepare(self) -> None:
        """The version on the page is the one that is acted on."""
        plan = self.view.file.the_dispute.plan(self.target)
        if plan is not None:
            self.initial["version"] = plan.version

    def has_target(self) -> bool:
        """The plan is on the table."""
        return self.view.file.the_dispute.plan(self.target) is not None


class AcceptForm(VersionForm):
    """Acceptance; a seller who agrees to a return confirms the address."""

    def prepare(self) -> None:
        """Ask for the address only where it matters."""
        super().prepare()
        plan = self.view.file.the_dispute.plan(self.target)
        agreement = self.view.file.the_order.agreement
        returns = plan is not None and plan.terms.kind is Kind.RETURN_AND_REFUND
        if returns and self.view.viewer.role is Role.SELLER and not agreement.flags.local_return:
            self.fields["return_address"] = address_field()
            self.initial["return_address"] = self.view.text(agreement.return_address)


class TermsForm(ActForm):
    """The terms of a plan."""

    kind = forms.ChoiceField(label=_("Kind of plan"), choices=KINDS, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Amounts up to what is held; the other kind is proposed where one is taken."""
        balances = self.view.file.balances
        self.fields["goods"] = MoneyField(
            label=_("Refund for the goods"), currency=self.currency, most_minor=balances.held_goods
        )
        self.fields["freight"] = MoneyField(
            label=_("Refund of the freight paid"),
            currency=self.currency,
            most_minor=balances.held_freight,
            required=False,
        )
        self.fields["return_freight"] = forms.ChoiceField(
            label=_("Who pays the return freight, if the goods go back?"),
            choices=PAYERS[:2] if self.view.viewer.role in PARTIES else PAYERS,
        )
        self.fields["note"] = text_field(
            _("Why"),
            _("The other side reads this beside the amount."),
            required=self.needs_reasons(),
        )
        own = self.view.file.the_dispute.standing(self.view.viewer.role)
        taken = {plan.terms.kind.value for plan in own}
        free = [value for value, _ in KINDS if value not in taken]
        self.initial.setdefault("kind", free[-1] if free else Kind.REFUND_ONLY.value)

    def needs_reasons(self) -> bool:
        """Parties may stay silent about why; the desk may not."""
        return False


class ChangeForm(TermsForm):
    """New terms for an own plan."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def prepare(self) -> None:
        """Begin with the present terms."""
        super().prepare()
        plan = self.view.file.the_dispute.plan(self.target)
        if plan is not None:
            self.initial["version"] = plan.version
            begin_with(self, plan.terms)
            self.initial["note"] = self.view.text(plan.terms.note)

    def has_target(self) -> bool:
        """The plan is the viewer's own."""
        plan = self.view.file.the_dispute.plan(self.target)
        return plan is not None and plan.side is self.view.viewer.role


class RefuseForm(TermsForm):
    """A refusal with a plan, and files."""

    def prepare(self) -> None:
        """Files go with the answer."""
        super().prepare()
        self.fields["uploads"] = FilesField()


class ReasonForm(ActForm):
    """A corrected reason."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, widget=forms.RadioSelect)
    subcase = forms.ChoiceField(label=_("What exactly is not as agreed?"), choices=SUBCASES)

    def prepare(self) -> None:
        """Begin with the present reason."""
        dispute = self.view.file.the_dispute
        self.initial.update(reason=dispute.reason.value, subcase=dispute.subcase.value)


class FilingForm(ActForm):
    """A filing: reason, kind, amounts, words, files; asked step by step, or all at once."""

    reason = forms.ChoiceField(
        label=_("What is the matter?"), choices=REASONS, widget=forms.RadioSelect
    )
    subcase = forms.ChoiceField(
        label=_("If the goods are not as agreed: what exactly?"),
        choices=SUBCASES,
        initial="none",
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=Kind.REFUND_ONLY.value,
    )

    def prepare(self) -> None:
        """One amount for each line and one for the freight, then words and files."""
        order = self.view.file.the_order
        for line in order.agreement.lines:
            self.fields[f"line_{line.number}"] = MoneyField(
                label=ngettext(
                    "Amount for: {title} ({count} piece)",
                    "Amount for: {title} ({count} pieces)",
                    line.pieces,
                ).format(title=line.title, count=line.pieces),
                currency=self.currency,
                most_minor=line.price_minor,
                required=False,
            )
        if order.paid_freight_minor:
            self.fields["freight"] = MoneyField(
                label=_("Amount for the freight"),
                currency=self.currency,
                most_minor=order.paid_freight_minor,
                required=False,
            )
        self.fields["return_freight"] = forms.ChoiceField(
            label=_("If the goods go back: who should pay the return freight?"),
            choices=PAYERS[:2],
            initial="seller",
            required=False,
        )
        self.unmarked = (*self.amounts(), "subcase", "return_freight")
        self.fields["description"] = text_field(_("What happened?"))
        self.fields["wanted"] = text_field(_("What do you want?"))
        self.fields["uploads"] = FilesField()
        self.fields["evidence_kind"] = forms.ChoiceField(
            label=_("What do these files show?"),
            choices=[("", _("Something else")), *evidence_kinds(self.view)],
            required=False,
        )

    def pointless(self) -> set[str]:
        """Also what exactly is not as agreed, where the reason is another."""
        unlike = self.cleaned_data.get("reason") == Reason.NOT_AS_AGREED.value
        return super().pointless() | (set() if unlike else {"subcase"})

    def amounts(self) -> list[str]:
        """The names of the fields for money."""
        return [name for name in self.fields if name.startswith("line_") or name == "freight"]

    def clean(self) -> dict[str, Any]:
        """At least one amount; a subcase exactly for goods that are not as agreed."""
        cleaned = super().clean() or self.cleaned_data
        amounts = self.amounts()
        if not any(cleaned.get(name) or name in self.errors for name in amounts):
            self.add_error(amounts[0], _("Enter the amount you ask for."))
        unlike = cleaned.get("reason") == Reason.NOT_AS_AGREED.value
        cleaned["return_freight"] = cleaned.get("return_freight") or Role.SELLER.value
        cleaned["subcase"] = (unlike and cleaned.get("subcase")) or Subcase.NONE.value
        if unlike and cleaned["subcase"] == Subcase.NONE.value:
            self.add_error("subcase", _("Choose what is not as agreed."))
        if (
            unlike
            and not cleaned.get("uploads")
            and not self.kept()
            and "uploads" not in self.errors
        ):
            self.add_error("uploads", _("Add at least one photo or document that shows it."))
        return cleaned


def evidence_kinds(view: View, side: str | None = None) -> list[tuple[str, str]]:
    """The kinds of evidence that a side can file (the viewer's own), each with its meaning.

    What the rules may ask for in this dispute comes first.
    """
    book = current().shelf.book(view.file.the_order.book)
    role = view.viewer.role.value if side is None else side
    found = [one for one in book.evidence.values() if role in one.filed_by]
    dispute = view.file.open_dispute
    if dispute is not None and role in {*PARTIES}:
        expected = hints(book, (dispute.reason, dispute.subcase), Role(role))
        counts = {one.kind for hint in expected for one in hint.documents}
        found.sort(key=lambda one: one.name not in counts)
    return [(one.name, of_book(view.file.the_order.book, one.meaning)) for one in found]


def address_field() -> forms.CharField:
    """The return address."""
    return text_field(
        _("Where should the goods be sent?"),
        _("In Latin letters, as on an international label. Change it here if it is wrong."),
    )


def begin_with(form: TermsForm, terms: Any) -> None:
    """Let a form of terms begin with these."""
    form.initial.update(
        kind=terms.kind.value,
        goods=terms.refund.goods_minor,
        freight=terms.refund.freight_minor,
        return_freight=terms.return_freight.value if terms.return_freight else "buyer",
    )
