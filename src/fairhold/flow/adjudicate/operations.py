"""Operations that a question can try, as the live commands that they are."""

from collections.abc import Callable
from typing import Any

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.values.roles import Role
from fairhold.flow.adjudicate.acts import FILING, filing, new_terms
from fairhold.flow.adjudicate.playback import Facts, Played, words

Make = Callable[[Facts, Played, Role], Any]
DEFAULT_AMOUNT = 1


def _terms(facts: Facts, case: Played, role: Role) -> asked.NewTerms | None:
    """The terms that the operation brings; None where it brings a plan that is none.

    A further plan without a kind is of the other kind than the one that stands (AMB-11).
    """
    plan = facts.get("op.plan")
    standing = case.file.the_dispute.standing(role)
    other = Kind.RETURN_AND_REFUND
    if standing and standing[0].terms.kind is other:
        other = Kind.REFUND_ONLY
    if plan is None:
        return new_terms(facts, other.value, DEFAULT_AMOUNT)
    kind = plan.get("kind") or (other.value if facts.get("op.name") == "add_plan" else None)
    if kind is None or plan.get("amount") is None:
        return None
    return new_terms(facts, kind, plan["amount"])


def _with_terms(build: Callable[[asked.NewTerms], Any]) -> Make:
    def make(facts: Facts, case: Played, role: Role) -> Any:
        terms = _terms(facts, case, role)
        return None if terms is None else build(terms)

    return make


def _accept(facts: Facts, case: Played, role: Role) -> Any:
    """The plan that is named, the one the operation describes, or the newest of somebody else's.

    A seller that names none accepts the request.
    """
    dispute = case.file.the_dispute
    others = [
        plan
        for plan in dispute.plans
        if plan.stands and plan.side is not role and plan.id not in case.invented
    ]
    named = dispute.plan(case.plans.get(facts.get("dispute.accepted_plan_id") or "", ""))
    told = facts.get("op.plan") or {}
    like = [
        plan
        for plan in others
        if (plan.terms.kind.value, plan.terms.refund.total_minor)
        == (told.get("kind"), told.get("amount"))
    ]
    request = [plan for plan in others if plan == dispute.request]
    choice = [named] if named else like or request or others[-1:] or [dispute.plans[0]]
    plan = choice[-1]
    return asked.AcceptPlan(plan.id, plan.version, None)


def _own(case: Played, role: Role, kind: str | None = None) -> tuple[str, int]:
    """A plan of one's own: the one of that kind, or the first."""
    standing = case.file.the_dispute.standing(role)
    same = [plan for plan in standing if plan.terms.kind.value == kind]
    chosen = (same or list(standing))[:1]
    return (chosen[0].id, chosen[0].version) if chosen else (f"{role.value}-1", 1)


def _change(facts: Facts, case: Played, role: Role) -> Any:
    terms = _terms(facts, case, role)
    plan, version = _own(case, role, (facts.get("op.plan") or {}).get("kind"))
    return None if terms is None else asked.ChangePlan(plan, version, terms)


def _others(_: Facts, case: Played, role: Role) -> Any:
    plans = case.file.the_dispute.plans
    other = next((plan for plan in plans if plan.side is not role), plans[0])
    return asked.WithdrawPlan(other.id)


def _evidence(_: Facts, __: Played, ___: Role) -> Any:
    return asked.AddEvidence((Upload("1" * 64, 1, "image/png", words("file")),))


def _address(facts: Facts, _: Played, __: Role) -> Any:
    """The address that stands, unless the seller names one that is not in English."""
    english = facts.get("order.seller_return_address_language") != "not_english"
    return asked.ConfirmReturnAddress(None if english else words("退货地址"))


def _plainly(kind: Callable[[], Any]) -> Make:
    return lambda facts, case, role: kind()


MAKE: dict[str, Make] = {
    "accept": _accept,
    "refuse_with_solution": _with_terms(lambda terms: asked.RefuseAndPropose(terms, ())),
    "add_plan": _with_terms(asked.ProposePlan),
    "change_plan": _change,
    "delete_plan": lambda _, case, role: asked.WithdrawPlan(_own(case, role)[0]),
    "delete_other_plan": _others,
    "add_evidence": _evidence,
    "delete_evidence": _plainly(lambda: asked.WithdrawEvidence(1)),
    "change_reason": _plainly(lambda: asked.ChangeReason(Reason.NOT_RECEIVED, Subcase.NONE)),
    "send_message": _plainly(lambda: asked.PostMessage(words("message"))),
    "withdraw_dispute": _plainly(asked.WithdrawDispute),
    "enter_return_waybill": _plainly(lambda: asked.EnterReturnWaybill("as entered", "RETURN-1")),
    "confirm_return": _plainly(asked.ConfirmReturn),
    "escalate_return": _plainly(lambda: asked.EscalateReturn(words("reasons"), ())),
    "withdraw_arbitration": _plainly(asked.WithdrawEscalation),
    "confirm_return_address": _address,
    "step_in": _plainly(asked.StepIn),
    FILING: lambda facts, _, __: filing(facts),
}
# Other words for the same acts.
ALIASES = {
    "accept_plan": "accept",
    "accept_request": "accept",
    "refuse": "refuse_with_solution",
    "propose_plan": "add_plan",
    "submit_plan": "add_plan",
    "edit_plan": "change_plan",
    "modify_plan": "change_plan",
    "change_amount": "change_plan",
    "withdraw_plan": "delete_plan",
    "cancel_plan": "delete_plan",
    "upload_evidence": "add_evidence",
    "submit_evidence": "add_evidence",
    "chat_message": "send_message",
    "post_message": "send_message",
    "cancel_dispute": "withdraw_dispute",
    "confirm_receipt": "confirm_return",
    "confirm_return_receipt": "confirm_return",
    "escalate": "escalate_return",
    "escalate_dispute": "escalate_return",
    "withdraw_escalation": "withdraw_arbitration",
    "modify_return_address": "confirm_return_address",
    "set_return_address": "confirm_return_address",
    "intervene": "step_in",
    "open_dispute": FILING,
}
ROLES = {
    "buyer": Role.BUYER,
    "seller": Role.SELLER,
    "platform": Role.SPECIALIST,
    "system": Role.PLATFORM,
}


def known_name(name: str) -> str | None:
    """The operation of that name; None for a name that stands for none."""
    found = ALIASES.get(name, name)
    return found if found in MAKE else None
