"""Lists of orders: whose they are."""

from django.db.models import QuerySet

from fairhold.core.values.roles import Role
from fairhold.flow.access import SEE_EVERY_CASE, SEE_EVERY_SUM
from fairhold.flow.request import Viewer
from fairhold.store.models import OrderFile


def orders_of(viewer: Viewer) -> QuerySet[OrderFile]:
    """The orders that exist for this viewer."""
    if viewer.role in SEE_EVERY_CASE | SEE_EVERY_SUM:
        return OrderFile.objects.all()
    if viewer.role is Role.BUYER and viewer.party_id:
        return OrderFile.objects.filter(buyer_id=viewer.party_id)
    if viewer.role is Role.SELLER and viewer.party_id:
        return OrderFile.objects.filter(seller_id=viewer.party_id)
    return OrderFile.objects.none()
