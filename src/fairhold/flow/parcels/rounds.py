"""The worker's round over parcels: read those with news, put on record what changed, remind.

Every change is a command on the write path; a round that is cut short is done again and finds what
is on record already.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.commands import IssueNudge, ReportParcel
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.nudge import NEARLY_OUT, nudges
from fairhold.core.logistics.report import Direction, Flag, FlagCode, ParcelReport
from fairhold.core.values.roles import PLATFORM
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.moments import present
from fairhold.flow.parcels.reading import Reading, numbers_of, read
from fairhold.flow.parcels.room import Nudging
from fairhold.flow.request import Busy, Request, Viewer
from fairhold.store import parcels, queries
from fairhold.store.load import load
from fairhold.store.parcels import News

BATCH = 200
# Scans named in one entry; more of them take several entries.
MOST_SCANS_AN_ENTRY = 500
SYSTEM = Viewer(PLATFORM)
SOON_AGAIN = timedelta(minutes=2)
ARRIVED = {ParcelState.DELIVERED, ParcelState.RETURNED_TO_SENDER}
DEFECTS = (InvariantBroken, LookupError, ValueError, TypeError)
log = structlog.get_logger()


def look_at_parcels(desk: Desk, limit: int = BATCH) -> int:
    """Read up to `limit` parcels with news; returns how many were looked at."""
    now = desk.clock.now()
    picked = parcels.with_news(now, limit)
    for news in picked:
        try:
            _look_at(desk, news)
        except (Busy, *DEFECTS) as error:
            log.error("parcel_failed", order=news.order_id, error=str(error))
            parcels.put_off(news, now)
    return len(picked)


def _look_at(desk: Desk, news: News) -> None:
    seen, is_new = parcels.counts(news), parcels.is_new(news)
    loaded = load(news.order_id, None)
    file = loaded.file
    now = present(desk, file, loaded.database_time)
    found = read(desk.parcels, file, news.direction, news.parcel, now) if file.order else None
    if found is None:
        parcels.looked_at(news, seen, None, wanted=False)
        return
    _put_on_record(desk, file, news, found)
    if news.direction is Direction.OUTBOUND and _may_remind(desk, file):
        _remind(desk, file, news, found, now)
    ahead = timedelta(seconds=file.the_order.sandbox_offset_seconds)
    # A scan that was on its way in while the number was new may not have found it.
    soon = [now + SOON_AGAIN] if is_new else []
    later = min((one for one in (*_moments(found), *soon) if one > now), default=None)
    look_at = later - ahead if later else None
    parcels.looked_at(news, seen, look_at, wanted=_wanted(file, found))


def _may_remind(desk: Desk, file: CaseFile) -> bool:
    """Whether reminders are made, and there is still money that one could save."""
    return desk.parcels.nudging is not Nudging.OFF and file.balances.held > 0


def _wanted(file: CaseFile, found: Reading) -> bool:
    """Whether anybody waits for news: the parcel is on its way, or a dispute is about it."""
    return file.open_dispute is not None or found.report.state not in ARRIVED


def _put_on_record(desk: Desk, file: CaseFile, news: News, found: Reading) -> None:
    """What is new, where a dispute needs every record or the parcel stands otherwise now."""
    before = file.the_order.report(news.direction, news.parcel)
    disputed = file.open_dispute is not None
    if not found.kept and before is None and not found.report.flags:
        return
    if not disputed and before is not None and _standing(before) == _standing(found.report):
        return
    known = _on_record(file.order_id)
    new = [one.scan.digest for one in found.kept if one.scan.digest not in known]
    if not new and before == found.report:
        return
    if _is_shared(found.report) and not (before and _is_shared(before)):
        _tell_the_first(file, found.report)
    for part in _parts(new):
        command = ReportParcel(found.report, part)
        _handle(desk, file.order_id, command)


def _standing(report: ParcelReport) -> ParcelReport:
    """What a report says that matters while nobody disputes: not how many records there are, nor
    the figures of its flags.
    """
    codes = tuple(Flag(one.code) for one in report.flags)
    return replace(report, last_event_at=None, records=0, basis=(), flags=codes)


def _is_shared(report: ParcelReport) -> bool:
    return any(flag.code is FlagCode.NUMBER_SHARED for flag in report.flags)


def _tell_the_first(file: CaseFile, report: ParcelReport) -> None:
    """Let the worker look at the order that had a number of this parcel alone until now.

    Where a number is on many orders, all but the newest know already.
    """
    orders = parcels.orders_of(numbers_of(file, *report.name))
    of_two = [number for number, on in orders.items() if len(on | {file.order_id}) == 2]
    parcels.have_news(of_two, but=file.order_id)


def _parts(digests: list[str]) -> Iterator[tuple[str, ...]]:
    yield tuple(digests[:MOST_SCANS_AN_ENTRY])
    for begin in range(MOST_SCANS_AN_ENTRY, len(digests), MOST_SCANS_AN_ENTRY):
        yield tuple(digests[begin : begin + MOST_SCANS_AN_ENTRY])


def _on_record(order_id: str) -> set[str]:
    """The scans of this order that the journal names."""
    entries = (one for one in queries.entries_of(order_id) if one.type == "ParcelReported")
    return {digest for entry in entries for digest in entry.payload["scans"]}


def _remind(desk: Desk, file: CaseFile, news: News, found: Reading, now: datetime) -> None:
    sent = desk.parcels.nudging is Nudging.SEND
    known = {(one.kind, one.to, one.parcel) for one in file.the_order.nudged}
    for one in nudges(found.story, now, found.promised_by, found.usual_silence):
        if (one.kind, one.to, news.parcel) not in known:
            _handle(desk, file.order_id, IssueNudge(one.kind, one.to, news.parcel, one.scans, sent))


def _handle(desk: Desk, order_id: str, command: Any) -> None:
    """The platform's own command. A refusal says that it is on record, or not needed any more."""
    key = f"parcel:{desk.ids.new()}"
    handle(desk, Request(order_id, command, SYSTEM, key, key))


def _moments(found: Reading) -> Iterator[datetime]:
    """When a parcel may stand otherwise without a new record."""
    if found.story.last is not None:
        yield found.story.last.at + found.usual_silence + timedelta(seconds=1)
    if found.promised_by is not None:
        yield found.promised_by - NEARLY_OUT
        yield found.promised_by + timedelta(seconds=1)
