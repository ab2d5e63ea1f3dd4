"""The evidence coach: what each request for proof needs, what is there, what is missing, by when,
and what follows with it and without it. Read before a party submits anything.
"""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.inquiry import Inquiry, may_be_stated
from fairhold.core.cases.disputes.proof import Asking, ProofRequest
from fairhold.core.cases.disputes.state import Dispute, Finding
from fairhold.core.cases.disputes.weighing import Weight, weight_of
from fairhold.core.cases.file import CaseFile
from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.establish import PROOF
from fairhold.core.rules.ruling import Status, rule
from fairhold.core.rules.vocabulary import FactRule, ProofRule
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.ruling import ruling_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One document that counts: what it is, and the exhibits that are it. `late`: after the end."""

    kind: str
    meaning: str
    exhibits: tuple[int, ...]
    late: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One request as its side sees it. Without a result the case is not decided even then."""

    request: ProofRequest
    rule: ProofRule
    pieces: tuple[Piece, ...]
    if_given: Result | None
    if_silent: Result | None

    @property
    def missing(self) -> tuple[Piece, ...]:
        """What still has to come; nothing once one of several is enough."""
        lacking = tuple(piece for piece in self.pieces if not piece.exhibits)
        return lacking if self.rule.all_needed or len(lacking) == len(self.pieces) else ()

    @property
    def open(self) -> bool:
        """Whether the side may still answer."""
        return self.request.standing is Asking.OPEN

    @property
    def due_at(self) -> datetime:
        """The last instant that counts."""
        return self.request.due_at


def needs(desk: Desk, file: CaseFile, now: datetime) -> tuple[Need, ...]:
    """Every request of the dispute that was not dropped, open ones first."""
    dispute = file.dispute
    if dispute is None or not dispute.requests:
        return ()
    asks = ruling_of(desk, file, now)
    live = [one for one in dispute.requests if one.standing is not Asking.NOT_NEEDED]
    found = tuple(_need(asks, dispute, one) for one in live if one.name in asks.book.proofs)
    return tuple(sorted(found, key=lambda one: not one.open))


def _need(asks: Inquiry, dispute: Dispute, request: ProofRequest) -> Need:
    clock = dispute.clock(request.clock)
    due_at = clock.due_at if clock else request.due_at
    pieces = tuple(_piece(asks, dispute, request, kind, due_at) for kind in request.documents)
    met = {**asks.known.facts, PROOF + request.name: True, **asks.book.showing[request.name]}
    return Need(
        request=request,
        rule=asks.book.proofs[request.name],
        pieces=pieces,
        if_given=_decided(asks, met),
        if_silent=asks.if_silent,
    )


def _piece(
    asks: Inquiry, dispute: Dispute, request: ProofRequest, kind: str, due_at: datetime
) -> Piece:
    there = [
        one
        for one in dispute.exhibits
        if one.kind == kind
        and one.side is request.party
        and weight_of(dispute, asks.book, one) is Weight.COUNTS
    ]
    in_time = tuple(one.number for one in there if one.submitted_at <= due_at)
    late = tuple(one.number for one in there if one.submitted_at > due_at)
    return Piece(kind, asks.book.evidence[kind].meaning, in_time, late)


def _decided(asks: Inquiry, facts: dict[str, object]) -> Result | None:
    ruling = rule(asks.book, facts, asks.as_of.date())
    return result(ruling, facts) if ruling.status is Status.DECIDED else None


@dataclass(frozen=True, slots=True)
class Point:
    """A fact to establish, and how it stands between the sides.

    `standing` is missing, agreed, disputed, presumed or found; the values are canonical JSON.
    `found`: the last finding on it.
    """

    rule: FactRule
    standing: str
    buyer: str | None
    seller: str | None
    may_state: bool
    found: Finding | None


def points(asks: Inquiry) -> tuple[Point, ...]:
    """What the case turns on: facts missing, said, found or presumed, missing ones first."""
    dispute = asks.file.the_dispute
    names = dict.fromkeys(one.name for one in asks.wanted)
    names |= dict.fromkeys(one.fact for one in dispute.statements)
    names |= dict.fromkeys(one.fact for one in dispute.findings)
    names |= dict.fromkeys(_presumed(asks))
    return tuple(_point(asks, dispute, name) for name in names if name in asks.book.facts)


def _presumed(asks: Inquiry) -> list[str]:
    """What the lapse of a request let presume."""
    lapsed = (one.name for one in asks.file.the_dispute.requests if one.standing is Asking.LAPSED)
    facts = (fact for name in lapsed for fact in asks.book.lapsing.get(name, {}))
    return [fact for fact in facts if not fact.startswith(PROOF)]


def _point(asks: Inquiry, dispute: Dispute, name: str) -> Point:
    said = {one.side: one.value for one in dispute.statements if one.fact == name}
    buyer, seller = said.get(Role.BUYER), said.get(Role.SELLER)
    rule_ = asks.book.facts[name]
    found = [one for one in dispute.findings if one.fact == name]
    last = found[-1] if found else None
    return Point(rule_, _standing(asks, dispute, name), buyer, seller, may_be_stated(rule_), last)


def _standing(asks: Inquiry, dispute: Dispute, name: str) -> str:
    said = {one.value for one in dispute.statements if one.fact == name}
    sides = {one.side for one in dispute.statements if one.fact == name}
    if any(one.fact == name for one in dispute.findings):
        return "found"
    if len(sides) == 2:
        return "agreed" if len(said) == 1 else "disputed"
    if name in asks.known.facts:
        return "presumed"
    return "missing"
