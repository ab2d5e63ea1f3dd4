"""The operation of a question, tried on the played case by the live decider of its cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence
from fairhold.flow.adjudicate.acts import FILING, filing
from fairhold.flow.adjudicate.operations import MAKE, ROLES
from fairhold.flow.adjudicate.playback import Played, words

OVER = ("completed", "closed")
STANDING_STILL = ("frozen", "blocked")
# What a filing has to bring: the part, the fact that says so, and what the fact must not be.
PARTS = (
    ("description", "dispute.description_given", False),
    ("solution", "dispute.solution_given", False),
    ("evidence", "dispute.evidence_uploaded", False),
)
WINDOW = {Code.WINDOW_NOT_OPEN, Code.NOT_DISPATCHED, Code.NOTHING_HELD, Code.ORDER_FROZEN}


@dataclass(frozen=True, slots=True)
class Tried:
    """An operation that was tried: its name, its moment, the refusal and what it lacks.

    `open` where the facts do not tell whether it may be done.
    """

    name: str
    at: datetime
    refusal: Refusal | None
    missing: tuple[str, ...] = ()
    open: bool = False


def tried(
    case: Played | None, facts: Mapping[str, Value], at: datetime, order_state: str | None
) -> Tried | None:
    """The operation of the question, carried out in memory unless it is refused.

    `order_state` is where the clauses leave the order.
    """
    name = facts.get("op.name")
    if case is None or name not in MAKE:
        return None
    dispute = case.file.dispute
    if dispute is None and name != FILING:
        return None
    stands = facts.get("order.state") or "in_transaction"
    over = facts.get("dispute.stage") in OVER or stands in (*OVER, "cancelled")
    if over and (dispute is None or case.file.open_dispute is not None):
        return Tried(name, at, _over())
    if stands in STANDING_STILL or order_state in STANDING_STILL:
        case.ask(at, Role.OPERATOR, ordered.FreezeOrder(words("frozen")))
    if name == FILING and dispute is None:
        return _filed(case, facts, at)
    role = ROLES.get(facts.get("op.actor") or "", Role.BUYER)
    amounts = {"order.total_paid": case.file.the_order.paid_minor, **facts}
    amounts.setdefault("order.goods_amount", case.file.the_order.paid_goods_minor)
    command = MAKE[name](amounts, case, role)
    refusal = _no_plan() if command is None else case.ask(at, role, command)
    return Tried(name, at, refusal, (refusal.field,) if refusal and refusal.field else ())


def _filed(case: Played, facts: Mapping[str, Value], at: datetime) -> Tried:
    """A filing: the window first, then its parts, then the rest."""
    lacks = tuple(_lacking(facts))
    given = {"dispute.reason": "not_as_agreed", "order.total_paid": 0, **facts}
    given["order.total_paid"] = case.file.the_order.paid_minor
    given["order.goods_amount"] = case.file.the_order.paid_goods_minor
    early = opens_at(case.file.the_order, case.process.limits)
    refusal = case.ask(at, Role.BUYER, filing(given))
    days = (at - early).days if early else 0
    unsure = facts.get("order.delivery_promise_days") is None
    if refusal is None and unsure and days < case.process.limits.filing_opens_after_days:
        return Tried(FILING, at, None, ("order.delivery_promise_days",), open=True)
    if lacks and (refusal is None or refusal.code not in WINDOW):
        return Tried(FILING, at, _incomplete(lacks), lacks)
    return Tried(FILING, at, refusal, (refusal.field,) if refusal and refusal.field else ())


def _lacking(facts: Mapping[str, Value]) -> list[str]:
    lacks = [
        part
        for part, fact, absent in PARTS
        if facts.get(fact) is absent
        and not (part == "evidence" and facts.get("dispute.reason") == "not_received")
    ]
    if facts.get("dispute.reason") is None:
        lacks.append("reason")
    if not facts.get("dispute.plans"):
        names = (("request", "dispute.request"), ("amount", "dispute.requested_amount"))
        lacks += [part for part, fact in names if facts.get(fact) is None]
    return lacks


def _incomplete(lacks: tuple[str, ...]) -> Refusal:
    return Refusal(
        Code.DESCRIPTION_MISSING,
        sentence("The filing is not complete; missing: {parts}.", parts=", ".join(lacks)),
        "Name reason and request, say what happened and what is wanted, and show it.",
        clause="filing_parts",
    )


def _over() -> Refusal:
    why = sentence("The dispute or its order is over; nothing more can be done in it.")
    return Refusal(Code.CASE_CLOSED, why, "Keep your copy of the case.", clause="closed")


def _no_plan() -> Refusal:
    return Refusal(
        Code.PLAN_NEEDED,
        "The operation brings no plan: kind and amount are missing.",
        "Name the kind and the amount of the plan.",
        clause="refusal_needs_plan",
        field="op.plan",
    )
