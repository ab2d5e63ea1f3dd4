"""Step 7 of a question: the finding as the JSON of the contract.

Keys that do not apply are left out; a key that is not fixed yet is null.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.disputes.state import Dispute, Outcome, State
from fairhold.core.rules.answer import Result
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.establish import Known, Window
from fairhold.core.rules.formulas import BASIS_POINTS, FEE_BASIS_POINTS
from fairhold.core.rules.ruling import Status
from fairhold.core.rules.what_if import would_change
from fairhold.core.values.money import plain_amount, share_half_up
from fairhold.flow.adjudicate.operations import FILING
from fairhold.flow.adjudicate.question import Finding, Merits

Answer = dict[str, Any]
# Clocks of the procedure: the default still ahead, and the default carried out.
ACTIONS = {
    "seller_response": ("execute_buyer_request_if_seller_silent", "execute_buyer_request"),
    "buyer_return": ("release_if_return_not_sent", "release_to_seller"),
    "seller_confirmation": ("refund_if_seller_silent", "refund_deemed_received"),
}
OUTCOMES = {
    Outcome.SELLER_SILENT: ("auto_executed", "seller"),
    Outcome.RETURN_UNANSWERED: ("auto_executed", "seller"),
    Outcome.RETURN_NOT_SENT: ("release_to_seller", "buyer"),
    Outcome.AGREED: ("settled", None),
    Outcome.RETURN_CONFIRMED: ("settled", None),
    Outcome.WITHDRAWN: ("release_to_seller", "buyer"),
}
LEG = {State.RETURN_AGREED, State.RETURN_SHIPPED}
# Steps whose clauses speak before the procedure of a dispute is looked at.
BEFORE_THE_PROCEDURE = {"freeze", "channel", "correspondence", "rights", "failed_return"}
CLOSING_HOURS = 24
FIXED_FEE_MINOR = 100


def answer(book: Book, finding: Finding) -> Answer:
    """The decision as the contract words it."""
    if finding.tried is not None:
        found = _operation(finding)
    elif _by_procedure(finding):
        found = _procedure(finding)
    else:
        found = _by_clauses(finding)
    merits = finding.merits
    if finding.tried is None and not _by_procedure(finding):
        _requests(found, merits)
    _worded(found, finding)
    if finding.tried is None and not _by_procedure(finding):
        _changes(found, finding, book)
    return {"id": finding.question.id, **found}


def _by_procedure(finding: Finding) -> bool:
    """Whether clocks and agreements have decided, so that no clause on the merits is reached."""
    case, step = finding.played, finding.merits.ruling.step
    if case is None or case.file.dispute is None or step in BEFORE_THE_PROCEDURE:
        return False
    return case.file.dispute.state in {State.CLOSED, *LEG, State.RETURN_ESCALATED}


def _operation(finding: Finding) -> Answer:
    """Whether the operation is allowed, and what it changes."""
    tried = finding.tried
    if tried is None:
        return {}
    filed = tried.name == FILING
    if tried.refusal is not None:
        found: Answer = {"decision": "filing_refused" if filed else "operation_refused"}
        found["why"] = tried.refusal.why
        if tried.refusal.field:
            found["missing"] = [tried.refusal.field]
        if filed:
            found |= _window(finding)
        return {**_standing(finding), **found}
    standing = _standing(finding)
    words = {"confirm_return": "settled", "accept": "settled", "escalate_return": "escalated"}
    decision = standing.get("decision") or words.get(tried.name) or "operation_allowed"
    if tried.name in ("send_message", "add_evidence", "add_plan", "change_plan"):
        decision = "operation_allowed"
    return {**standing, "decision": "filing_accepted" if filed else decision}


def _window(finding: Finding) -> Answer:
    case = finding.played
    opening = opens_at(case.file.the_order, case.process.limits) if case else None
    return {"window_opens_at": _moment(opening)}


def _standing(finding: Finding) -> Answer:
    """Where the played case stands: money, clocks, return."""
    case = finding.played
    if case is None or case.file.dispute is None:
        return {}
    if case.file.dispute.state in {State.CLOSED, *LEG, State.RETURN_ESCALATED}:
        return _procedure(finding)
    return _running(finding, case.file.dispute)


def _procedure(finding: Finding) -> Answer:
    """The decision of a case that clocks or agreements have decided."""
    case = finding.played
    if case is None or case.file.dispute is None:
        return {}
    dispute = case.file.dispute
    found: Answer = {}
    if dispute.state is State.CLOSED and dispute.outcome in OUTCOMES:
        decision, liable = OUTCOMES[dispute.outcome]
        refund = dispute.paid_back.total_minor if dispute.paid_back else 0
        found = {"decision": decision, "status_after": "completed"}
        found |= {"liable_party": liable} if liable else {}
        found |= _split(finding, refund, case.file.the_order.paid_minor - refund)
        found["return_required"] = False if dispute.leg is None else None
        found = {key: value for key, value in found.items() if value is not None}
        if dispute.outcome is Outcome.RETURN_NOT_SENT:
            found["status_after"] = "closed"
    elif dispute.leg is not None:
        fired = case.fired[-1:] and case.fired[-1][0] == "seller_response"
        found = {
            "decision": "escalated" if dispute.state is State.RETURN_ESCALATED else None,
            "return_required": True,
            "refund_to_buyer": None,
            "release_to_seller": None,
            "refund_after_return": _money(finding, dispute.leg.terms.refund.total_minor),
            "return_address": "local_warehouse_shown_by_platform"
            if dispute.leg.local
            else "registered",
        }
        found["decision"] = found["decision"] or (
            "auto_executed" if fired else "return_in_progress"
        )
        if fired:
            found["liable_party"] = "seller"
    return {**found, **_clock(finding, dispute)}


def _split(finding: Finding, refund: int, release: int) -> Answer:
    return {
        "funded_by": "seller_escrow",
        "refund_to_buyer": _money(finding, refund),
        "release_to_seller": _money(finding, release),
    }


def _running(finding: Finding, dispute: Dispute) -> Answer:
    """A dispute in negotiation or review: its clock, and when the platform is in at the latest."""
    found = _clock(finding, dispute)
    entry = dispute.clock("platform_entry")
    if entry is not None:
        found["platform_intervention_by"] = _moment(entry.due_at)
    return found


def _clock(finding: Finding, dispute: Dispute) -> Answer:
    """The default that a clock of the parties will carry out, or the one it carried out last."""
    case = finding.played
    running = [one for one in dispute.clocks if one.kind in ACTIONS]
    if running:
        clock = min(running, key=lambda one: one.due_at)
        terms = dispute.leg.terms if dispute.leg else dispute.request.terms
        amount = terms.refund.total_minor
        if clock.kind == "buyer_return" and case is not None:
            amount = case.file.the_order.paid_minor
        return _action(finding, ACTIONS[clock.kind][0], clock.due_at, amount)
    if case is not None and case.fired and case.fired[-1][0] in ACTIONS and dispute.paid_back:
        kind, at = case.fired[-1]
        refund = dispute.paid_back.total_minor
        amount = refund if kind != "buyer_return" else case.file.the_order.paid_minor
        return _action(finding, ACTIONS[kind][1], at, amount)
    return {}


def _action(finding: Finding, action: str, at: datetime | None, amount: int | None) -> Answer:
    found: Answer = {"action": action, "at": _moment(at)}
    if amount is not None:
        found["amount"] = _money(finding, amount)
    return {"auto_action": found}


def _by_clauses(finding: Finding) -> Answer:
    """What the clauses decide, or what they wait for."""
    merits = finding.merits
    if merits.ruling.status is Status.DECIDED and merits.result.decision is not None:
        return _result(finding, merits.result)
    if merits.ruling.status is Status.CONFLICT:
        return {"decision": "platform_discretion", "liable_party": "undetermined"}
    return _waiting(finding)


def _result(finding: Finding, found: Result) -> Answer:
    told: Answer = {"decision": found.decision}
    for key, value in (
        ("liable_party", found.liable_party),
        ("funded_by", found.funded_by if (found.refund_minor or 0) > 0 else None),
        ("return_required", found.return_required),
        ("freight", found.freight or None),
        ("penalty", found.penalty),
    ):
        if value is not None:
            told[key] = value
    if found.money:
        told["refund_to_buyer"] = _money(finding, found.refund_minor)
        told["release_to_seller"] = _money(finding, found.release_minor)
        if found.refund_after_return_minor is not None:
            told["refund_after_return"] = _money(finding, found.refund_after_return_minor)
            told["refund_to_buyer"] = told["release_to_seller"] = None
    if told.get("return_required") is False and "freight" in told:
        told["freight"].setdefault("return", "none")
    return told


def _waiting(finding: Finding) -> Answer:
    """Nothing can be decided yet: what is awaited, from whom."""
    merits, case = finding.merits, finding.played
    dispute = case.file.dispute if case else None
    entered = finding.question.facts.get("dispute.platform_notice_at") is not None
    unanswered = dispute is not None and dispute.clock("seller_response") is not None
    if dispute is not None and not entered and unanswered:
        return {"decision": "hold", **_running(finding, dispute)}
    if any(one.window is Window.RUNNING for one in merits.requests):
        return {"decision": "awaiting_proof"}
    if merits.ruling.status is Status.OPEN:
        return {"decision": "awaiting_platform_verification"}
    return {"decision": "platform_discretion", "liable_party": "undetermined"}


def _requests(found: Answer, merits: Merits) -> None:
    """Every request for proof, and what its lapse leads or led to."""
    if not merits.requests:
        return
    found["proof_requests"] = [
        {
            "from": one.proof.party,
            "documents": list(one.proof.documents),
            "due": _moment(one.due),
            **({"due_date": one.due.date().isoformat()} if one.due else {}),
        }
        for one in merits.requests
    ]


def _changes(found: Answer, finding: Finding, book: Book) -> None:
    """What each side could have shown for another outcome."""
    merits = finding.merits
    if merits.ruling.status is not Status.DECIDED:
        return
    day = finding.question.as_of.date()
    told = [
        {
            "party": one.party,
            "facts": {name: _plain(value) for name, value in one.facts.items()},
            "decision": one.result.decision,
        }
        for one in would_change(book, merits.known, merits.result, day)
    ]
    if told:
        found["would_change"] = told


def _worded(found: Answer, finding: Finding) -> None:
    """Notes of the clauses, moments they name, what the lapse of a proof does, and the reasons."""
    merits = finding.merits
    decided = merits.ruling.status is Status.DECIDED
    standing = merits.ruling.standing if decided else merits.ruling.adding
    for clause in standing:
        for name, value in clause.then.also:
            NOTES.get(name, _note(name))(found, finding, value)
    open_ = [one for one in merits.requests if one.window is not Window.MET]
    if open_ and merits.at_lapse and "auto_action" not in found and "proof_requests" in found:
        due = max((one.due for one in open_ if one.due), default=None)
        later = merits.at_lapse
        action = _action(finding, later.decision or "", due, later.refund_minor)
        found.update(action)
    found["clauses"] = list(dict.fromkeys(clause.id.split("/")[0] for clause in standing))
    found["because"] = [because(clause, merits.known) for clause in standing]


def because(clause: Clause, known: Known) -> Answer:
    """Why a clause stands: its citation and each fact that it read, with where that came from."""
    read = [name for name in clause.reads if name in known.facts]
    return {
        "clause": clause.id,
        "citation": str(clause.citation),
        "summary": clause.summary,
        "facts": [
            {"name": name, "value": _plain(known.facts[name]), "from": known.origins[name].value}
            for name in read
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return _moment(value) if isinstance(value, datetime) else value


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
            found["close_latest"] = _moment(end)
            found.update(_action(finding, "close_order", end, None))
    elif name == "delivery_promise":
        sent, days = (
            facts.get("shipment.all_dispatched_at"),
            facts.get("order.delivery_promise_days"),
        )
        if sent and days:
            found["hold_until"] = _moment(sent + timedelta(days=days))
    elif name == "complaint_data":
        ended, days = (
            facts.get("correspondence.system_use_ended_at"),
            facts.get("correspondence.retention_days"),
        )
        until = ended + timedelta(days=days) if ended and days is not None else None
        found["export_possible_until"] = _moment(until)


def _fees(found: Answer, finding: Finding, _: Any) -> None:
    amount = finding.merits.known.facts["ta.amount"]
    fee = share_half_up(amount, FEE_BASIS_POINTS, BASIS_POINTS) + FIXED_FEE_MINOR
    found["fees"] = {"buyer": _money(finding, 0), "seller": _money(finding, fee)}


NOTES: dict[str, Callable[[Answer, Finding, Any], None]] = {
    "clock": _clock_note,
    "fees": _fees,
}


def _money(finding: Finding, amount: int | None) -> str | None:
    return None if amount is None else plain_amount(amount, finding.question.currency)


def _moment(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
