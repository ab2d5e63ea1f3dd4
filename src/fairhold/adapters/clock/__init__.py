"""The clock port. The only place besides `ids` where the present moment may be read."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, aware UTC."""

    def now(self, database_time: datetime | None = None) -> datetime:
        """The present moment; the database's own time where the database told it."""


class SystemClock:
    """The database's time where there is one, otherwise this machine's."""

    def now(self, database_time: datetime | None = None) -> datetime:
        """The present moment."""
        return database_time or datetime.now(UTC)


class SetClock:
    """A clock that somebody sets: for sample histories and tests, never for a real desk."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self, database_time: datetime | None = None) -> datetime:
        """The moment it was set to, whatever the database says."""
        return self.moment
