"""A question played back through the live deciders: the case as it would stand at that moment.

Order, filing, answers, returns and lapses go through the very table, clocks and defaults that
decide live cases. What the facts do not tell is not played; the clauses then have the word alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.cases.decide import decide
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.cases.evolve import evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags, Line, Unit
from fairhold.core.cases.refusal import Refusal
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.process import Process
from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.roles import PLATFORM, Actor, Role
from fairhold.core.values.words import Words

ORDER_ID = "question"
# The clocks of the platform itself: a question is not decided by the platform's own silence.
OF_THE_DESK = {"platform_proposal", "proposal_phase", "award", "return_entry", "return_ruling"}
MOST_LAPSES = 20
Facts = Mapping[str, Value]
Act = tuple[datetime, Role, Any]


@dataclass
class Played:
    """The case as far as it could be played, and the clock that ran out last, if one did."""

    process: Process
    file: CaseFile = field(default_factory=lambda: CaseFile(ORDER_ID))
    fired: list[tuple[str, datetime]] = field(default_factory=list)

    def ask(self, at: datetime, role: Role, command: Any) -> Refusal | None:
        """One command, decided live; carried out in memory unless it is refused."""
        actor = PLATFORM if role is Role.PLATFORM else Actor(f"{role.value}-asked", role)
        decided = decide(self.file, command, Moment(at, actor, self.process, None, frozenset()))
        if isinstance(decided, Refusal):
            return decided
        for event in decided:
            self.file = evolve(self.file, event, at)
        return None

    def until(self, moment: datetime) -> None:
        """Let every clock of the parties run out that is over at `moment`."""
        for _ in range(MOST_LAPSES):
            over = [
                clock
                for clock in self.file.clocks()
                if clock.is_over(moment) and clock.kind not in OF_THE_DESK
            ]
            if not over:
                return
            clock = min(over, key=lambda one: one.due_at)
            at = clock.due_at + timedelta(microseconds=1)
            self.ask(at, Role.PLATFORM, asked.LapseClock(clock.seq))
            self.fired.append((clock.kind, clock.due_at))


def played(facts: Facts, process: Process, as_of: datetime) -> Played | None:
    """The case at `as_of`; None where the facts tell of no order or of no dispute that could be."""
    order = _order(facts)
    if order is None:
        return None
    case = Played(process)
    if case.ask(order.ordered_at, Role.OPERATOR, order) is not None:
        return None
    for dispatch in _dispatch(facts):
        case.ask(*dispatch)
    tried_at = facts.get("op.at") if facts.get("op.name") else None
    for at, role, command in sorted(_acts(facts), key=lambda act: act[0]):
        if at > as_of:
            break
        if at == tried_at and not isinstance(command, asked.OpenDispute):
            continue  # the operation that is about to be tried, told among the facts too
        case.until(at)
        refused = case.ask(at, role, command)
        if refused is not None and isinstance(command, asked.OpenDispute):
            return None
    case.until(as_of)
    return case


def _order(facts: Facts) -> ordered.RegisterOrder | None:
    goods, freight = facts.get("order.goods_amount"), facts.get("order.freight_amount")
    dispatched, placed = facts.get("shipment.all_dispatched_at"), facts.get("order.placed_at")
    at = placed or dispatched
    if not goods or freight is None or at is None:
        return None
    return ordered.RegisterOrder(
        ref=ORDER_ID,
        buyer_id="buyer",
        seller_id="seller",
        currency=str(facts.get("order.currency", "USD")),
        lines=(Line(1, "goods", "", Unit.PIECE, 1, 1, goods),),
        freight_minor=freight,
        shipping_service="as chosen",
        promise_days=facts.get("order.delivery_promise_days") or 0,
        flags=Flags(
            worry_free=bool(facts.get("shipment.worry_free")),
            local_return=bool(facts.get("order.local_return_supported")),
        ),
        delivery_address=_words("delivery"),
        return_address=_words("registered"),
        local_return_address=_words("local"),
        listing=_words("listing"),
        buyer_message=None,
        fee_basis_points=0,
        ordered_at=min(one for one in (placed, dispatched) if one is not None),
        payment=ordered.Payment(goods, freight),
        parcels=(),
        cancellation_requested_at=None,
    )


def _dispatch(facts: Facts) -> Iterator[Act]:
    at = facts.get("shipment.all_dispatched_at")
    if at is not None:
        parcel = ordered.NewParcel("as declared", "AS-DECLARED", (), at)
        yield at, Role.OPERATOR, ordered.DeclareDispatch(parcel)


def _acts(facts: Facts) -> Iterator[Act]:
    """Everything that happened, as commands with their moments."""
    opened_at, reason = facts.get("dispute.opened_at"), facts.get("dispute.reason")
    if opened_at is None or reason is None or facts.get("op.name") == "file_dispute":
        return
    yield opened_at, Role.BUYER, filing(facts)
    yield from _plans(facts, opened_at)
    yield from _answer(facts)
    yield from _return(facts)
    notice = facts.get("dispute.platform_notice_at")
    if notice is not None:
        yield notice, Role.SPECIALIST, asked.StepIn()


def _plans(facts: Facts, opened_at: datetime) -> Iterator[Act]:
    """Later plans and changes of the buyer; the first is the request itself."""
    seen: dict[str, int] = {}
    own = [one for one in facts.get("dispute.plans") or () if one["by"] == "buyer"]
    for number, plan in enumerate(own):
        at = plan.get("at") or opened_at
        terms = new_terms(facts, plan["kind"], plan["amount"])
        if plan["id"] in seen:
            seen[plan["id"]] += 1
            place = 1 + list(seen).index(plan["id"])
            change = asked.ChangePlan(f"buyer-{place}", seen[plan["id"]] - 1, terms)
            yield at, Role.BUYER, change
        else:
            seen[plan["id"]] = 1
            if number:
                yield at, Role.BUYER, asked.ProposePlan(terms)


def _answer(facts: Facts) -> Iterator[Act]:
    at, answer = facts.get("dispute.seller_responded_at"), facts.get("dispute.seller_response")
    if at is None:
        return
    if answer == "refused_with_solution":
        nothing = asked.NewTerms(Kind.REFUND_ONLY, Refund(0, 0), None, None)
        yield at, Role.SELLER, asked.RefuseAndPropose(nothing, ())
    elif answer == "accepted":
        yield at, Role.SELLER, asked.AcceptPlan(_accepted(facts), 1, None)


def _accepted(facts: Facts) -> str:
    """The buyer's plan that was accepted, by its place."""
    own = [one["id"] for one in facts.get("dispute.plans") or () if one["by"] == "buyer"]
    accepted = facts.get("dispute.accepted_plan_id")
    places = list(dict.fromkeys(own))
    return f"buyer-{places.index(accepted) + 1}" if accepted in places else "buyer-1"


def _return(facts: Facts) -> Iterator[Act]:
    agreed = facts.get("return.agreed_at")
    if agreed is None:
        return
    if facts.get("dispute.seller_response") != "accepted":
        yield agreed, Role.SELLER, asked.AcceptPlan(_accepted(facts), 1, None)
    filed = facts.get("return.waybill_filed_at")
    if filed is not None:
        yield filed, Role.BUYER, asked.EnterReturnWaybill("as entered", "RETURN-1")
    acted = facts.get("return.seller_acted_at") or facts.get("return.escalated_at")
    made: dict[str, Callable[[], Any]] = {
        "confirmed": asked.ConfirmReturn,
        "escalated": lambda: asked.EscalateReturn(_words("reasons"), ()),
    }
    action = facts.get("return.seller_action")
    if acted is not None and action in made:
        yield acted, Role.SELLER, made[action]()
    escalated = facts.get("return.escalated_at")
    if action == "withdrew_arbitration" and acted is not None:
        yield (escalated or acted), Role.SELLER, made["escalated"]()
        yield acted, Role.SELLER, asked.WithdrawEscalation()


def filing(facts: Facts) -> asked.OpenDispute:
    """The filing that the facts tell of; parts they do not mention are taken as given."""
    reason = Reason(facts["dispute.reason"])
    kind, amount = _request(facts)
    subcase = Subcase(facts.get("dispute.subcase") or "none")
    unlike = reason is Reason.NOT_AS_AGREED
    shown = facts.get("dispute.evidence_uploaded") is not False
    return asked.OpenDispute(
        dispute_id="dispute",
        number="D-0000-0000",
        reason=reason,
        subcase=(subcase if subcase is not Subcase.NONE else Subcase.QUALITY)
        if unlike
        else Subcase.NONE,
        kind=kind,
        items=_items(facts, amount),
        return_freight=Role.SELLER if kind is Kind.RETURN_AND_REFUND else None,
        description=_words("" if facts.get("dispute.description_given") is False else "given"),
        wanted=_words("" if facts.get("dispute.solution_given") is False else "given"),
        evidence=(Upload("0" * 64, 1, "image/png", _words("file")),) if shown else (),
    )


def _request(facts: Facts) -> tuple[Kind, int]:
    """Kind and amount of the first request: the buyer's first plan where plans are told."""
    own = [one for one in facts.get("dispute.plans") or () if one["by"] == "buyer"]
    if own:
        return Kind(own[0]["kind"]), own[0]["amount"]
    kind = Kind(facts.get("dispute.request") or "refund_only")
    return kind, facts.get("dispute.requested_amount") or facts["order.total_paid"]


def _items(facts: Facts, amount: int) -> tuple[Item, ...]:
    """The amount over goods first, then freight."""
    goods = min(amount, facts["order.goods_amount"])
    freight = amount - goods
    items = (Item(goods, 1),) if goods else ()
    return (*items, Item(freight)) if freight else items


def new_terms(facts: Facts, kind: str, amount: int) -> asked.NewTerms:
    """The terms of a plan over this amount: goods first, then freight."""
    goods = min(amount, facts["order.goods_amount"])
    payer = Role.SELLER if kind == Kind.RETURN_AND_REFUND.value else None
    return asked.NewTerms(Kind(kind), Refund(goods, amount - goods), payer, None)


def _words(text: str) -> Words:
    return Words(f"text-{text}", "salt", text)
