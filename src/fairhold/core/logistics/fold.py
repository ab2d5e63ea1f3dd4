"""The state of a parcel: a fold over its scans, the same in whatever order they came.

The rules: what the carrier took back or replaced does not count; scans count by their own time; the
latest record with news decides; what carries no news changes nothing once there is some; a parcel
that was sent back stays sent back, wherever it is seen later; customs in the country where it was
handed in is that of the way out, and the parcel on its way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from fairhold.core.logistics.scan import WITHOUT_NEWS, Scan, ScanKind


class ParcelState(StrEnum):
    """Where a parcel is.

    Source: "AliExpress dispute handling process and guidelines", category I, tracking states.
    """

    NOT_FOUND = "not_found"
    IN_TRANSIT = "in_transit"
    AT_CUSTOMS = "at_customs"
    DELIVERED = "delivered"
    RETURNED_TO_SENDER = "returned_to_sender"
    HELD_FOR_PICKUP = "held_for_pickup"


STATE_AFTER = {
    ScanKind.CUSTOMS_IN: ParcelState.AT_CUSTOMS,
    ScanKind.CUSTOMS_HELD: ParcelState.AT_CUSTOMS,
    ScanKind.HELD_FOR_PICKUP: ParcelState.HELD_FOR_PICKUP,
    ScanKind.DELIVERED: ParcelState.DELIVERED,
    ScanKind.RETURNING: ParcelState.RETURNED_TO_SENDER,
    ScanKind.RETURNED: ParcelState.RETURNED_TO_SENDER,
}
SENT_BACK = frozenset({ScanKind.RETURNING, ScanKind.RETURNED})
CUSTOMS = frozenset({ScanKind.CUSTOMS_IN, ScanKind.CUSTOMS_HELD})
# A notice of delay does not move a parcel: it stays where the record before it left it.
LEAVES_AS_IT_WAS = frozenset({ScanKind.DELAYED})
IN_ORDER = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Story:
    """What the scans of one parcel say.

    `scans` are those that count, oldest first; `first` is the first with news, `last` the latest,
    `deciding` the one that the state rests on. `state` is None where nobody looked yet: without a
    single record nothing is known, not even that there is none.
    """

    state: ParcelState | None
    scans: tuple[Scan, ...]
    news: tuple[Scan, ...]
    deciding: Scan | None

    @property
    def first(self) -> Scan | None:
        """The first record that the carrier made of the parcel in its hands."""
        return self.news[0] if self.news else None

    @property
    def last(self) -> Scan | None:
        """The latest record with news."""
        return self.news[-1] if self.news else None

    @property
    def delivered(self) -> Scan | None:
        """The delivery, while the parcel counts as delivered."""
        return self.deciding if self.state is ParcelState.DELIVERED else None


def fold(scans: Iterable[Scan]) -> Story:
    """The story that these scans tell, whatever their order and however often each came."""
    standing = _standing(scans)
    news = tuple(scan for scan in standing if scan.kind not in WITHOUT_NEWS)
    movers = [scan for scan in news if scan.kind not in LEAVES_AS_IT_WAS]
    back = [scan for scan in movers if scan.kind in SENT_BACK]
    told = back or movers
    deciding = told[-1] if told else None
    if deciding is not None:
        kind = ScanKind.MOVING if _on_the_way_out(news, deciding) else deciding.kind
        state = STATE_AFTER.get(kind, ParcelState.IN_TRANSIT)
    elif news:
        state, deciding = ParcelState.IN_TRANSIT, news[-1]
    else:
        return Story(*_without_news(standing))
    return Story(state, standing, news, deciding)


def _on_the_way_out(news: tuple[Scan, ...], scan: Scan) -> bool:
    """Whether this is customs of the country in which the parcel was handed in."""
    if scan.kind not in CUSTOMS or scan.place.country is None:
        return False
    handed_in = (one.place.country for one in news if one.kind is ScanKind.ACCEPTED)
    return next((country for country in handed_in if country), None) == scan.place.country


def _without_news(
    standing: tuple[Scan, ...],
) -> tuple[ParcelState | None, tuple[Scan, ...], tuple[Scan, ...], Scan | None]:
    """Not found, where the carrier said so or only knows that a parcel was announced."""
    told = [one for one in standing if one.kind in (ScanKind.NOT_FOUND, ScanKind.ANNOUNCED)]
    if not told:
        return None, standing, (), None
    return ParcelState.NOT_FOUND, standing, (), told[-1]


def _standing(scans: Iterable[Scan]) -> tuple[Scan, ...]:
    """The scans that count: each once, in its latest revision, none that was taken back."""
    once = {scan.digest: scan for scan in scans}
    readable = {one.ref for one in once.values() if one.kind is not ScanKind.UNMAPPED}
    latest: dict[str, Scan] = {}
    without_ref = []
    for scan in once.values():
        if scan.ref is None:
            if scan.kind is not ScanKind.WITHDRAWN:
                without_ref.append(scan)
        elif scan.kind is ScanKind.UNMAPPED and scan.ref in readable:
            continue  # a revision that cannot be read takes the place of none that can
        elif scan.ref not in latest or _revision(scan) > _revision(latest[scan.ref]):
            latest[scan.ref] = scan
    kept = (scan for scan in latest.values() if scan.kind is not ScanKind.WITHDRAWN)
    return tuple(sorted((*without_ref, *kept), key=IN_ORDER))


def _revision(scan: Scan) -> tuple[bool, object, bool, int, str]:
    """How late a revision is; where the carrier does not say, taking back comes last, and of two
    records the one that says more.
    """
    dated = scan.revised_at is not None
    withdrawn = scan.kind is ScanKind.WITHDRAWN
    said = (scan.signatory, scan.weight_grams, scan.place.city, scan.place.zip, scan.text or None)
    fields = sum(one is not None for one in said)
    return dated, scan.revised_at or 0, withdrawn, fields, scan.digest
