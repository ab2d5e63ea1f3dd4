"""A parcel read: its scans folded, held against the order, and put into a report.

What the order says of its destination is the marketplace's, part by part. Where it gave only a
text, nobody can be sure of any part: a name of a street may be that of a city.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fairhold.adapters.addresses import compare
from fairhold.adapters.addresses.spelled import latin
from fairhold.adapters.places import country_of, locate
from fairhold.adapters.tracking.normal import AHEAD, NO_MEANING
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Number, Parcel
from fairhold.core.cases.tracking import number_of
from fairhold.core.logistics import combine
from fairhold.core.logistics.address import Compared, Destination
from fairhold.core.logistics.fold import ParcelState, Story, fold
from fairhold.core.logistics.homeward import return_state
from fairhold.core.logistics.report import (
    Basis,
    Detail,
    Direction,
    Flag,
    FlagCode,
    ParcelReport,
    ReturnState,
)
from fairhold.core.logistics.scan import Place, Scan, ScanKind
from fairhold.core.logistics.truth import MOST_NAMED, Circumstances, flags
from fairhold.core.logistics.waybill import Standing, examine, plain
from fairhold.flow.parcels.room import ParcelRoom
from fairhold.store import parcels, queries, scans
from fairhold.store.scans import Kept

RETURN_FLAGS = {
    ReturnState.SENT_BACK: FlagCode.RETURN_SENT_BACK,
    ReturnState.HELD_CN_CUSTOMS: FlagCode.RETURN_AT_CUSTOMS,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A parcel as it was read at one moment."""

    report: ParcelReport
    story: Story
    kept: tuple[Kept, ...]
    promised_by: datetime | None
    usual_silence: timedelta


def read(
    room: ParcelRoom, file: CaseFile, direction: Direction, number: int, now: datetime
) -> Reading | None:
    """Read a parcel of this file as of `now`; None where there is no such parcel."""
    waybill = number_of(file, direction, number)
    if waybill is None:
        return None
    kept = scans.scans_of(numbers_of(file, direction, number))
    story = fold(meant(room, one) for one in kept)
    outbound = direction is Direction.OUTBOUND
    place = destination_of(file) if outbound else Destination()
    usual = room.routes.usual_silence(_origin(story), place.country or None)
    compared = _compared(place, story) if outbound else ()
    around = _circumstances(file, (direction, number), place, usual, now)
    about = _about_numbers(room, file, (direction, number), kept)
    raised = (*flags(story, around, compared, locate), *about)
    back = None
    if not outbound:
        back = return_state(story, _in_sellers_city(file))
        if back in RETURN_FLAGS and story.deciding:
            raised += (Flag(RETURN_FLAGS[back], (story.deciding.digest,)),)
    report = _report(room, file, (direction, number), waybill, (story, compared, raised, back))
    return Reading(report, story, tuple(kept), _promised_by(file, direction), usual)


def numbers_of(file: CaseFile, direction: Direction, number: int) -> list[str]:
    """The numbers under which records of a parcel count now, as carriers read them."""
    return [plain(one.waybill) for one in numbered(file, direction, number)]


def numbered(file: CaseFile, direction: Direction, number: int) -> tuple[Number, ...]:
    """The numbers of a parcel that count now, each under its carrier: its own, then transfers."""
    if direction is Direction.RETURN:
        leg = file.dispute.leg if file.dispute and number == 1 else None
        if leg is None or leg.waybill is None:
            return ()
        return (Number(leg.carrier or "", leg.waybill, leg.shipped_at or leg.agreed_at),)
    parcel = file.the_order.parcel(number)
    if parcel is None:
        return ()
    return (Number(parcel.carrier, parcel.waybill, parcel.dispatched_at), *parcel.transfers)


def meant(room: ParcelRoom, kept: Kept) -> Scan:
    """The scan; a text that had no meaning when it came may have one by now."""
    scan = kept.scan
    if scan.kind is not ScanKind.UNMAPPED or kept.mark != NO_MEANING:
        return scan
    meaning = room.meanings.of(scan.text, kept.source, None)
    if meaning.kind is ScanKind.UNMAPPED or (meaning.needs_country and not scan.place.country):
        return scan
    return replace(scan, kind=meaning.kind, reason=meaning.reason, cause=meaning.cause)


def _origin(story: Story) -> str | None:
    return next((one.place.country for one in story.news if one.place.country), None)


def destination_of(file: CaseFile) -> Destination:
    """Where the order goes, part by part, as the marketplace said it; empty where it did not."""
    ref = file.the_order.agreement.delivery_place
    text = queries.texts([ref.id]).get(ref.id) if ref else None
    if text is None:
        return Destination()
    said = json.loads(text)
    country = country_of(said.get("country", "")) or said.get("country", "")
    return Destination(**{**said, "country": country})


def _compared(place: Destination, story: Story) -> tuple[Compared, ...]:
    delivery = story.delivered
    if delivery is None:
        return ()
    return compare(place, delivery.place, delivery.signatory)


def _in_sellers_city(file: CaseFile) -> Callable[[Place], bool]:
    """Whether a place is named in the address that the return goes to."""
    leg = file.dispute.leg if file.dispute else None
    text = queries.texts([leg.address.id]).get(leg.address.id, "") if leg else ""
    address = f" {latin(text)} "
    return lambda place: bool(place.city) and f" {latin(place.city or '')} " in address


def _circumstances(
    file: CaseFile,
    name: tuple[Direction, int],
    place: Destination,
    usual: timedelta,
    now: datetime,
) -> Circumstances:
    order = file.the_order
    outbound = name[0] is Direction.OUTBOUND
    leg = file.dispute.leg if file.dispute else None
    begun = leg.agreed_at if leg and not outbound else order.agreement.ordered_at
    parcel = order.parcel(name[1]) if outbound else None
    return Circumstances(
        ordered_at=begun,
        cancelled_at=order.cancellation_requested_at if outbound else None,
        country=place.country or None,
        goods_grams=_grams(file, parcel) if parcel else None,
        usual_silence=usual,
        now=now,
    )


def _grams(file: CaseFile, parcel: Parcel) -> int | None:
    """What the goods in a parcel weigh; None where a line does not say."""
    lines = {line.number: line.unit_grams for line in file.the_order.agreement.lines}
    weights = [(lines.get(one.line), one.quantity) for one in parcel.contents]
    known = [grams * quantity for grams, quantity in weights if grams is not None]
    return sum(known) if len(known) == len(weights) and known else None


def _about_numbers(
    room: ParcelRoom, file: CaseFile, name: tuple[Direction, int], kept: Iterable[Kept]
) -> Iterator[Flag]:
    """What the numbers of a parcel say against its records: dated ahead, impossible, another's."""
    ahead = tuple(one.scan.digest for one in kept if one.mark == AHEAD)
    if ahead:
        yield Flag(FlagCode.DATED_AHEAD, ahead[:MOST_NAMED])
    numbers = numbered(file, *name)
    examined = (
        examine(one.waybill, room.register, room.register.named(one.carrier)) for one in numbers
    )
    if any(one.standing is Standing.IMPOSSIBLE for one in examined):
        yield Flag(FlagCode.NUMBER_IMPOSSIBLE)
    if shared(file, [plain(one.waybill) for one in numbers]):
        yield Flag(FlagCode.NUMBER_SHARED)
    parcel = file.the_order.parcel(name[1]) if name[0] is Direction.OUTBOUND else None
    if parcel is not None and parcel.replaced:
        told = (
            Detail("times", str(len(parcel.replaced))),
            Detail("first", parcel.replaced[0].waybill),
        )
        yield Flag(FlagCode.NUMBER_REPLACED, (), told)
    if parcel is not None and parcel.transfers:
        yield Flag(FlagCode.NUMBER_TRANSFERRED, (), (Detail("times", str(len(parcel.transfers))),))


def shared(file: CaseFile, numbers: Iterable[str]) -> frozenset[str]:
    """The numbers among these that stand on another order too, or on two parcels of this one."""
    wanted = set(numbers)
    others = parcels.orders_of(wanted)
    elsewhere = {number for number, orders in others.items() if orders - {file.order_id}}
    mine = Counter(
        plain(one.waybill)
        for parcel in file.the_order.parcels
        for one in numbered(file, Direction.OUTBOUND, parcel.number)
    )
    return frozenset(elsewhere | {number for number in wanted if mine[number] > 1})


def _report(
    room: ParcelRoom,
    file: CaseFile,
    name: tuple[Direction, int],
    waybill: str,
    found: tuple[Story, tuple[Compared, ...], tuple[Flag, ...], ReturnState | None],
) -> ParcelReport:
    story, compared, raised, back = found
    first, last, delivered = story.first, story.last, story.delivered
    reason = _reason(story)
    return ParcelReport(
        direction=name[0],
        parcel=name[1],
        waybill=waybill,
        recognised=_recognised(room, file, name),
        state=story.state,
        first_event_at=first.at if first else None,
        last_event_at=last.at if last else None,
        delivered_at=delivered.at if delivered else None,
        zone_assumed=first.zone_assumed if first else False,
        compared=compared,
        customs_reason=reason.reason if reason else None,
        return_state=back,
        flags=raised,
        basis=tuple(_basis(story, compared, reason, back)),
        records=len(story.scans),
    )


def _recognised(room: ParcelRoom, file: CaseFile, name: tuple[Direction, int]) -> bool | None:
    """Whether the carrier's records count by the register; None where there is no register."""
    if not room.register.carriers or name[0] is Direction.RETURN:
        return None
    carriers = [room.register.named(one.carrier) for one in numbered(file, *name)]
    return all(one is not None and one.proof for one in carriers)


def _reason(story: Story) -> Scan | None:
    """The latest record that says why customs holds the parcel, while it does."""
    if story.state is not ParcelState.AT_CUSTOMS:
        return None
    held = [one for one in story.news if one.kind is ScanKind.CUSTOMS_HELD and one.reason]
    return held[-1] if held else None


def _basis(
    story: Story,
    compared: tuple[Compared, ...],
    reason: Scan | None,
    back: ReturnState | None,
) -> Iterable[Basis]:
    if story.deciding:
        deciding = (story.deciding.digest,)
        yield Basis(combine.STATE, deciding)
        if story.delivered:
            yield Basis(combine.DELIVERED, deciding)
        for one in compared:
            yield Basis(f"tracking.{one.part.value}", deciding)
        if back:
            yield Basis(combine.RETURN, deciding)
    if story.first:
        yield Basis(combine.FIRST, (story.first.digest,))
    if reason:
        yield Basis(combine.CUSTOMS, (reason.digest,))


def _promised_by(file: CaseFile, direction: Direction) -> datetime | None:
    order = file.the_order
    sent = order.all_dispatched_at()
    if sent is None or direction is Direction.RETURN:
        return None
    return sent + timedelta(days=order.agreement.promise_days)
