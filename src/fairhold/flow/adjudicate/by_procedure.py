"""The part of an answer that clocks, agreements and operations decide, read off the played case."""

from fairhold.core.cases.disputes.decide.filing import opens_at
from fairhold.core.cases.disputes.state import Dispute, Outcome, State
from fairhold.core.cases.refusal import Code
from fairhold.core.ledger.settlements import AuthorityKind
from fairhold.core.values.roles import Role
from fairhold.flow.adjudicate.acts import FILING
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
SHORT_PROMISE = 5
# Acts that leave the dispute where it stands.
CHANGING_NOTHING = {
    "send_message",
    "add_evidence",
    "delete_evidence",
    "add_plan",
    "change_plan",
    "delete_plan",
    "change_reason",
    "confirm_return_address",
}
LEG = {State.RETURN_AGREED, State.RETURN_SHIPPED}
# Steps whose clauses speak before the procedure of a dispute is looked at.
GATES = {"chargeback", "account", "address", "unwritten", "channel", "supplier"}
# Steps whose clauses speak while a return is on its way, and not once the dispute is over.
WHILE_RETURNING = {"failed_return"}
# The clauses that the procedure carries out, by the end of the dispute, its stage, or the act.
CITED: dict[object, tuple[str, ...]] = {
    Outcome.RETURN_UNANSWERED: ("R-4",),
    Outcome.RETURN_NOT_SENT: ("R-2",),
    Outcome.RETURN_CONFIRMED: ("R-3",),
    Outcome.WITHDRAWN: (),
    State.RETURN_SHIPPED: ("R-1",),
    State.RETURN_ESCALATED: ("R-5",),
    FILING: ("P-REQ-1",),
    "accept": (),
    "refuse_with_solution": ("P-REJ-1",),
    "add_plan": ("P-PLAN-1",),
    "change_plan": ("P-EDIT-1",),
    "delete_plan": ("P-EDIT-1",),
    "delete_other_plan": ("P-EDIT-1",),
    "add_evidence": ("P-EDIT-1",),
    "delete_evidence": ("P-EDIT-1",),
    "change_reason": ("P-EDIT-1",),
    "confirm_return": ("R-3",),
    "escalate_return": ("R-5",),
    "withdraw_arbitration": ("R-6",),
    "confirm_return_address": ("R-9",),
    "step_in": ("P-PLT-1",),
}
OVER = {Code.CASE_CLOSED}
WINDOW = {Code.WINDOW_NOT_OPEN: "P-WIN-1", Code.NOT_DISPATCHED: "P-WIN-3"}


def by_procedure(finding: Finding) -> bool:
    """Whether clocks and agreements have decided, so that no clause on the merits is reached."""
    case, step = finding.played, finding.merits.ruling.step
    if case is None or case.file.dispute is None or step in GATES:
        return False
    if case.file.dispute.state is State.CLOSED:
        return True
    returning = case.file.dispute.state in {*LEG, State.RETURN_ESCALATED}
    return returning and step not in WHILE_RETURNING


def cited(finding: Finding) -> tuple[str, ...]:
    """The clauses that the procedure carried out, or refused by."""
    tried, case = finding.tried, finding.played
    dispute = case.file.dispute if case else None
    if tried is not None and tried.refusal is not None:
        if tried.refusal.code in OVER:
            return ("P-CLOSE-1",)
        window = WINDOW.get(tried.refusal.code)
        return (window,) if window else CITED.get(tried.name, ())
    found = CITED.get(tried.name, ()) if tried else ()
    if tried is not None and tried.name == FILING:
        short = case is not None and case.file.the_order.agreement.promise_days < SHORT_PROMISE
        found = ("P-WIN-2" if short else "P-WIN-1", *found)
    return tuple(dict.fromkeys((*found, *(_ended_by(dispute) if dispute else ()))))


def _ended_by(dispute: Dispute) -> tuple[str, ...]:
    if dispute.outcome is Outcome.SELLER_SILENT:
        return ("P-SIL-1",)
    if dispute.outcome is Outcome.AGREED:
        by_request = any(
            plan.side is Role.BUYER and Role.SELLER in plan.accepted_by for plan in dispute.plans
        )
        return ("P-ACC-1",) if by_request else ("P-PLAN-2",)
    if dispute.outcome is not None:
        return CITED.get(dispute.outcome, ())
    if dispute.state is State.RETURN_AGREED and dispute.leg is not None:
        silent = dispute.leg.authority.kind is AuthorityKind.LAPSE
        return ("P-SIL-2",) if silent else ("P-ACC-2", "P-AGR-1")
    return CITED.get(dispute.state, ())


def operation(finding: Finding) -> Answer:
    """Whether the operation is allowed, and what it changes."""
    tried = finding.tried
    if tried is None:
        return {}
    filed = tried.name == FILING
    if tried.open:
        return {"decision": "awaiting_platform_verification", "missing": list(tried.missing)}
    if tried.refusal is not None:
        found: Answer = {"decision": "filing_refused" if filed else "operation_refused"}
        found["why"] = tried.refusal.why
        if tried.missing:
            found["missing"] = list(tried.missing)
        if filed:
            found |= _window(finding)
        return {**_standing(finding), **found}
    standing = _standing(finding)
    words = {"confirm_return": "settled", "accept": "settled", "escalate_return": "escalated"}
    decision = standing.get("decision") or words.get(tried.name) or "operation_allowed"
    if tried.name in CHANGING_NOTHING:
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
    entry = dispute.clock("return_entry")
    if entry is not None:
        found["platform_intervention_by"] = moment(entry.due_at)
    return {**found, **_clock(finding, dispute), **_added(finding)}


def _added(finding: Finding) -> Answer:
    """What clauses add to a return that both agreed on: who answers for it, who pays the way."""
    merits = finding.merits
    parts = [clause.then for clause in merits.ruling.adding]
    liable = [part.liable_party for part in parts if part.liable_party]
    back = [part.freight_return for part in parts if part.freight_return]
    found: Answer = {"liable_party": liable[-1]} if liable else {}
    return {**found, **({"freight": {"return": back[-1]}} if back else {})}


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
