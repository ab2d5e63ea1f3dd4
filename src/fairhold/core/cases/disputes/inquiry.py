"""What the rulebook says of a live case: the clauses asked about the facts of its file.

The same functions answer `fairhold adjudicate`. Nothing is decided here.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from fairhold.core.cases.disputes.facts import facts_of, notices_of, source_of
from fairhold.core.cases.disputes.state import Dispute, Kind, State, Terms
from fairhold.core.cases.disputes.weighing import Weight, weigh
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.tracking import unsure_facts
from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import Asked, Known, establish, lapsed
from fairhold.core.rules.record import IgnoredTold, RulingRecord, Told, recorded
from fairhold.core.rules.requests import asked, pressing
from fairhold.core.rules.ruling import Ruling, Status, rule
from fairhold.core.rules.vocabulary import FactRule, KnownFrom
from fairhold.core.rules.what_if import would_change

# What a person may establish: everything that no record of ours tells.
BY_A_PERSON = {KnownFrom.FINDING, KnownFrom.TRACKING, KnownFrom.CASE}
NEVER_FOUND = ("dispute.", "evidence.", "op.", "proof.", "as_of", "return.agreed", "return.escal")
# Results that name no amount because a person, or the buyer, is to choose.
LEFT_OPEN = {
    "platform_discretion",
    "buyer_chooses",
    "awaiting_buyer_choice",
    "claim_accepted",
    "escalated",
}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Where the clauses lead for one case at one moment (aware UTC)."""

    book: Book
    file: CaseFile
    as_of: datetime
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
        """The facts that a person has to establish next: a clause waits for them, or an amount."""
        names = dict.fromkeys(pressing(self.ruling, self.known))
        if self.result.money and self.result.refund_minor is None:
            standing = (name for one in self.ruling.standing for name in one.rests_on)
            names |= dict.fromkeys(name for name in standing if name not in self.known.facts)
        rules = (self.book.facts[name] for name in names if name in self.book.facts)
        return tuple(one for one in rules if may_be_found(one))

    @property
    def if_silent(self) -> Result | None:
        """The result when nothing more comes; None where the facts lead nowhere even then."""
        silent = lapsed(self.known)
        then = rule(self.book, silent.facts, self.as_of.date())
        return result(then, silent.facts) if then.status is Status.DECIDED else None

    @property
    def told(self) -> Told:
        """What a record of this is made of."""
        day = self.as_of.date()
        changes = would_change(self.book, self.known, self.result, day) if self.decided else ()
        return Told(
            book=self.book,
            known=self.known,
            ruling=self.ruling,
            result=self.result,
            requests=self.requests,
            changes=changes,
            as_of=self.as_of,
            source=lambda name: source_of(self.file, self.book, name),
        )

    def record(self) -> RulingRecord:
        """The ruling as it is put on record, with the exhibits that did not count."""
        weights = weigh(self.file.the_dispute, self.book)
        ignored = tuple(
            IgnoredTold(number, weight.value)
            for number, weight in weights.items()
            if weight not in (Weight.COUNTS, Weight.WITHDRAWN)
        )
        return replace(recorded(self.told), ignored=ignored or None)


def inquire(file: CaseFile, book: Book, now: datetime) -> Inquiry:
    """Ask the clauses of `book` about this file as of `now`."""
    known = establish(book, facts_of(file, book), now, notices_of(file), unsure_facts(file))
    found = rule(book, known.facts, now.date())
    return Inquiry(
        book=book,
        file=file,
        as_of=now,
        known=known,
        ruling=found,
        result=result(found, known.facts),
        requests=asked(book, known, found, now.date()),
    )


def under_decision(dispute: Dispute) -> bool:
    """Whether the platform is in the case, so that facts are asked for and weighed."""
    entered = dispute.leg is not None and dispute.leg.entered_at is not None
    return dispute.state is State.REVIEWING or (dispute.state is State.RETURN_ESCALATED and entered)


def may_be_found(rule_: FactRule) -> bool:
    """Whether a specialist may establish this fact."""
    named = rule_.name.startswith(NEVER_FOUND)
    return rule_.known_from in BY_A_PERSON and not named


def may_be_stated(rule_: FactRule) -> bool:
    """Whether the two sides may agree on this fact; where a parcel is, its carrier tells."""
    return may_be_found(rule_) and rule_.known_from is not KnownFrom.TRACKING


def conforms(asks: Inquiry, terms: Terms) -> bool:
    """Whether terms of the platform are what the rulebook leads to, or inside what it leaves."""
    if asks.ruling.status is Status.OPEN:
        return False
    found = asks.result
    if not asks.decided or found.decision in LEFT_OPEN:
        return True
    if not found.money:
        return False
    back = found.refund_after_return_minor is not None
    if back is not (terms.kind is Kind.RETURN_AND_REFUND):
        return False
    payer = found.freight.get("return")
    if back and payer in ("buyer", "seller") and terms.return_freight != payer:
        return False
    low, high = found.range_minor or (None, None)
    amount = terms.refund.total_minor
    if low is not None and high is not None:
        return low <= amount <= high
    return amount == (found.refund_after_return_minor if back else found.refund_minor)
