"""Who of the desk is in a case right now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fairhold.store.models import Presence

# A page says every quarter of a minute that it is open; three missed signs mean that it is not.
HERE, WRITING = timedelta(seconds=45), timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else in the case; `editing` where something was typed within the last minute."""

    name: str
    editing: bool


def sign(case_id: str, person: tuple[str, str], now: datetime, *, editing: bool) -> None:
    """Note that a person (id and name) has the case open, and whether something is being typed."""
    person_id, name = person
    values = {"seen_at": now, "name": name} | ({"edited_at": now} if editing else {})
    Presence.objects.update_or_create(case_id=case_id, person_id=person_id, defaults=values)


def others(case_id: str, person_id: str, now: datetime) -> list[Other]:
    """Everybody else who has the case open."""
    rows = Presence.objects.filter(case_id=case_id, seen_at__gte=now - HERE)
    return [
        Other(row.name, bool(row.edited_at and row.edited_at >= now - WRITING))
        for row in rows.exclude(person_id=person_id).order_by("name")[:10]
    ]
