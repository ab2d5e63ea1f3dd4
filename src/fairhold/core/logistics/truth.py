"""Whether what a carrier shows can be true: moments, order, speed, place, weight, silence.

Each check looks at the scans and at what is known of the order, and raises a flag with figures. It
never concludes: a flag is for a person, a fact for the rulebook.
Source: "AliExpress dispute handling process and guidelines", category I; forced delivery.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fairhold.core.logistics.address import Compared, Verdict
from fairhold.core.logistics.fold import ParcelState, Story
from fairhold.core.logistics.report import Detail, Flag, FlagCode
from fairhold.core.logistics.scan import Place, Scan, ScanKind

EARTH_RADIUS_KM = 6371.0
# Faster than an airliner from door to door; shorter distances say more of sorting than of flying.
FASTEST_KMH, SHORTEST_KM = 1000.0, 300.0
# What a scale may be off, and a parcel's own cover.
# Scans that a flag names.
MOST_NAMED = 10
SCALE_TOLERANCE, COVER_GRAMS = 0.1, 20
NOT_AFTER_DELIVERY = frozenset(
    {ScanKind.ACCEPTED, ScanKind.EXPORT_CUSTOMS, ScanKind.CUSTOMS_IN, ScanKind.CUSTOMS_HELD}
)
# A country that could not be recognised stays as it is shown and is held against nothing.
ISO_COUNTRY = re.compile("[A-Z]{2}")
COMING_BACK = frozenset({ScanKind.RETURNING, ScanKind.RETURNED})
AT_THE_DOOR = frozenset({ScanKind.OUT_FOR_DELIVERY, ScanKind.DELIVERED, ScanKind.HELD_FOR_PICKUP})
UNDER_WAY = frozenset({ParcelState.IN_TRANSIT, ParcelState.AT_CUSTOMS})
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the globe, in degrees; `radius_km` is how far from it the scan may have been."""

    latitude: float
    longitude: float
    radius_km: float


Locate = Callable[[Place], Spot | None]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of an order beside the scans.

    Units: `goods_grams` grams of everything in the parcel, None where a line names no weight;
    `usual_silence` how long a carrier is usually silent on this route.
    """

    ordered_at: datetime
    cancelled_at: datetime | None
    country: str | None
    goods_grams: int | None
    usual_silence: timedelta
    now: datetime


def flags(
    story: Story, around: Circumstances, compared: Sequence[Compared], locate: Locate
) -> Iterator[Flag]:
    """Every flag that these scans raise, in a fixed order."""
    yield from _moments(story, around)
    yield from _order_of_scans(story)
    yield from _after_return(story)
    yield from _speed(story, locate)
    yield from _place(story, around, compared)
    yield from _weight(story, around)
    yield from _silence(story, around)
    yield from _causes(story)
    yield from _unread(story)


def _flag(code: FlagCode, scans: Sequence[Scan], **details: object) -> Flag:
    told = tuple(Detail(name, str(value)) for name, value in details.items())
    return Flag(code, tuple(scan.digest for scan in scans)[:MOST_NAMED], told)


def _moments(story: Story, around: Circumstances) -> Iterator[Flag]:
    """The first record against the order and against a cancellation."""
    announced = next((one for one in story.scans if one.kind is ScanKind.ANNOUNCED), None)
    first = story.first
    if first is not None and first.at < around.ordered_at:
        yield _flag(FlagCode.BEFORE_ORDER, [first], hours=_hours(around.ordered_at - first.at))
    elif announced is not None and announced.at < around.ordered_at:
        hours = _hours(around.ordered_at - announced.at)
        yield _flag(FlagCode.ANNOUNCED_BEFORE_ORDER, [announced], hours=hours)
    if first is None:
        return
    if around.cancelled_at is not None:
        late = around.cancelled_at < first.at
        code = FlagCode.AFTER_CANCELLATION if late else FlagCode.BEFORE_CANCELLATION
        yield _flag(code, [first], hours=_hours(abs(first.at - around.cancelled_at)))
    if first.zone_assumed:
        yield _flag(FlagCode.ZONE_ASSUMED, [first])


def _hours(span: timedelta) -> int:
    return span // HOUR


def _order_of_scans(story: Story) -> Iterator[Flag]:
    """What cannot come after a delivery, and what came after one all the same."""
    delivery = next((one for one in story.news if one.kind is ScanKind.DELIVERED), None)
    if delivery is None:
        return
    later = [one for one in story.news if one.at > delivery.at]
    odd = [one for one in later if one.kind in NOT_AFTER_DELIVERY]
    if odd:
        yield _flag(FlagCode.IMPOSSIBLE_ORDER, [delivery, *odd])
    others = [
        one
        for one in later
        if one.kind not in NOT_AFTER_DELIVERY and one.kind is not ScanKind.DELIVERED
    ]
    if others:
        yield _flag(FlagCode.AFTER_DELIVERY, [delivery, *others])


def _after_return(story: Story) -> Iterator[Flag]:
    """A parcel that was sent back and is delivered, or about to be, all the same."""
    back = next((one for one in story.news if one.kind in COMING_BACK), None)
    if back is None:
        return
    later = [one for one in story.news if one.at > back.at and one.kind in AT_THE_DOOR]
    if later:
        yield _flag(FlagCode.AFTER_RETURN, [back, *later])


def _speed(story: Story, locate: Locate) -> Iterator[Flag]:
    """Two places too far apart for the time between them; the fastest pair is named."""
    worst: tuple[float, int, Scan, Scan] | None = None
    before: tuple[Scan, Spot] | None = None
    for scan in story.news:
        spot = locate(scan.place)
        if spot is None:
            continue
        if before is not None and before[1] != spot:
            worst = _faster(worst, before, (scan, spot))
        before = scan, spot
    if worst is not None:
        _, km, left, right = worst
        minutes = (right.at - left.at) // timedelta(minutes=1)
        yield _flag(FlagCode.IMPOSSIBLE_SPEED, [left, right], km=km, minutes=minutes)


def _faster(
    worst: tuple[float, int, Scan, Scan] | None,
    left: tuple[Scan, Spot],
    right: tuple[Scan, Spot],
) -> tuple[float, int, Scan, Scan] | None:
    (one, here), (other, there) = left, right
    km = distance_km(here, there) - here.radius_km - there.radius_km
    if km < SHORTEST_KM or one.zone_assumed or other.zone_assumed:
        return worst
    hours = (other.at - one.at).total_seconds() / 3600
    speed = km / hours if hours > 0 else math.inf
    found = speed > FASTEST_KMH and (worst is None or speed > worst[0])
    return (speed, int(km), one, other) if found else worst


def distance_km(here: Spot, there: Spot) -> float:
    """The way between two places over the globe, in kilometres."""
    one, other = math.radians(here.latitude), math.radians(there.latitude)
    north, east = other - one, math.radians(there.longitude - here.longitude)
    half = math.sin(north / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def _place(story: Story, around: Circumstances, compared: Sequence[Compared]) -> Iterator[Flag]:
    delivery = story.delivered
    if delivery is None:
        return
    there = delivery.place.country
    known = [one for one in (there, around.country) if one and ISO_COUNTRY.fullmatch(one)]
    if len(known) == 2 and there != around.country:
        yield _flag(FlagCode.ELSEWHERE, [delivery], delivered=there, ordered=around.country)
    doubtful = [one.part.value for one in compared if one.verdict is Verdict.NOT_SURE]
    if doubtful:
        yield _flag(FlagCode.NOT_SURE, [delivery], parts=",".join(doubtful))


def _weight(story: Story, around: Circumstances) -> Iterator[Flag]:
    """The heaviest weight that the carrier measured, against the goods alone."""
    weighed = [one for one in story.scans if one.weight_grams]
    if not weighed or not around.goods_grams:
        return
    heaviest = max(weighed, key=lambda one: one.weight_grams or 0)
    measured = heaviest.weight_grams or 0
    if measured * (1 + SCALE_TOLERANCE) + COVER_GRAMS < around.goods_grams:
        yield _flag(FlagCode.TOO_LIGHT, [heaviest], measured=measured, goods=around.goods_grams)


def _silence(story: Story, around: Circumstances) -> Iterator[Flag]:
    last = story.last
    if last is None or story.state not in UNDER_WAY:
        return
    silent = around.now - last.at
    if silent > around.usual_silence:
        days = timedelta(days=1)
        yield _flag(
            FlagCode.SILENT, [last], days=silent // days, usual=around.usual_silence // days
        )


def _causes(story: Story) -> Iterator[Flag]:
    """Why a delivery failed, as the carrier names it: a lead, no proof."""
    named = [one for one in story.news if one.cause]
    if named and any(one.kind in COMING_BACK for one in story.news):
        causes = ",".join(dict.fromkeys(one.cause or "" for one in named))
        yield _flag(FlagCode.CAUSE_NAMED, named, causes=causes)


def _unread(story: Story) -> Iterator[Flag]:
    unread = [one for one in story.scans if one.kind is ScanKind.UNMAPPED]
    if unread:
        yield _flag(FlagCode.UNMAPPED, unread, count=len(unread))
