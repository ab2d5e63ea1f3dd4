"""A question played back through the live deciders: the case as it would stand at that moment.

Order, filing, answers, plans, returns and lapses go through the very table, clocks and defaults
that decide live cases. What the facts do not tell is not played; the clauses then have the word.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.cases.decide import decide
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.evolve import evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags, Line, Unit
from fairhold.core.cases.refusal import Refusal
from fairhold.core.rules.process import Process
from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.roles import PLATFORM, Actor, Role
from fairhold.core.values.words import Words

ORDER_ID = "question"
# The clocks of the platform itself: a question is not decided by the platform's own silence.
OF_THE_DESK = {"platform_proposal", "proposal_phase", "award", "return_entry", "return_ruling"}
MOST_LAPSES = 20
Facts = Mapping[str, Value]


@dataclass
class Played:
    """The case as far as it could be played, and the clocks that ran out, the last one last.

    `plans` are the live ids of the plans that the question names, `invented` those of plans that
    must have been there and that nobody told. Clocks of the kinds in `waiting` do not run out:
    nobody said whether the one who had to act did.
    """

    process: Process
    waiting: frozenset[str]
    file: CaseFile = field(default_factory=lambda: CaseFile(ORDER_ID))
    fired: list[tuple[str, datetime]] = field(default_factory=list)
    plans: dict[str, str] = field(default_factory=dict)
    invented: set[str] = field(default_factory=set)

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
                if clock.is_over(moment) and clock.kind not in OF_THE_DESK | self.waiting
            ]
            if not over:
                return
            clock = min(over, key=lambda one: one.due_at)
            at = clock.due_at + timedelta(microseconds=1)
            self.ask(at, Role.PLATFORM, asked.LapseClock(clock.seq))
            self.fired.append((clock.kind, clock.due_at))


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened: when, by whom, and the command, made once the case is there."""

    at: datetime
    role: Role
    make: Callable[[Played], Any]


def played(
    facts: Facts, process: Process, as_of: datetime, acts: Callable[[Facts], Iterator[Act]]
) -> Played | None:
    """The case at `as_of`; None where the facts tell of no order or of no dispute that could be."""
    order = _order(facts)
    if order is None:
        return None
    answer, settled = (facts.get(f"dispute.{name}") for name in ("seller_response", "settled_plan"))
    silent = answer is not None and settled in (None, "none")
    case = Played(process, frozenset() if silent else frozenset({"seller_response"}))
    if case.ask(order.ordered_at, Role.OPERATOR, order) is not None:
        return None
    dispatched = facts.get("shipment.all_dispatched_at")
    if dispatched is not None:
        parcel = ordered.NewParcel("as declared", "AS-DECLARED", (), dispatched)
        case.ask(dispatched, Role.OPERATOR, ordered.DeclareDispatch(parcel))
    tried_at = facts.get("op.at") if facts.get("op.name") else None
    for act in sorted(acts(facts), key=lambda one: one.at):
        if act.at > as_of:
            break
        command = act.make(case)
        filed = isinstance(command, asked.OpenDispute)
        if command is None or (act.at == tried_at and not filed):
            continue  # the operation that is about to be tried, told among the facts too
        case.until(act.at)
        if case.ask(act.at, act.role, command) is not None and filed:
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
        delivery_address=words("delivery"),
        return_address=words("registered"),
        local_return_address=words("local"),
        listing=words("listing"),
        buyer_message=None,
        fee_basis_points=0,
        ordered_at=min(one for one in (placed, dispatched) if one is not None),
        payment=ordered.Payment(goods, freight),
        parcels=(),
        cancellation_requested_at=None,
    )


def words(text: str) -> Words:
    """A text of the played case; nobody reads it."""
    return Words(f"text-{text}", "salt", text)
