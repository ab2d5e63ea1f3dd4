"""Who tells the history to whom: the viewer, the currency, and the turns of phrase that recur.

An act has two whole sentences: one for whoever did it, one for everybody else, which begins with
the name of the side. No word is bent to fit into a sentence, since every language bends otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.state import Kind, Terms
from fairhold.core.journal.chain import Entry
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.flow import speech
from fairhold.flow.desk import current
from fairhold.flow.labels import Labels
from fairhold.flow.wordings import words_for

SIDES = Labels(
    {
        "buyer": _("The buyer"),
        "seller": _("The seller"),
        "specialist": _("The specialist"),
        "operator": _("The operator"),
        "finance": _("The finance desk"),
        "inspector": _("The inspector"),
        "rights_holder": _("The rights holder"),
        "platform": _("The platform"),
    }
)
AFTER_RETURN = {
    Role.BUYER: _("refund of {refund} after the goods are returned, buyer pays the return freight"),
    Role.SELLER: _(
        "refund of {refund} after the goods are returned, seller pays the return freight"
    ),
    Role.PLATFORM: _(
        "refund of {refund} after the goods are returned, platform pays the return freight"
    ),
}


@dataclass(frozen=True, slots=True)
class Teller:
    """What every sentence needs: the viewer's role, the currency and the rulebook of the order."""

    viewer: Role
    currency: str
    book: str

    def mine(self, role: Role | str) -> bool:
        """Whether somebody in this role is the one who reads."""
        return str(role) == self.viewer.value

    def side(self, role: Role | str) -> str:
        """The side's name, at the beginning of a sentence."""
        return SIDES[str(role)]

    def told(self, role: Role | str, sentences: "Told", **values: Any) -> str:
        """What somebody in this role did: the sentence for that side itself, or for the others."""
        mine, theirs = sentences
        if self.mine(role):
            return str(mine).format(**values)
        return str(theirs).format(side=self.side(role), **values)

    def to(self, roles: tuple[Role | str, ...], sentences: "Addressed", **values: Any) -> str:
        """Something that goes to both sides or to one, who may be the one who reads."""
        first = str(roles[0])
        which = "you" if self.mine(first) and "you" in sentences else first
        found = sentences.get("both" if len(roles) > 1 else which, sentences["any"])
        return str(found).format(side=words_for(first), **values)

    def money(self, amount_minor: int) -> str:
        """The amount with its currency."""
        return speech.amount(Money(amount_minor, self.currency))

    def terms(self, terms: Terms) -> str:
        """The terms of a plan in one phrase."""
        refund = self.money(terms.refund.total_minor)
        if terms.kind is Kind.REFUND_ONLY:
            return str(_("refund of {refund}, nothing is sent back")).format(refund=refund)
        return str(AFTER_RETURN[terms.return_freight or Role.BUYER]).format(refund=refund)

    def fact(self, name: str) -> str:
        """A fact by what the rulebook says that it means; by its name where it says nothing."""
        rule = current().shelf.book(self.book).facts.get(name)
        if rule is None:
            return name.replace(".", ", ").replace("_", " ")
        return speech.of_book(self.book, rule.meaning).rstrip(".。")


Told = tuple[object, object]
Addressed = dict[str, object]
Sentence = Callable[[Any, Entry, Teller], str]


def when(moment: datetime) -> str:
    """“11 March 2026, 09:00 UTC”: a moment as history tells it, in the zone of whoever reads."""
    zone = timezone.get_current_timezone()
    if str(zone) != "UTC":
        return speech.isolated(speech.moment(moment, zone))
    hour = speech.hour(moment.astimezone(UTC))
    return speech.isolated(f"{speech.day(moment, UTC)}, {hour} UTC")


def acts(mine: object, theirs: object) -> Sentence:
    """The sentence of an act of whoever wrote the entry."""
    return lambda event, entry, teller: teller.told(entry.actor_role, (mine, theirs))


def plain(words: object) -> Sentence:
    """The same sentence whoever acted."""
    return lambda event, entry, teller: str(words)
