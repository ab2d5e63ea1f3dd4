"""Lists of disputes: whose they are, and the quick filters.

Source: "AliExpress dispute handling process and guidelines", quick filters of the dispute list.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from fairhold.core.cases.disputes.state import State
from fairhold.core.values.roles import Role
from fairhold.flow.access import SEE_EVERY_CASE
from fairhold.flow.request import Viewer
from fairhold.store.models import DisputeCase

Cases = QuerySet[DisputeCase]


def cases_of(viewer: Viewer) -> Cases:
    """The disputes that exist for this viewer."""
    if viewer.role in SEE_EVERY_CASE:
        return DisputeCase.objects.all()
    if viewer.role is Role.BUYER and viewer.party_id:
        return DisputeCase.objects.filter(buyer_id=viewer.party_id)
    if viewer.role is Role.SELLER and viewer.party_id:
        return DisputeCase.objects.filter(seller_id=viewer.party_id)
    return DisputeCase.objects.none()


def in_process(cases: Cases, _: Role) -> Cases:
    """Dispute in process."""
    return cases.filter(closed_at=None)


def waiting_for(cases: Cases, role: Role) -> Cases:
    """Waiting for you: the other side has acted, your answer is due."""
    name = role.value if role in (Role.BUYER, Role.SELLER) else Role.PLATFORM.value
    mine = Q(waiting_on=name)
    if role in (Role.BUYER, Role.SELLER):
        mine |= Q(waiting_on="both")
    return cases.filter(mine, closed_at=None)


def awaiting_receipt(cases: Cases, _: Role) -> Cases:
    """Awaiting the seller's confirmation of a return."""
    return cases.filter(state=State.RETURN_SHIPPED.value)


def closed(cases: Cases, _: Role) -> Cases:
    """Closed."""
    return cases.filter(closed_at__isnull=False)


FILTERS: dict[str, Callable[[Cases, Role], Cases]] = {
    "all": lambda cases, _: cases,
    "in_process": in_process,
    "waiting_for_you": waiting_for,
    "awaiting_receipt": awaiting_receipt,
    "closed": closed,
}
