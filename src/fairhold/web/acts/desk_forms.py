"""The forms of the desk’s own acts: the platform’s plan, the award, a finding."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.inquiry import Inquiry, may_be_found
from fairhold.core.cases.disputes.state import Kind
from fairhold.core.rules.vocabulary import FactRule
from fairhold.core.rules.vocabulary import Kind as FactKind
from fairhold.core.values.money import LARGEST_MINOR
from fairhold.core.values.roles import Role
from fairhold.flow.desk import current
from fairhold.flow.intake.findings import FINDABLE
from fairhold.flow.query import View
from fairhold.flow.ruling import ruling_of
from fairhold.flow.speech import of_book
from fairhold.flow.wordings import words_for
from fairhold.web.acts.fields import MoneyField, text_field
from fairhold.web.acts.forms import PAYERS, ActForm, TermsForm, begin_with


class ReasonedTermsForm(TermsForm):
    """The terms of the platform, with reasons; and why, where they are not the rulebook's."""

    def prepare(self) -> None:
        """Begin with the platform's standing plan, or with the buyer's request."""
        super().prepare()
        dispute = self.view.file.the_dispute
        standing = dispute.standing(Role.PLATFORM)
        begin_with(self, (standing or (dispute.request,))[0].terms)
        found = ruling_of(current(), self.view.file, self.view.now)
        if found.decided and found.result.money:
            self.initial.update(_begin_with_ruling(found, self.view))
        self.fields["departs"] = text_field(
            _("Why another decision than the rulebook’s?"),
            _("Leave it empty to follow the rulebook. A decision beside it needs a second person."),
            required=False,
        )

    def needs_reasons(self) -> bool:
        """The desk gives reasons."""
        return True


class FactForm(ActForm):
    """The value of one fact of the rulebook."""

    def prepare(self) -> None:
        """Ask for what the fact can be."""
        book = current().shelf.book(self.view.file.the_order.book)
        rule = book.facts.get(self.target.replace("-", "."))
        if rule is None or not may_be_found(rule) or rule.kind not in FINDABLE:
            raise Http404
        meaning = of_book(self.view.file.the_order.book, rule.meaning)
        self.fields["value"] = _value_field(rule, meaning, self.currency)


class FindingForm(FactForm):
    """The value of one fact, the exhibits it rests on, and why."""

    def prepare(self) -> None:
        """Ask for the exhibits too."""
        super().prepare()
        exhibits = [one for one in self.view.file.the_dispute.exhibits if not one.withdrawn_at]
        self.fields["exhibits"] = forms.MultipleChoiceField(
            label=_("Which evidence shows it?"),
            choices=[
                (str(one.number), f"E{one.number} {self.view.text(one.name)}") for one in exhibits
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["reasons"] = text_field(_("Why"), _("Both sides read it in the history."))


def _value_field(rule: FactRule, meaning: str, currency: str) -> forms.Field:
    if rule.kind is FactKind.ENUM:
        words = [(value, words_for(value)) for value in rule.values]
        return forms.ChoiceField(label=meaning, choices=words, widget=forms.RadioSelect)
    if rule.kind is FactKind.BOOL:
        answers = [("true", str(_("Yes"))), ("false", str(_("No")))]
        return forms.ChoiceField(label=meaning, choices=answers, widget=forms.RadioSelect)
    if rule.kind is FactKind.MONEY:
        return MoneyField(label=meaning, currency=currency, most_minor=LARGEST_MINOR)
    if rule.kind is FactKind.MOMENT:
        return forms.DateTimeField(label=meaning, help_text=_("In UTC: 2026-03-11 09:00."))
    return forms.IntegerField(label=meaning, min_value=rule.lowest or 0)


def _begin_with_ruling(found: Inquiry, view: View) -> dict[str, Any]:
    """The plan that carries the ruling out, goods first, with the clauses as its reasons."""
    back, freight = found.result.return_required is True, view.file.balances.held_freight
    refund = found.result.refund_after_return_minor if back else found.result.refund_minor
    goods = min(refund or 0, view.file.balances.held_goods)
    payer = found.result.freight.get("return", "seller")
    clauses = found.ruling.deciding
    fixed = {} if refund is None else {"goods": goods, "freight": min(refund - goods, freight)}
    return {
        "kind": (Kind.RETURN_AND_REFUND if back else Kind.REFUND_ONLY).value,
        **fixed,
        "return_freight": payer if payer in dict(PAYERS) else "seller",
        "note": "\n".join(f"{one.summary} ({one.id}, {one.citation})" for one in clauses),
    }
