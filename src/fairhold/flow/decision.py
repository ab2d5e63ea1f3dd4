"""The decision of a dispute as its sides may read it: what, by whom, on which grounds.

Read off the journal, so what was decided on one day reads the same on every later one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.state import Outcome, Terms
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.journal.chain import Entry
from fairhold.core.ledger.settlements import AuthorityKind
from fairhold.core.rules.record import RulingRecord
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef
from fairhold.flow.desk import Desk
from fairhold.flow.explain import Explanation, explained
from fairhold.flow.query import View, erased
from fairhold.store.queries import texts

TOLD = {
    kind.__name__
    for kind in (
        happened.RulingRecorded,
        happened.PlanProposed,
        happened.PlanChanged,
        happened.PlanAccepted,
        happened.AwardIssued,
        happened.DepartureProposed,
        happened.DepartureConfirmed,
        happened.DisputeClosed,
        happened.ReturnAgreed,
    )
}


# Ends (None: a return that is under way) that the two sides made themselves.
SETTLED = {None, Outcome.AGREED, Outcome.RETURN_CONFIRMED, Outcome.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands: a plan of the platform, its award, or how the dispute ended without one.

    `alone`: by the rulebook without a person. `departs`: why it is not what the rulebook leads to;
    a second person agreed to it. `by_default`: the standing plan became the award by lapse.
    `on_platform_plan`: both sides accepted what the platform had put up.
    """

    at: datetime
    final: bool
    terms: Terms | None
    outcome: Outcome | None
    refund_minor: int | None
    reasons: str
    departs: str
    alone: bool
    by_default: bool
    on_platform_plan: bool
    record: RulingRecord | None
    explanation: Explanation | None

    @property
    def by_book(self) -> int | None:
        """What the rulebook gives the buyer, now or after a return; None where it names no sum.

        Units: minor units.
        """
        if self.record is None:
            return None
        found = self.record.refund_minor
        return self.record.refund_after_return_minor if found is None else found

    @property
    def settled(self) -> bool:
        """Whether the two sides agreed, on a plan or a return, or one of them gave it up."""
        if self.on_platform_plan:
            return True
        ruled = self.alone or self.by_default or bool(self.departs) or self.record is not None
        return self.final and not ruled and self.outcome in SETTLED


def decision_of(desk: Desk, view: View) -> Decision | None:
    """The decision on the dispute in view; None while there is neither a plan nor an end."""
    dispute = view.file.the_dispute
    parts = _parts([one for one in view.entries if one.case_id == dispute.id])
    if parts.terms is None and parts.closed is None:
        return None
    record = parts.record
    book = desk.shelf.book(record.book) if record else None
    currency = view.file.the_order.agreement.currency
    asked = [ref.id for ref in (parts.note, parts.departs) if ref is not None]
    kept = texts(asked) | {one: view.texts[one] for one in asked if one in view.texts}
    return Decision(
        at=parts.at or view.now,
        final=parts.final,
        terms=parts.terms,
        outcome=parts.closed.outcome if parts.closed else None,
        refund_minor=parts.closed.refund.total_minor if parts.closed else None,
        reasons=kept.get(parts.note.id, erased()) if parts.note else "",
        departs=kept.get(parts.departs.id, erased()) if parts.departs else "",
        alone=parts.alone,
        by_default=parts.by_default,
        on_platform_plan=parts.on_platform_plan,
        record=record,
        explanation=explained(record, book, currency) if record and book else None,
    )


@dataclass
class _Parts:
    """What the entries of a dispute have said so far."""

    at: datetime | None = None
    final: bool = False
    terms: Terms | None = None
    closed: happened.DisputeClosed | None = None
    note: TextRef | None = None
    departs: TextRef | None = None
    waiting: TextRef | None = None
    alone: bool = False
    by_default: bool = False
    record: RulingRecord | None = None
    proposed: TextRef | None = None
    put_up: str = ""
    accepted: str = ""
    on_platform_plan: bool = False

    def read(self, event: Any, at: datetime) -> None:
        """One more entry."""
        match event:
            case happened.RulingRecorded(record=record, alone=alone):
                self.record, self.alone = record, alone
                self.departs, self.waiting = self.waiting, None
            case happened.DepartureProposed(departure=departure):
                self.proposed = departure.reasons
            case happened.DepartureConfirmed():
                self.waiting = self.proposed
            case (
                happened.PlanProposed(side=Role.PLATFORM) | happened.PlanChanged(side=Role.PLATFORM)
            ):
                self.at, self.terms, self.note = at, event.terms, event.terms.note
                self.put_up = event.plan
            case happened.PlanAccepted(plan=plan):
                self.accepted = plan
            case happened.AwardIssued():
                self.at, self.terms, self.note = at, event.terms, event.terms.note
                self.final, self.by_default = True, event.by_default
            case happened.DisputeClosed(outcome=outcome):
                self._end(agreed=outcome is Outcome.AGREED, dropped=outcome is Outcome.WITHDRAWN)
                self.at, self.closed, self.final = at, event, True
            case happened.ReturnAgreed(leg=leg):
                self._end(agreed=leg.authority.kind is AuthorityKind.AGREEMENT, dropped=False)
                self.at, self.terms, self.final = at, leg.terms, True

    def _end(self, *, agreed: bool, dropped: bool) -> None:
        """Sides that agree on the platform's plan make it theirs; on another, it is of no account.

        The end of an agreed return says nothing new of what the return was agreed on.
        """
        self.on_platform_plan |= agreed and self.accepted == self.put_up != ""
        if dropped or (agreed and not self.on_platform_plan):
            self.terms = self.note = self.departs = self.record = None
            self.alone = self.by_default = False


def _parts(entries: list[Entry]) -> _Parts:
    parts = _Parts()
    for entry in entries:
        if entry.type in TOLD:
            parts.read(from_plain(EVENT_TYPES[entry.type], entry.payload), entry.at)
    return parts
