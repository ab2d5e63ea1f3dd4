"""Spans of time. A day is 24 hours; a working day is counted on the calendar frozen in the book."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
# A working-day count that needs more steps than this has a calendar without working days.
LONGEST_WALK_DAYS = 3700


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday less the listed holidays, in one time zone.

    Source: "AliExpress dispute handling process and guidelines", two working days.
    """

    zone: str
    holidays: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`."""
        return day.weekday() < SATURDAY and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, in days of 24 hours or in working days.

    Units: `days` is a whole number; exactly one of the two fields is above zero.
    """

    days: int = 0
    working_days: int = 0

    def __str__(self) -> str:
        number = self.days or self.working_days
        kind = "day" if self.days else "working day"
        return f"{number} {kind}{'' if number == 1 else 's'}"


def end_of(span: Span, start: datetime, calendar: WorkCalendar) -> datetime:
    """The last instant of `span` that began at `start` (aware UTC, the instant itself included)."""
    if span.days:
        return start + timedelta(days=span.days)
    return _after_working_days(span.working_days, start, calendar)


def _after_working_days(count: int, start: datetime, calendar: WorkCalendar) -> datetime:
    zone = ZoneInfo(calendar.zone)
    moment = start.astimezone(zone)
    left = count
    for _ in range(LONGEST_WALK_DAYS):
        moment += timedelta(days=1)
        if calendar.is_working(moment.date()):
            left -= 1
        if left == 0:
            return moment.astimezone(start.tzinfo)
    raise ValueError(f"expected a calendar with working days, got none after {start.date()}")
