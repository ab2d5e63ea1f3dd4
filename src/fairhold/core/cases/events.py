"""Events that any kind of case may have: clocks, notices, money."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.clock import Ending
from fairhold.core.ledger.accounts import Transfer
from fairhold.core.ledger.settlements import Authority
from fairhold.core.values.roles import Role


@dataclass(frozen=True, slots=True)
class ClockSet:
    """A clock began to run."""

    kind: str
    must_act: Role
    starts_at: datetime
    due_at: datetime
    default: str
    clause: str
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockEnded:
    """A clock ended, once."""

    kind: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class ClockExtended:
    """Time in which the desk was down was given back."""

    kind: str
    due_at: datetime
    seconds: int
    outage_id: int
    outage_from: datetime
    outage_until: datetime


@dataclass(frozen=True, slots=True)
class ClocksPaused:
    """A freeze stopped the clocks of the order."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClocksResumed:
    """The freeze ended; the clocks run again with the pause given back."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeIssued:
    """The named sides were told of the act before it and of the clocks it set."""

    to: tuple[Role, ...]
    about: str
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReminderIssued:
    """The named sides were reminded that this clock is about to run out."""

    to: tuple[Role, ...]
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """Transfers between the accounts of the order, under one authority (none for a capture)."""

    currency: str
    transfers: tuple[Transfer, ...]
    authority: Authority | None
