"""The story of the parcels of an order: what happened, where, at what local time.

Both sides read the same story; flags are for the desk's staff.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Nudged
from fairhold.core.cases.tracking import number_of
from fairhold.core.logistics.address import Compared, Part, Verdict
from fairhold.core.logistics.carriers import Carrier
from fairhold.core.logistics.combine import CUSTOMS, scans_behind
from fairhold.core.logistics.customs import DEFAULTS
from fairhold.core.logistics.fold import Story, fold
from fairhold.core.logistics.nudge import eased
from fairhold.core.logistics.report import Detail, Direction, Flag, FlagCode, ParcelReport
from fairhold.core.logistics.scan import Scan, ScanKind
from fairhold.core.logistics.waybill import Examined, examine, plain
from fairhold.core.values.roles import Role
from fairhold.flow import speech
from fairhold.flow.access import SEE_EVERY_CASE
from fairhold.flow.desk import Desk
from fairhold.flow.labels import Labels
from fairhold.flow.narrate_parcels import nothing_known, parcel_name, state_words
from fairhold.flow.parcels.reading import meant, numbered, numbers_of
from fairhold.flow.parcels.wordings import CAUSES, CUSTOMS_REASONS, FLAGS, HAPPENED, MARKS, WHY
from fairhold.flow.request import Viewer
from fairhold.store import scans
from fairhold.store.scans import Kept

# Records shown on a page; all of them can be had over the API.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Happening:
    """One record as people read it. `local` is the time at the place, aware in its own zone."""

    kind: ScanKind
    what: str
    text: str
    place: str
    local: datetime
    zone_assumed: bool
    source: str
    digest: str
    number: str
    counts: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the way. `here`: the parcel was last seen here."""

    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A flag or a verdict in words, with the scans it rests on."""

    code: str
    words: str
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelStory:
    """A parcel with its story, newest record first."""

    direction: Direction
    number: int
    name: str
    waybill: str
    carrier: str
    page: str | None
    examined: Examined
    state: str
    report: ParcelReport | None
    happenings: tuple[Happening, ...]
    stops: tuple[Stop, ...]
    verdicts: tuple[Told, ...]
    flags: tuple[Told, ...]
    nudges: tuple[Nudged, ...]
    others: tuple[str, ...]
    more: int


def stories(desk: Desk, file: CaseFile, viewer: Viewer) -> tuple[ParcelStory, ...]:
    """Every parcel of this file as this viewer reads it; one statement, however many parcels."""
    names = [(Direction.OUTBOUND, one.number) for one in file.the_order.parcels]
    names += [(Direction.RETURN, 1)] if number_of(file, Direction.RETURN, 1) else []
    numbers = {name: numbers_of(file, *name) for name in names}
    wanted = [number for listed in numbers.values() for number in listed]
    kept = scans.scans_of(wanted) if wanted else []
    return tuple(
        _story(desk, file, viewer, name, [one for one in kept if one.number in numbers[name]])
        for name in names
    )


def _story(
    desk: Desk,
    file: CaseFile,
    viewer: Viewer,
    name: tuple[Direction, int],
    kept: list[Kept],
) -> ParcelStory:
    waybill, carrier_name = _number(file, name)
    report = file.the_order.report(*name)
    current = report if report and plain(report.waybill) == plain(waybill) else None
    meanings = {one.scan.digest: meant(desk.parcels, one) for one in kept}
    story = fold(meanings.values())
    counting = {scan.digest for scan in story.scans}
    told = sorted(kept, key=lambda one: one.scan.order, reverse=True)
    carrier = desk.parcels.register.named(carrier_name)
    staff = viewer.role in SEE_EVERY_CASE
    return ParcelStory(
        direction=name[0],
        number=name[1],
        name=parcel_name(*name),
        waybill=waybill,
        carrier=carrier.name if carrier else carrier_name,
        page=carrier.page(plain(waybill)) if carrier else None,
        examined=_examined(desk, waybill, carrier),
        state=state_words(current) if current else nothing_known(),
        report=current,
        happenings=tuple(
            _happening(one, meanings[one.scan.digest], counting) for one in told[:MOST_SHOWN]
        ),
        stops=tuple(_stops(story)),
        verdicts=tuple(_verdict(one) for one in current.compared) if current else (),
        flags=tuple(_flags(current)) if current and staff else (),
        nudges=tuple(_nudges(file, viewer.role, name, story)),
        others=tuple(one.waybill for one in numbered(file, *name)[1:]),
        more=max(0, len(told) - MOST_SHOWN),
    )


def _examined(desk: Desk, waybill: str, carrier: Carrier | None) -> Examined:
    return examine(waybill, desk.parcels.register, carrier)


def _number(file: CaseFile, name: tuple[Direction, int]) -> tuple[str, str]:
    if name[0] is Direction.RETURN:
        leg = file.the_dispute.leg
        return (leg.waybill or "", leg.carrier or "") if leg else ("", "")
    parcel = file.the_order.parcel(name[1])
    return (parcel.waybill, parcel.carrier) if parcel else ("", "")


def _happening(kept: Kept, scan: Scan, counting: set[str]) -> Happening:
    mark = kept.mark if scan.kind is ScanKind.UNMAPPED else None
    return Happening(
        kind=scan.kind,
        what=HAPPENED[scan.kind],
        text=scan.text,
        place=place_words(scan),
        local=local_time(scan),
        zone_assumed=scan.zone_assumed,
        source=kept.source,
        digest=scan.digest,
        number=kept.number,
        counts=scan.digest in counting and mark is None,
        mark=MARKS.get(mark or "", ""),
    )


def place_words(scan: Scan) -> str:
    """The place of a scan as it is shown."""
    place = scan.place
    return ", ".join(one for one in (place.city, place.province, place.country) if one)


def local_time(scan: Scan) -> datetime:
    """When it was at the place of the scan."""
    return scan.at.astimezone(timezone(timedelta(minutes=scan.offset_minutes)))


def _stops(story: Story) -> Iterator[Stop]:
    """The places on the way, each once where the parcel stayed; the last is where it was seen."""
    names: list[str] = []
    for scan in story.news:
        name = scan.place.city or scan.place.country
        if name and (not names or names[-1].casefold() != name.casefold()):
            names.append(name)
    for place, name in enumerate(names, start=1):
        yield Stop(name, here=place == len(names))


def _verdict(one: Compared) -> Told:
    part, verdict = PARTS[one.part], VERDICTS[one.verdict]
    why = WHY.get(one.why, "")
    words = str(_("{part}: {verdict}. {why}") if why else _("{part}: {verdict}."))
    return Told(one.verdict.value, words.format(part=part, verdict=verdict, why=why), ())


PARTS = Labels(
    {
        Part.COUNTRY: _("Country"),
        Part.PROVINCE: _("Province"),
        Part.CITY: _("City"),
        Part.ZIP: _("Postal code"),
        Part.SIGNATORY: _("Who signed"),
    }
)
# Details of a flag that name several things by their codes.
LISTED: dict[str, Mapping[Any, str]] = {"parts": PARTS, "causes": CAUSES}
VERDICTS = Labels(
    {
        Verdict.MATCH: _("as in the order"),
        Verdict.MISMATCH: _("not as in the order"),
        Verdict.NOT_SHOWN: _("not shown by the carrier"),
        Verdict.NOT_SURE: _("not certain, a person has to look"),
    }
)


# Why customs holds a parcel; and where a side answers for that by default, which one.
BY_CUSTOMS = Labels(
    {
        "undetermined": _("By the carrier, customs holds the parcel because {reason}."),
        "buyer": _(
            "By the carrier, customs holds the parcel because {reason}. Where the paper names "
            "nobody, the buyer answers for it."
        ),
        "seller": _(
            "By the carrier, customs holds the parcel because {reason}. Where the paper names "
            "nobody, the seller answers for it."
        ),
    }
)


def _flags(report: ParcelReport) -> Iterator[Told]:
    """What a specialist should look at, and whose a reason of customs is by default."""
    yield from (_flag(one) for one in report.flags)
    reason = report.customs_reason
    if reason is not None:
        default = DEFAULTS.get(reason)
        held = BY_CUSTOMS[default.side if default else "undetermined"]
        words = held.format(reason=CUSTOMS_REASONS[reason])
        yield Told("customs_reason", words, scans_behind([report], CUSTOMS))


def _flag(flag: Flag) -> Told:
    return Told(flag.code.value, flag_words(flag.code, flag.details), flag.scans)


def flag_words(code: FlagCode, details: tuple[Detail, ...]) -> str:
    """What a flag says, with its figures."""
    figures = {one.name: _figure(one) for one in details}
    return FLAGS[code].format_map(figures)


def _figure(detail: Detail) -> str:
    """A figure as it is; parts of an address and causes of a failure in words."""
    words = LISTED.get(detail.name)
    if words is None:
        return detail.value
    return speech.listed([str(words[one]) for one in detail.value.split(",")])


def _nudges(
    file: CaseFile, role: Role, name: tuple[Direction, int], story: Story
) -> Iterator[Nudged]:
    """The reminders of this parcel to this side that are not over; the desk's staff reads all."""
    if name[0] is not Direction.OUTBOUND:
        return
    for one in file.the_order.nudged:
        mine = one.to is role or role in SEE_EVERY_CASE
        if one.parcel == name[1] and mine and not eased(one.kind, story):
            yield one
