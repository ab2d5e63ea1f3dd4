"""Clocks that ran out, many at a time, with the guarantees of one at a time.

The steps of `handle` in the same order: pick and load, decide, evolve and check, commit once. One
case that fails is set aside; it never holds up the others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from fairhold.core.cases.decide import decide
from fairhold.core.cases.disputes.commands import GiveBackOutage, LapseClock, RemindOfClock
from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.refusal import Refusal
from fairhold.core.values.plain import PlainError
from fairhold.core.values.roles import PLATFORM
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.moments import moment_at, present
from fairhold.flow.request import Busy, Done, Request, Viewer
from fairhold.flow.step import taken
from fairhold.store import due
from fairhold.store.due import DueClock
from fairhold.store.load import load_many
from fairhold.store.models import Outage
from fairhold.store.rows import Step
from fairhold.store.unit_of_work import LostRace, commit

BATCH = 500
Files = dict[str, CaseFile | PlainError]
SYSTEM = Viewer(PLATFORM)
# What a defect in one case may raise; it is logged and the case set aside, the sweep goes on.
DEFECTS = (InvariantBroken, LookupError, ValueError, TypeError)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    fired: int
    failed: int


def sweep(desk: Desk, limit: int = BATCH) -> Swept:
    """Carry out up to `limit` clocks that have run out, in one transaction."""
    now = desk.clock.now()
    with transaction.atomic():
        if not desk_is_up(desk, now) or due.open_outages():
            return Swept(0, 0)
        picked = _one_per_order(due.pick_clocks(now, limit))
        files = load_many([clock.order_id for clock in picked])
        steps, failed = _decided(desk, picked, files)
        try:
            commit(steps)
        except LostRace:
            steps = []
    if not steps and len(picked) > len(failed):
        return _one_at_a_time(desk, picked, files, now)
    _set_aside(failed, now)
    return Swept(len(steps), len(failed))


def desk_is_up(desk: Desk, now: datetime) -> bool:
    """Whether the parties can reach the desk; while they cannot, nothing runs out on them."""
    last = due.last_beat()
    return last is None or now - last <= timedelta(seconds=desk.outage_seconds)


def give_back_outages(desk: Desk) -> int:
    """Give every open outage back to the clocks it touched; returns how many files were touched."""
    touched = 0
    for outage in due.open_outages():
        after = ""
        while order_ids := due.touched_by(outage, after, BATCH):
            touched += sum(_give_back(desk, outage, order_id) for order_id in order_ids)
            after = order_ids[-1]
        due.close_outage(outage, desk.clock.now())
    return touched


def request_for(clock: DueClock, file: CaseFile, now: datetime) -> Request:
    """The platform's own command for one clock, its end or the reminder before it.

    The clock is its idempotency key.
    """
    running = next((one for one in file.clocks() if one.seq == clock.seq), None)
    early = running is not None and not running.is_over(now)
    word, command = ("reminder", RemindOfClock) if early else ("clock", LapseClock)
    key = f"{word}:{clock.order_id}:{clock.seq}"
    return Request(clock.order_id, command(clock.seq), SYSTEM, key, key)


def _one_per_order(picked: list[DueClock]) -> list[DueClock]:
    """The longest due clock of each order; a second one has its turn in the next sweep."""
    first: dict[str, DueClock] = {}
    for clock in picked:
        first.setdefault(clock.order_id, clock)
    return list(first.values())


def _decided(desk: Desk, picked: list[DueClock], files: Files) -> tuple[list[Step], list[DueClock]]:
    steps, failed = [], []
    for clock in picked:
        try:
            step = _step(desk, clock, _readable(files[clock.order_id]))
        except DEFECTS as error:
            log.error("clock_failed", order=clock.order_id, seq=clock.seq, error=str(error))
            failed.append(clock)
            continue
        if step is None:
            failed.append(clock)
        else:
            steps.append(step)
    return steps, failed


def _readable(found: CaseFile | PlainError) -> CaseFile:
    """The file.

    Raises: PlainError for one that could not be read.
    """
    if isinstance(found, PlainError):
        raise found
    return found


def _step(desk: Desk, clock: DueClock, file: CaseFile) -> Step | None:
    moment = moment_at(desk, file, PLATFORM, present(desk, file, clock.database_time))
    request = request_for(clock, file, moment.now)
    decided = decide(file, request.command, moment)
    if isinstance(decided, Refusal):
        log.warning("clock_refused", order=clock.order_id, seq=clock.seq, why=decided.why)
        return None
    return taken(file, decided, request, moment.now)


def _one_at_a_time(desk: Desk, picked: list[DueClock], files: Files, now: datetime) -> Swept:
    """The slow way, after a batch lost a race: every clock on its own."""
    fired, failed = 0, []
    for clock in picked:
        try:
            file = _readable(files[clock.order_id])
            at = present(desk, file, clock.database_time)
            done = handle(desk, request_for(clock, file, at))
        except (Busy, *DEFECTS) as error:
            log.error("clock_failed", order=clock.order_id, seq=clock.seq, error=str(error))
            failed.append(clock)
            continue
        fired += isinstance(done, Done)
    _set_aside(failed, now)
    return Swept(fired, len(failed))


def _set_aside(failed: list[DueClock], now: datetime) -> None:
    for clock in failed:
        due.set_aside(clock, now)


def _give_back(desk: Desk, outage: Outage, order_id: str) -> bool:
    command = GiveBackOutage(outage.id, outage.started_at, outage.ended_at)
    key = f"outage:{outage.id}:{order_id}"
    try:
        return isinstance(handle(desk, Request(order_id, command, SYSTEM, key, key)), Done)
    except (Busy, *DEFECTS) as error:
        # One file must not stand in the way of all others; its clocks are named for a person.
        log.error("outage_not_given_back", order=order_id, outage=outage.id, error=str(error))
        return False
