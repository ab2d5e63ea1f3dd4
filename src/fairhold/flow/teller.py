"""Who tells the history to whom: the viewer, the currency, and the turns of phrase that recur."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes.state import Kind, Terms
from fairhold.core.journal.chain import Entry
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role


@dataclass(frozen=True, slots=True)
class Teller:
    """What every sentence needs: the viewer's role and the currency of the order."""

    viewer: Role
    currency: str

    def who(self, role: Role | str) -> str:
        """“You”, or the side's name, at the beginning of a sentence."""
        return "You" if str(role) == self.viewer.value else f"The {spoken(role)}"

    def whose(self, role: Role | str) -> str:
        """“your”, or “the buyer's”."""
        return "your" if str(role) == self.viewer.value else f"the {spoken(role)}'s"

    def money(self, amount_minor: int) -> str:
        """The amount with its currency."""
        return str(Money(amount_minor, self.currency))

    def terms(self, terms: Terms) -> str:
        """The terms of a plan in one phrase."""
        refund = self.money(terms.refund.total_minor)
        if terms.kind is Kind.REFUND_ONLY:
            return f"refund of {refund}, the buyer keeps the goods"
        payer = terms.return_freight.value if terms.return_freight else "buyer"
        return f"refund of {refund} after the goods are returned, {payer} pays the return freight"


Sentence = Callable[[Any, Entry, Teller], str]


def spoken(role: Role | str) -> str:
    """A code of the core as words."""
    return str(role).replace("_", " ")


def when(moment: datetime) -> str:
    """A moment as history tells it."""
    return moment.strftime("%-d %B %Y, %H:%M UTC")


def sides(roles: tuple[Role, ...]) -> str:
    """“the buyer and the seller”."""
    return " and ".join(f"the {side.value}" for side in roles)


def acts(words: str) -> Callable[[Any, Entry, Teller], str]:
    """The sentence of an act: who, and what it did."""
    return lambda event, entry, teller: f"{teller.who(entry.actor_role)} {words}"


def plain(words: str) -> Callable[[Any, Entry, Teller], str]:
    """The same sentence whoever acted."""
    return lambda event, entry, teller: words


def addressed(role: Role, teller: Teller) -> str:
    """“you”, or the side, inside a sentence."""
    return "you" if role is teller.viewer else f"the {spoken(role)}"
