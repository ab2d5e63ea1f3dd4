"""The moment of a command: the one place on the write path where the clock is read."""

from datetime import datetime, timedelta

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.flow.desk import Desk
from fairhold.flow.request import Request
from fairhold.store.load import Loaded


def moment_of(desk: Desk, loaded: Loaded, request: Request) -> Moment:
    """Who acts, when, and under which book."""
    book = loaded.file.order.book if loaded.file.order else desk.shelf.in_force
    now = present(desk, loaded.file, loaded.database_time)
    return Moment(now, request.viewer.actor, desk.shelf.process(book))


def present(desk: Desk, file: CaseFile, database_time: datetime | None) -> datetime:
    """The present moment of this file: never before its last entry, ahead by its sandbox offset."""
    ahead = timedelta(seconds=file.order.sandbox_offset_seconds if file.order else 0)
    now = desk.clock.now(database_time) + ahead
    return max(now, file.head_at) if file.head_at else now
