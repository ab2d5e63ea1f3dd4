"""What the rulebook says of a live case: the clauses asked about the facts of its file.

The same functions answer `fairhold adjudicate`. Nothing is decided here: the specialist is shown
where the facts lead, what is missing, and who would have to show it.
"""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.facts import facts_of
from fairhold.core.cases.file import CaseFile
from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import Asked, Known, establish
from fairhold.core.rules.requests import asked, pressing
from fairhold.core.rules.ruling import Ruling, Status, rule
from fairhold.core.rules.vocabulary import FactRule, KnownFrom
from fairhold.flow.desk import Desk

# What a person may establish: everything that no record of ours tells.
BY_A_PERSON = {KnownFrom.FINDING, KnownFrom.TRACKING, KnownFrom.CASE}
NEVER_FOUND = ("dispute.", "evidence.", "op.", "proof.", "as_of", "return.agreed", "return.escal")


@dataclass(frozen=True, slots=True)
class CaseRuling:
    """Where the clauses lead for one case at one moment."""

    book: Book
    known: Known
    ruling: Ruling
    result: Result
    requests: tuple[Asked, ...]

    @property
    def decided(self) -> bool:
        """Whether the facts lead to one result."""
        return self.ruling.status is Status.DECIDED

    @property
    def wanted(self) -> tuple[FactRule, ...]:
        """The facts that a person has to establish next: unknown, and in the way of a clause."""
        rules = (self.book.facts[name] for name in pressing(self.ruling, self.known))
        return tuple(one for one in rules if may_be_found(one))


def ruling_of(desk: Desk, file: CaseFile, now: datetime) -> CaseRuling:
    """The ruling on this file under the book that its order was made under."""
    book = desk.shelf.book(file.the_order.book)
    known = establish(book, facts_of(file), now, lambda _: None)
    found = rule(book, known.facts, now.date())
    return CaseRuling(
        book=book,
        known=known,
        ruling=found,
        result=result(found, known.facts),
        requests=asked(book, known, found, now.date()),
    )


def may_be_found(rule_: FactRule) -> bool:
    """Whether a specialist may establish this fact."""
    named = rule_.name.startswith(NEVER_FOUND)
    return rule_.known_from in BY_A_PERSON and not named
