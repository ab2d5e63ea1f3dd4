"""Step 4 of a question: the case played back, the operation tried, the clauses asked."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.disputes.state import State
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.rules.answer import Result, result
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import (
    Asked,
    Known,
    Window,
    establish,
    from_one_notice,
    lapsed,
)
from fairhold.core.rules.process import Process
from fairhold.core.rules.requests import asked
from fairhold.core.rules.ruling import Ruling, Status, rule
from fairhold.core.values.roles import Role
from fairhold.flow.adjudicate.intake import Question
from fairhold.flow.adjudicate.operations import FILING, MAKE, ROLES
from fairhold.flow.adjudicate.playback import Played, filing, played


@dataclass(frozen=True, slots=True)
class Tried:
    """An operation that was tried: its name, its moment, and the refusal if it was refused."""

    name: str
    at: datetime
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Merits:
    """What the clauses say, what they ask for, and what follows when nobody answers."""

    known: Known
    ruling: Ruling
    result: Result
    requests: tuple[Asked, ...]
    at_lapse: Result | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that a question led to. `state` is where the played case stood before the act."""

    question: Question
    merits: Merits
    played: Played | None
    tried: Tried | None
    state: State | None


def find(book: Book, process: Process, asked_: Question) -> Finding:
    """Play the case back, try the operation, ask the clauses."""
    known = establish(book, asked_.facts, asked_.as_of, from_one_notice(asked_.facts, asked_.as_of))
    case = played(known.facts, process, asked_.as_of)
    state = case.file.dispute.state if case and case.file.dispute else None
    tried = _tried(case, asked_)
    return Finding(asked_, _merits(book, asked_, known), case, tried, state)


def _tried(case: Played | None, asked_: Question) -> Tried | None:
    """The operation, decided by the live decider of its cell."""
    name, at = asked_.facts.get("op.name"), asked_.facts.get("op.at") or asked_.as_of
    known = name if name in MAKE else None
    if case is None or known is None:
        return None
    dispute = case.file.dispute
    if dispute is None and known != FILING:
        return None
    role = ROLES.get(asked_.facts.get("op.actor") or "", Role.BUYER)
    facts = {"order.total_paid": case.file.the_order.paid_minor, **asked_.facts}
    facts.setdefault("order.goods_amount", case.file.the_order.paid_goods_minor)
    command = filing(facts) if dispute is None else MAKE[known](facts, dispute, role)
    if command is None:
        return Tried(known, at, _no_plan())
    return Tried(known, at, case.ask(at, role, command))


def _no_plan() -> Refusal:
    return Refusal(
        Code.PLAN_NEEDED,
        "The operation brings no plan: kind and amount are missing.",
        "Name the kind and the amount of the plan.",
        clause="refusal_needs_plan",
        field="op.plan",
    )


def _merits(book: Book, asked_: Question, known: Known) -> Merits:
    day = asked_.as_of.date()
    ruling = rule(book, known.facts, day)
    requests = asked(book, known, ruling, day)
    found = result(ruling, known.facts)
    later: Result | None = None
    if any(one.window is not Window.MET for one in requests):
        silent = lapsed(known)
        then = rule(book, silent.facts, day)
        if then.status is Status.DECIDED:
            later = result(then, silent.facts)
    return Merits(known, ruling, found, requests, later)
