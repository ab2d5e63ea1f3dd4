"""Lists of disputes: whose they are, and the quick filters.

Source: "AliExpress dispute handling process and guidelines", quick filters of the dispute list.
"""

from collections.abc import Callable

from django.db.models import Count, Q, QuerySet

from fairhold.core.cases.disputes.state import State
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow.access import SEE_EVERY_CASE
from fairhold.flow.request import Viewer
from fairhold.store.models import DisputeCase, OrderFile

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


def version_of(viewer: Viewer, case_id: str) -> int | None:
    """How many entries the order of a dispute has by now; None where the viewer sees none."""
    order = cases_of(viewer).filter(id=case_id).values("order_id")
    return OrderFile.objects.filter(id__in=order).values_list("version", flat=True).first()


def waiting_for(role: Role) -> Q:
    """Waiting for you: the other side has acted, your answer is due."""
    name = role.value if role in PARTIES else Role.PLATFORM.value
    mine = Q(waiting_on=name)
    if role in PARTIES:
        mine |= Q(waiting_on="both")
    return mine & Q(closed_at=None)


CONDITIONS: dict[str, Callable[[Role], Q]] = {
    "all": lambda _: Q(),
    "in_process": lambda _: Q(closed_at=None),
    "waiting_for_you": waiting_for,
    # The seller's confirmation of a return is awaited.
    "awaiting_receipt": lambda _: Q(state=State.RETURN_SHIPPED.value),
    "closed": lambda _: Q(closed_at__isnull=False),
}


def filtered(cases: Cases, name: str, role: Role) -> Cases:
    """The disputes of a quick filter."""
    return cases.filter(CONDITIONS[name](role))


def counted(cases: Cases, role: Role) -> dict[str, int]:
    """How many disputes each quick filter holds, in one statement."""
    counts = {name: Count("id", filter=found(role)) for name, found in CONDITIONS.items()}
    return cases.aggregate(**counts)
