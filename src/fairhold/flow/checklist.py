"""What the rules may ask of a side in a dispute of this kind, told before anybody asks for it."""

from dataclasses import dataclass

from fairhold.core.cases.disputes.state import Dispute, Reason, Subcase
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.conditions import Op, tests_of, truth
from fairhold.core.rules.establish import PROOF
from fairhold.core.rules.vocabulary import ProofRule
from fairhold.core.values.roles import Role
from fairhold.core.values.tri import Tri

REASON, SUBCASE = "dispute.reason", "dispute.subcase"


@dataclass(frozen=True, slots=True)
class Counting:
    """One document that counts, and the exhibits of this side that are it."""

    kind: str
    meaning: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """A request that may come. `without`: what the rules say where it is not met, if they do."""

    rule: ProofRule
    documents: tuple[Counting, ...]
    without: str


def hints(
    book: Book, cause: tuple[Reason, Subcase], side: Role, dispute: Dispute | None = None
) -> tuple[Hint, ...]:
    """What may be asked of `side` for this cause and was not asked yet; in the book's order."""
    of_cause = [clause for clause in book.clauses if _turns_on(clause, cause)]
    asked = {one.name for one in dispute.requests} if dispute else set()
    names = dict.fromkeys(name for clause in of_cause for name in clause.asks if name not in asked)
    rules = (book.proofs[name] for name in names)
    return tuple(
        Hint(rule, _documents(book, rule, dispute, side), _without(of_cause, rule))
        for rule in rules
        if rule.party == side.value
    )


def _turns_on(clause: Clause, cause: tuple[Reason, Subcase]) -> bool:
    """Whether a clause may apply for this cause and does not for another one."""
    reason, subcase = cause
    others = [{REASON: reason.value, SUBCASE: Subcase.NONE.value}]
    if subcase is Subcase.NONE:
        others = [{REASON: one.value, SUBCASE: subcase.value} for one in Reason if one != reason]
    facts = {REASON: reason.value, SUBCASE: subcase.value}
    elsewhere = (truth(clause.when, other) for other in others)
    return truth(clause.when, facts) is not Tri.FALSE and Tri.FALSE in elsewhere


def _documents(
    book: Book, rule: ProofRule, dispute: Dispute | None, side: Role
) -> tuple[Counting, ...]:
    shown = [one for one in dispute.exhibits if one.side is side] if dispute else []
    return tuple(
        Counting(
            kind,
            book.evidence[kind].meaning,
            tuple(one.number for one in shown if one.kind == kind and not one.withdrawn_at),
        )
        for kind in rule.documents
    )


def _without(clauses: list[Clause], rule: ProofRule) -> str:
    """The summary of the first clause of this cause that decides by the lack of it."""
    lacking = (
        clause.summary
        for clause in clauses
        if any(
            test.fact == PROOF + rule.name and test.op is Op.IS and test.operand is False
            for test in tests_of(clause.when)
        )
    )
    return next(lacking, "")
