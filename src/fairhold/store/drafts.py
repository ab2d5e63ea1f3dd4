"""Drafts of forms: kept, found again, put away."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from fairhold.store.models import Draft

# A form holds a few thousand signs; far more is no draft.
LARGEST = 40_000
MOST_FOR_ONE = 50
WAITS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, and when."""

    fields: dict[str, str]
    at: datetime


def fits(place: str, fields: dict[str, str]) -> bool:
    """Whether this is little enough to be kept."""
    return len(json.dumps(fields, ensure_ascii=False)) <= LARGEST and len(place) <= 200


def keep(owner: str, place: str, fields: dict[str, str], now: datetime) -> bool:
    """Keep what was typed in the form at `place`; False where it is too much to keep."""
    if not fits(place, fields):
        return False
    values = {"content": json.dumps(fields, ensure_ascii=False), "updated_at": now}
    Draft.objects.update_or_create(owner_id=owner, place=place, defaults=values)
    older = Draft.objects.filter(owner_id=owner).order_by("-updated_at").values_list("id")
    surplus = [row[0] for row in older[MOST_FOR_ONE : MOST_FOR_ONE + 10]]
    # What nobody came back to goes too, a few at a time.
    surplus += Draft.objects.filter(updated_at__lt=now - WAITS).values_list("id", flat=True)[:10]
    if surplus:
        Draft.objects.filter(id__in=surplus).delete()
    return True


def find(owner: str, place: str) -> Kept | None:
    """The draft of the form at `place`, if there is one."""
    row = Draft.objects.filter(owner_id=owner, place=place).first()
    return Kept(json.loads(row.content), row.updated_at) if row else None


def put_away(owner: str, place: str) -> None:
    """Forget a draft: it was sent."""
    Draft.objects.filter(owner_id=owner, place=place).delete()


def forget(ids: Iterable[str]) -> None:
    """Forget every draft of forms about these orders and disputes."""
    places = [Q(place__contains=one) for one in ids]
    if places:
        Draft.objects.filter(reduce(or_, places)).delete()
