"""Which exhibits count in a case, and why the others do not. Pure; nothing is decided here.

An exchange from elsewhere counts where both sides stand for it; a document about the goods counts
by itself, wherever it came from. What one side alone may see is no proof against the other.
Source: "Alibaba disputes: preserving evidence in correspondence", article 22; the six kinds of
documents of "How to Report Trade Disputes & IP Violations to Alibaba".
"""

from enum import StrEnum

from fairhold.core.cases.disputes.state import Dispute
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.evidence.outside import Authentication, Channel, Outside
from fairhold.core.rules.book import Book
from fairhold.core.rules.conditions import truth
from fairhold.core.values.tri import Tri

# Contracts made elsewhere are correspondence, although they stand on the list of documents.
WRITTEN_CONTRACTS = frozenset({"sales_contract"})
# An e-mail is what somebody said, whatever its owner calls it.
MAIL = "message/rfc822"
HERE = "platform_mediation"


class Weight(StrEnum):
    """Whether an exhibit counts."""

    COUNTS = "counts"
    UNCONFIRMED = "not_confirmed_by_both_sides"
    CONTESTED = "contested"
    PLATFORM_ONLY = "for_the_platform_only"
    WITHDRAWN = "withdrawn"


def weigh(dispute: Dispute, book: Book) -> dict[int, Weight]:
    """The weight of every exhibit of the dispute, by number."""
    return {one.number: weight_of(dispute, book, one) for one in dispute.exhibits}


def weight_of(dispute: Dispute, book: Book, exhibit: Exhibit) -> Weight:
    """Whether this exhibit counts."""
    if exhibit.withdrawn_at is not None:
        return Weight.WITHDRAWN
    if exhibit.platform_only:
        return Weight.PLATFORM_ONLY
    found = next((one for one in dispute.outside if exhibit.number in one.exhibits), None)
    if found is None or _about_the_goods(found, book, exhibit) or admissible(found, book):
        return Weight.COUNTS
    contested = found.authentication is Authentication.CONTESTED
    return Weight.CONTESTED if contested else Weight.UNCONFIRMED


def admissible(outside: Outside, book: Book) -> bool:
    """Whether the rulebook lets an exchange from elsewhere be a ground of a decision here."""
    facts = {
        "correspondence.channel": outside.channel.value,
        "correspondence.authenticated_by": tuple(one.value for one in outside.confirmed_by),
        "correspondence.forum": HERE,
    }
    if book.admissible is None:
        return outside.authentication is Authentication.BOTH_SIDES
    return truth(book.admissible, facts) is Tri.TRUE


def _about_the_goods(outside: Outside, book: Book, exhibit: Exhibit) -> bool:
    """A document in its own right, not a part of what the sides said to one another."""
    rule = book.evidence.get(exhibit.kind or "")
    if rule is None or rule.correspondence or exhibit.media_type == MAIL:
        return False
    return outside.channel is not Channel.CONTRACT and rule.name not in WRITTEN_CONTRACTS
