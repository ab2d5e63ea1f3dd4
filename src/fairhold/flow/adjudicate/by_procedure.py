"""The part of an answer that clocks, agreements and operations decide, read off the played case."""

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.disputes.state import Dispute, Outcome, State
from fairhold.flow.adjudicate.operations import FILING
from fairhold.flow.adjudicate.question import Finding
from fairhold.flow.adjudicate.telling import Answer, action, moment, money

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
BEFORE_THE_PROCEDURE = {
    "chargeback",
    "account",
    "address",
    "unwritten",
    "channel",
    "supplier",
    "correspondence",
    "rights",
    "failed_return",
}


def by_procedure(finding: Finding) -> bool:
    """Whether clocks and agreements have decided, so that no clause on the merits is reached."""
    case, step = finding.played, finding.merits.ruling.step
    if case is None or case.file.dispute is None or step in BEFORE_THE_PROCEDURE:
        return False
    return case.file.dispute.state in {State.CLOSED, *LEG, State.RETURN_ESCALATED}


def operation(finding: Finding) -> Answer:
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
    return {"window_opens_at": moment(opening)}


def _standing(finding: Finding) -> Answer:
    """Where the played case stands: money, clocks, return."""
    case = finding.played
    if case is None or case.file.dispute is None:
        return {}
    if case.file.dispute.state in {State.CLOSED, *LEG, State.RETURN_ESCALATED}:
        return procedure(finding)
    return running(finding, case.file.dispute)


def procedure(finding: Finding) -> Answer:
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
            "refund_after_return": money(finding, dispute.leg.terms.refund.total_minor),
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
        "refund_to_buyer": money(finding, refund),
        "release_to_seller": money(finding, release),
    }


def running(finding: Finding, dispute: Dispute) -> Answer:
    """A dispute in negotiation or review: its clock, and when the platform is in at the latest."""
    found = _clock(finding, dispute)
    entry = dispute.clock("platform_entry")
    if entry is not None:
        found["platform_intervention_by"] = moment(entry.due_at)
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
        return action(finding, ACTIONS[clock.kind][0], clock.due_at, amount)
    if case is not None and case.fired and case.fired[-1][0] in ACTIONS and dispute.paid_back:
        kind, at = case.fired[-1]
        refund = dispute.paid_back.total_minor
        amount = refund if kind != "buyer_return" else case.file.the_order.paid_minor
        return action(finding, ACTIONS[kind][1], at, amount)
    return {}
