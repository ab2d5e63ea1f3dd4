"""Instants on their way into and out of the two engines."""

from datetime import UTC, datetime
from typing import Any


def to_database(moment: datetime | None, vendor: str) -> Any:
    """An aware UTC instant as the engine stores it: timestamptz, or sortable text on SQLite."""
    if moment is None or vendor == "postgresql":
        return moment
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def from_database(value: Any) -> datetime | None:
    """The aware UTC instant that the engine gave back."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
