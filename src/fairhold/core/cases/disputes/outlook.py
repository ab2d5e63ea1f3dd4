"""Whose turn it is and until when. Read by lists, pages and the API alike."""

from datetime import datetime

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.proof import Asking
from fairhold.core.cases.disputes.state import Dispute, Plan, State
from fairhold.core.values.roles import PARTIES, Role, other_party

# Who has to act in a state that leaves no choice.
FIXED_TURN: dict[State, tuple[Role, ...]] = {
    State.RETURN_AGREED: (Role.BUYER,),
    State.RETURN_SHIPPED: (Role.SELLER,),
    State.RETURN_ESCALATED: (Role.PLATFORM,),
    State.CLOSED: (),
}


def waiting_on(dispute: Dispute) -> tuple[Role, ...]:
    """The sides whose move it is; empty when the case is closed."""
    asked = tuple(side for side in PARTIES if owes_documents(dispute, side))
    if asked and dispute.state is not State.CLOSED:
        return asked
    fixed = FIXED_TURN.get(dispute.state)
    if fixed is not None:
        return fixed
    if dispute.clock("seller_response") is not None:
        return (Role.SELLER,)
    if dispute.state is State.NEGOTIATING:
        return (other_party(_last_mover(dispute)),)
    proposed = dispute.standing(Role.PLATFORM)
    if not proposed or dispute.clock("award") is not None:
        return (Role.PLATFORM,)
    return tuple(side for side in PARTIES if side not in proposed[0].accepted_by)


def owes_documents(dispute: Dispute, side: Role) -> bool:
    """Whether the platform waits for documents of this side."""
    return any(one.party is side and one.standing is Asking.OPEN for one in dispute.requests)


def next_clock(dispute: Dispute) -> Clock | None:
    """The clock that runs out first."""
    running = [clock for clock in dispute.clocks if clock.paused_at is None]
    return min(running, key=lambda clock: clock.due_at, default=None)


def next_due(dispute: Dispute) -> datetime | None:
    """When the next thing happens by itself (aware UTC); None when nothing will."""
    clock = next_clock(dispute)
    return clock.due_at if clock else None


def _last_mover(dispute: Dispute) -> Role:
    """The party that changed its plans last."""
    own = [plan for plan in dispute.plans if plan.stands and plan.side in PARTIES]
    latest: Plan = max(own, key=lambda plan: plan.changed_at)
    return latest.side
