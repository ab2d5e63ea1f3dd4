"""What the facts of a question tell of a dispute, as acts with their moments and live commands.

Plans keep the names that the question gives them; the first plan of the seller goes with its
refusal, and a settlement is the acceptance that led to it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.vocabulary import Value
from fairhold.core.values.roles import Role
from fairhold.flow.adjudicate.playback import Act, Facts, Played, words

FILING = "file_dispute"
TellOfPlan = Mapping[str, Value]
# Whose plan a settlement stands on, and who had to accept it.
SETTLED_BY = {
    "buyer_plan": (Role.BUYER, (Role.SELLER,)),
    "seller_plan": (Role.SELLER, (Role.BUYER,)),
    "platform_plan": (Role.PLATFORM, (Role.BUYER, Role.SELLER)),
}
DAYS_TO_SEND = timedelta(days=10)


def acts(facts: Facts) -> Iterator[Act]:
    """Everything that happened in the dispute that the facts tell of."""
    opened_at, reason = facts.get("dispute.opened_at"), facts.get("dispute.reason")
    if opened_at is None or reason is None or facts.get("op.name") == FILING:
        return
    yield Act(opened_at, Role.BUYER, lambda case: _filed(case, facts))
    answered_at = facts.get("dispute.seller_responded_at") or opened_at
    notice = facts.get("dispute.platform_notice_at")
    yield from _of_buyer(facts, opened_at)
    yield from _of_seller(facts, answered_at)
    if notice is not None:
        yield Act(notice, Role.SPECIALIST, lambda _: asked.StepIn())
    yield from _of_platform(facts, notice or answered_at)
    yield from _settled(facts, answered_at)
    yield from _return(facts)


def plans_of(facts: Facts, side: Role) -> list[TellOfPlan]:
    """The plans that one side put up, in the order told; a name that recurs is a new version."""
    return [one for one in facts.get("dispute.plans") or () if one["by"] == side.value]


def _filed(case: Played, facts: Facts) -> asked.OpenDispute:
    own = plans_of(facts, Role.BUYER)
    if own:
        case.plans[own[0]["id"]] = "buyer-1"
    return filing(facts)


def _of_buyer(facts: Facts, opened_at: datetime) -> Iterator[Act]:
    own = plans_of(facts, Role.BUYER)
    for plan in own[1:]:
        at = plan.get("at") or opened_at
        yield Act(at, Role.BUYER, _later_plan(facts, plan))


def _of_seller(facts: Facts, answered_at: datetime) -> Iterator[Act]:
    """A refusal takes the seller's first plan with it; one that nobody told offers nothing."""
    own = plans_of(facts, Role.SELLER)
    response = facts.get("dispute.seller_response")
    if response != "refused_with_solution" and not (own and response != "none"):
        return
    yield Act(answered_at, Role.SELLER, lambda case: _refused(case, facts, own))
    for plan in own[1:]:
        at = max(plan.get("at") or answered_at, answered_at)
        yield Act(at, Role.SELLER, _later_plan(facts, plan))


def _refused(case: Played, facts: Facts, own: list[TellOfPlan]) -> asked.RefuseAndPropose:
    if own:
        case.plans[own[0]["id"]] = "seller-1"
        return asked.RefuseAndPropose(new_terms(facts, own[0]["kind"], own[0]["amount"]), ())
    case.invented.add("seller-1")
    kind, amount = Kind.REFUND_ONLY, 0
    tried = (facts.get("op.plan") or {}).get("kind")
    if facts.get("op.name") == "add_plan" and tried == kind.value:
        kind, amount = Kind.RETURN_AND_REFUND, 1
    return asked.RefuseAndPropose(new_terms(facts, kind.value, amount), ())


def _of_platform(facts: Facts, entered_at: datetime) -> Iterator[Act]:
    """The platform has one plan; each further one told is its next version."""
    for plan in plans_of(facts, Role.PLATFORM):
        at = max(plan.get("at") or entered_at, entered_at)
        yield Act(at, Role.SPECIALIST, _entering)
        yield Act(at, Role.SPECIALIST, _platform_plan(facts, plan))


def _entering(case: Played) -> asked.StepIn | None:
    dispute = case.file.open_dispute
    return asked.StepIn() if dispute and dispute.stepped_in_at is None else None


def _platform_plan(facts: Facts, plan: TellOfPlan) -> Any:
    def make(case: Played) -> asked.ProposePlatformPlan:
        case.plans[plan["id"]] = "platform-1"
        terms = new_terms(facts, plan["kind"], plan["amount"])
        reasoned = asked.NewTerms(terms.kind, terms.refund, terms.return_freight, words("reasons"))
        return asked.ProposePlatformPlan(reasoned)

    return make


def _later_plan(facts: Facts, plan: TellOfPlan) -> Any:
    """A further plan, or the next version of one that stands."""

    def make(case: Played) -> Any:
        dispute, side = case.file.open_dispute, Role(plan["by"])
        if dispute is None:
            return None
        terms = new_terms(facts, plan["kind"], plan["amount"])
        standing = dispute.plan(case.plans.get(plan["id"], ""))
        if standing is not None:
            return asked.ChangePlan(standing.id, standing.version, terms)
        ever = sum(1 for one in dispute.plans if one.side is side)
        case.plans[plan["id"]] = f"{side.value}-{ever + 1}"
        return asked.ProposePlan(terms)

    return make


def _settled(facts: Facts, answered_at: datetime) -> Iterator[Act]:
    """The acceptance that the facts tell of: by name, by answer, or by a return that was agreed."""
    settled, agreed = facts.get("dispute.settled_plan"), facts.get("return.agreed_at")
    if settled in SETTLED_BY:
        side, who = SETTLED_BY[settled]
    elif facts.get("dispute.seller_response") == "accepted" or agreed is not None:
        side, who = SETTLED_BY["buyer_plan"]
    else:
        return
    named = facts.get("dispute.accepted_plan_id")
    own = plans_of(facts, side)
    chosen = [one for one in own if one["id"] == named] or own[-1:]
    if settled not in SETTLED_BY and named is None:
        chosen = own[:1]
    if not chosen and side is not Role.BUYER:
        return
    stood = max([answered_at, *(one["at"] for one in chosen if one.get("at"))])
    name = chosen[-1]["id"] if chosen else ""
    returns = agreed is not None and settled not in SETTLED_BY
    for role in who:
        yield Act(agreed or stood, role, _accepting(name, returns=returns))


def _accepting(name: str, *, returns: bool) -> Any:
    """Acceptance of a plan; where a return was agreed, of none that only pays."""

    def make(case: Played) -> asked.AcceptPlan | None:
        dispute = case.file.open_dispute
        plan = dispute.plan(case.plans.get(name, "buyer-1")) if dispute else None
        if plan is None or (returns and plan.terms.kind is Kind.REFUND_ONLY):
            return None
        return asked.AcceptPlan(plan.id, plan.version, None)

    return make


def _return(facts: Facts) -> Iterator[Act]:
    agreed = facts.get("return.agreed_at")
    if agreed is None:
        return
    filed, shipped = facts.get("return.waybill_filed_at"), facts.get("return.shipped_at")
    if filed is not None:
        in_time = shipped is not None and shipped <= agreed + DAYS_TO_SEND
        # A number that follows a handover in time is in time too (AMB-13).
        at = min(filed, agreed + DAYS_TO_SEND) if in_time else filed
        yield Act(at, Role.BUYER, lambda _: asked.EnterReturnWaybill("as entered", "RETURN-1"))
    acted = facts.get("return.seller_acted_at") or facts.get("return.escalated_at")
    action = facts.get("return.seller_action")
    if acted is None:
        return
    escalated = facts.get("return.escalated_at") or acted
    if action == "confirmed":
        yield Act(acted, Role.SELLER, lambda _: asked.ConfirmReturn())
    if action in ("escalated", "withdrew_arbitration"):
        at = escalated if action == "withdrew_arbitration" else acted
        yield Act(at, Role.SELLER, lambda _: asked.EscalateReturn(words("reasons"), ()))
    if action == "withdrew_arbitration":
        yield Act(acted, Role.SELLER, lambda _: asked.WithdrawEscalation())


def filing(facts: Facts) -> asked.OpenDispute:
    """The filing that the facts tell of; parts they do not mention are taken as given."""
    reason = Reason(facts["dispute.reason"])
    kind, amount = _request(facts)
    subcase = Subcase(facts.get("dispute.subcase") or "none")
    unlike = reason is Reason.NOT_AS_AGREED
    shown = facts.get("dispute.evidence_uploaded") is not False
    return asked.OpenDispute(
        dispute_id="dispute",
        number="D-0000-0000",
        reason=reason,
        subcase=(subcase if subcase is not Subcase.NONE else Subcase.QUALITY)
        if unlike
        else Subcase.NONE,
        kind=kind,
        items=_items(facts, amount),
        return_freight=Role.SELLER if kind is Kind.RETURN_AND_REFUND else None,
        description=words("" if facts.get("dispute.description_given") is False else "given"),
        wanted=words("" if facts.get("dispute.solution_given") is False else "given"),
        evidence=(Upload("0" * 64, 1, "image/png", words("file")),) if shown else (),
    )


def _request(facts: Facts) -> tuple[Kind, int]:
    """Kind and amount of the first request: the buyer's first plan where plans are told."""
    own = plans_of(facts, Role.BUYER)
    if own:
        return Kind(own[0]["kind"]), own[0]["amount"]
    kind = Kind(facts.get("dispute.request") or "refund_only")
    return kind, facts.get("dispute.requested_amount") or facts["order.total_paid"]


def _items(facts: Facts, amount: int) -> tuple[Item, ...]:
    """The amount over goods first, then freight."""
    goods = min(amount, facts["order.goods_amount"])
    freight = amount - goods
    items = (Item(goods, 1),) if goods else ()
    return (*items, Item(freight)) if freight else items


def new_terms(facts: Facts, kind: str, amount: int) -> asked.NewTerms:
    """The terms of a plan over this amount: goods first, then freight."""
    goods = min(amount, facts["order.goods_amount"])
    payer = Role.SELLER if kind == Kind.RETURN_AND_REFUND.value else None
    return asked.NewTerms(Kind(kind), Refund(goods, amount - goods), payer, None)
