"""What clauses add to an answer beside the decision, and the reasons for all of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from fairhold.core.rules.book import Clause
from fairhold.core.rules.conditions import later
from fairhold.core.rules.establish import Window, inadmissible
from fairhold.core.rules.formulas import BASIS_POINTS, FEE_BASIS_POINTS
from fairhold.core.rules.ruling import Status
from fairhold.core.values.money import share_half_up
from fairhold.flow.adjudicate.question import Finding, Merits
from fairhold.flow.adjudicate.telling import Answer, action, because, moment, money, table_id

CLOSING_HOURS = 24
FIXED_FEE_MINOR = 100


def worded(found: Answer, finding: Finding, procedural: Sequence[str] | None) -> None:
    """Notes of the clauses, moments they name, what the lapse of a proof does, and the reasons.

    `procedural` are the clauses that the procedure carried out; None where the merits decide.
    """
    merits = finding.merits
    standing = _standing(merits, procedural)
    for clause in standing:
        for name, value in clause.then.also:
            NOTES.get(name, _note(name))(found, finding, value)
    open_ = [one for one in merits.requests if one.window is not Window.MET]
    if open_ and merits.at_lapse and "auto_action" not in found and "proof_requests" in found:
        due = max((one.due for one in open_ if one.due), default=None)
        later = merits.at_lapse
        found.update(action(finding, later.decision or "", due, later.refund_minor))
    ignored = inadmissible(merits.known.book, merits.known.facts)
    filed = [one["type"] for one in merits.known.facts.get("evidence.items") or ()]
    if ignored & set(filed):
        found["inadmissible"] = sorted(ignored & set(filed))
    found["clauses"] = list(dict.fromkeys(table_id(clause) for clause in standing))
    currency = finding.question.currency
    found["because"] = [because(clause, merits.known, currency) for clause in standing]


def _standing(merits: Merits, procedural: Sequence[str] | None) -> tuple[Clause, ...]:
    """What the answer rests on: the procedure's clauses, those that decide, or those that ask."""
    ruling = merits.ruling
    if procedural is not None:
        named = (merits.known.book.clause(name) for name in procedural)
        adding = (clause for clause in ruling.adding if clause.step == merits.known.book.always)
        return (*(one for one in named if one), *adding)
    if ruling.status is Status.DECIDED:
        return ruling.standing
    asked = {one.proof.name for one in merits.requests if one.window is Window.RUNNING}
    asking = (clause for clause in ruling.open if asked & set(clause.asks))
    return (*asking, *ruling.adding)


def _note(name: str) -> Callable[[Answer, Finding, Any], None]:
    def put(found: Answer, _: Finding, value: Any) -> None:
        found[name] = value

    return put


def _clock_note(found: Answer, finding: Finding, name: str) -> None:
    """A clause that runs on a moment says which one."""
    facts = finding.merits.known.facts
    if name == "risky_address_closing":
        at = facts["block.risk_result_at"]
        if at is not None:
            end = at + timedelta(hours=CLOSING_HOURS)
            found["close_latest"] = moment(end)
            found.update(action(finding, "close_order", end, None))
    elif name == "delivery_promise":
        sent, days = (
            facts.get("shipment.all_dispatched_at"),
            facts.get("order.delivery_promise_days"),
        )
        if sent and days:
            found["hold_until"] = moment(later(sent, days, 0))
    elif name == "complaint_data":
        ended, days = (
            facts.get("correspondence.system_use_ended_at"),
            facts.get("correspondence.retention_days"),
        )
        until = later(ended, days, 0) if ended and days is not None else None
        found["export_possible_until"] = moment(until)


def _fees(found: Answer, finding: Finding, _: Any) -> None:
    amount = finding.merits.known.facts["ta.amount"]
    fee = share_half_up(amount, FEE_BASIS_POINTS, BASIS_POINTS) + FIXED_FEE_MINOR
    found["fees"] = {"buyer": money(finding, 0), "seller": money(finding, fee)}


def _needs(found: Answer, finding: Finding, needs: Any) -> None:
    """Which of the papers that a clause needs are not among those that a fact names."""
    given = finding.merits.known.facts.get(needs["in"]) or ()
    found["missing"] = [one for one in needs["all"] if one not in given]


NOTES: dict[str, Callable[[Answer, Finding, Any], None]] = {
    "clock": _clock_note,
    "fees": _fees,
    "needs": _needs,
}
