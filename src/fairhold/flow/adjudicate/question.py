"""Step 4 of a question: the case played back, the operation tried, the clauses asked."""

from dataclasses import dataclass

from fairhold.core.cases.disputes.state import State
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
from fairhold.flow.adjudicate.acts import acts
from fairhold.flow.adjudicate.intake import Question
from fairhold.flow.adjudicate.playback import Played, played
from fairhold.flow.adjudicate.trying import Tried, tried


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
    facts, as_of = asked_.facts, asked_.as_of
    known = establish(book, facts, as_of, from_one_notice(facts, as_of))
    merits = _merits(book, asked_, known)
    at = facts.get("op.at") or as_of
    acting = facts.get("op.name") is not None
    case = played(known.facts, process, min(at, as_of) if acting else as_of, acts)
    state = case.file.dispute.state if case and case.file.dispute else None
    done = tried(case, facts, at, merits.result.also.get("order_state"))
    if done is not None and case is not None:
        case.until(max(at, as_of))
    return Finding(asked_, merits, case, done, state)


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
