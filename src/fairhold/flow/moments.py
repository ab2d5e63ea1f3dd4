"""The moment of a command: the one place on the write path where the clock is read."""

from datetime import datetime, timedelta

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.values.roles import Actor
from fairhold.flow.desk import Desk
from fairhold.flow.request import Request
from fairhold.store.load import Loaded


def moment_of(desk: Desk, loaded: Loaded, request: Request) -> Moment:
    """Who acts, when, and under which book."""
    now = present(desk, loaded.file, loaded.database_time)
    return moment_at(desk, loaded.file, request.viewer.actor, now)


def moment_at(desk: Desk, file: CaseFile, actor: Actor, now: datetime) -> Moment:
    """A moment of this file: the book that its order was made under, or the one in force."""
    name = file.order.book if file.order else desk.shelf.in_force
    return Moment(now, actor, desk.shelf.process(name), desk.shelf.book(name), desk.alone)


def present(desk: Desk, file: CaseFile, database_time: datetime | None) -> datetime:
    """The present moment of this file: never before its last entry, ahead by its sandbox offset."""
    ahead = timedelta(seconds=file.order.sandbox_offset_seconds if file.order else 0)
    now = desk.clock.now(database_time) + ahead
    return max(now, file.head_at) if file.head_at else now
