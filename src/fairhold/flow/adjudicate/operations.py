"""Operations that a question can try, as the live commands that they are."""

from collections.abc import Callable
from typing import Any

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Dispute, Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.values.roles import Role
from fairhold.core.values.words import Words
from fairhold.flow.adjudicate.playback import Facts, filing, new_terms

FILING = "file_dispute"
Make = Callable[[Facts, Dispute, Role], Any]


def _words(text: str) -> Words:
    return Words(f"op-{text}", "salt", text)


def _terms(facts: Facts, dispute: Dispute, role: Role) -> asked.NewTerms | None:
    """The terms that the operation brings; None where it brings a plan that is none."""
    plan = facts.get("op.plan")
    if plan is None:
        standing = dispute.standing(role)
        kind = Kind.RETURN_AND_REFUND
        if standing and standing[0].terms.kind is kind:
            kind = Kind.REFUND_ONLY
        return new_terms(facts, kind.value, 1)
    if plan.get("kind") is None or plan.get("amount") is None:
        return None
    return new_terms(facts, plan["kind"], plan["amount"])


def _with_terms(build: Callable[[asked.NewTerms], Any]) -> Make:
    def make(facts: Facts, dispute: Dispute, role: Role) -> Any:
        terms = _terms(facts, dispute, role)
        return None if terms is None else build(terms)

    return make


def _accept(facts: Facts, dispute: Dispute, role: Role) -> Any:
    others = [plan for plan in dispute.plans if plan.stands and plan.side is not role]
    plan = others[-1] if others else dispute.plans[0]
    named = facts.get("dispute.accepted_plan_id")
    by_id = {one["id"]: one for one in facts.get("dispute.plans") or ()}
    if named in by_id:
        side = Role(by_id[named]["by"])
        own = [one["id"] for one in by_id.values() if one["by"] == by_id[named]["by"]]
        found = dispute.plan(f"{side.value}-{own.index(named) + 1}")
        plan = found or plan
    return asked.AcceptPlan(plan.id, plan.version, None)


def _own(dispute: Dispute, role: Role) -> tuple[str, int]:
    standing = dispute.standing(role)
    return (standing[0].id, standing[0].version) if standing else (f"{role.value}-1", 1)


def _change(facts: Facts, dispute: Dispute, role: Role) -> Any:
    terms = _terms(facts, dispute, role)
    plan, version = _own(dispute, role)
    return None if terms is None else asked.ChangePlan(plan, version, terms)


def _others(_: Facts, dispute: Dispute, role: Role) -> Any:
    other = next((plan for plan in dispute.plans if plan.side is not role), dispute.plans[0])
    return asked.WithdrawPlan(other.id)


def _evidence(_: Facts, __: Dispute, ___: Role) -> Any:
    return asked.AddEvidence((Upload("1" * 64, 1, "image/png", _words("file")),))


def _address(facts: Facts, _: Dispute, __: Role) -> Any:
    english = facts.get("order.seller_return_address_language") != "not_english"
    return asked.ConfirmReturnAddress(_words("1 Quay" if english else "退货地址"))


def _plainly(kind: Callable[[], Any]) -> Make:
    return lambda facts, dispute, role: kind()


MAKE: dict[str, Make] = {
    "accept": _accept,
    "refuse_with_solution": _with_terms(lambda terms: asked.RefuseAndPropose(terms, ())),
    "add_plan": _with_terms(asked.ProposePlan),
    "change_plan": _change,
    "delete_plan": lambda _, dispute, role: asked.WithdrawPlan(_own(dispute, role)[0]),
    "delete_other_plan": _others,
    "add_evidence": _evidence,
    "delete_evidence": _plainly(lambda: asked.WithdrawEvidence(1)),
    "change_reason": _plainly(lambda: asked.ChangeReason(Reason.NOT_RECEIVED, Subcase.NONE)),
    "send_message": _plainly(lambda: asked.PostMessage(_words("message"))),
    "withdraw_dispute": _plainly(asked.WithdrawDispute),
    "enter_return_waybill": _plainly(lambda: asked.EnterReturnWaybill("as entered", "RETURN-1")),
    "confirm_return": _plainly(asked.ConfirmReturn),
    "escalate_return": _plainly(lambda: asked.EscalateReturn(_words("reasons"), ())),
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
