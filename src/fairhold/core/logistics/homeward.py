"""Where a return is, by its scans.

Source: "AliExpress dispute handling process and guidelines", return after receipt (AMB-41).
"""

from collections.abc import Callable

from fairhold.core.logistics.fold import ParcelState, Story
from fairhold.core.logistics.report import ReturnState
from fairhold.core.logistics.scan import Place, ScanKind

# At the seller's door, or at the post office round the corner.
AT_THE_DOOR = frozenset(
    {ScanKind.OUT_FOR_DELIVERY, ScanKind.ATTEMPTED, ScanKind.HELD_FOR_PICKUP, ScanKind.REFUSED}
)
FAILED = frozenset({ScanKind.UNDELIVERABLE, ScanKind.LOST, ScanKind.REFUSED})
GOING_BACK = frozenset({ScanKind.RETURNING, ScanKind.RETURNED})


def return_state(story: Story, in_city: Callable[[Place], bool]) -> ReturnState:
    """The state of a return; `in_city` says whether a place is the seller's city."""
    deciding = story.deciding
    if deciding is None or not story.news:
        return ReturnState.NONE
    if story.state is ParcelState.DELIVERED:
        return ReturnState.DELIVERED
    if story.state is ParcelState.AT_CUSTOMS:
        return ReturnState.HELD_CN_CUSTOMS
    if deciding.kind in GOING_BACK:
        arrived = any(one.kind in AT_THE_DOOR or in_city(one.place) for one in story.news)
        return ReturnState.SENT_BACK if arrived else ReturnState.UNDELIVERABLE
    return ReturnState.UNDELIVERABLE if deciding.kind in FAILED else ReturnState.IN_TRANSIT
