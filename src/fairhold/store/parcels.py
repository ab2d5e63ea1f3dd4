"""Parcels with news, and what the worker notes of them. Bounded picks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Max, Min, Q, QuerySet

from fairhold.core.logistics.report import Direction
from fairhold.store.models import ParcelRow
from fairhold.store.parcel_rows import CURRENT, REPLACED

# A parcel whose reading fails by a defect of ours waits this long before it is tried again.
FIRST_PAUSE = timedelta(minutes=1)
MOST_FAILURES = 12
# A number on more orders than this is shared, whoever the others are.
MOST_SHARING = 100


@dataclass(frozen=True, slots=True)
class News:
    """A parcel to look at. `changed` is what its rows counted when it was picked."""

    order_id: str
    direction: Direction
    parcel: int
    changed: int


def with_news(now: datetime, limit: int) -> list[News]:
    """Up to `limit` parcels that have news, or that are to be looked at by now."""
    changed = Q(changed__gt=F("reported"))
    asleep = Q(look_at__gt=now, failures__gt=0)
    due = ParcelRow.objects.filter((changed & ~asleep) | Q(look_at__lte=now))
    picked = due.values("order_id", "direction", "parcel").annotate(
        most=Max("changed"), first=Min("look_at")
    )
    rows = picked.order_by("first", "order_id")[:limit]
    return [
        News(row["order_id"], Direction(row["direction"]), row["parcel"], row["most"])
        for row in rows
    ]


def looked_at(news: News, look_at: datetime | None, *, wanted: bool) -> None:
    """The journal knows what there was; look again at `look_at`, or when something comes.

    `wanted`: whether providers are asked after it from now on.
    """
    rows = _rows(news)
    rows.filter(changed__lte=news.changed).update(reported=F("changed"), failures=0)
    rows.update(look_at=look_at, wanted=wanted)


def put_off(news: News, now: datetime) -> None:
    """Let a parcel that could not be read wait, longer each time, so that others go on."""
    for row in _rows(news):
        failures = min(row.failures + 1, MOST_FAILURES)
        pause = FIRST_PAUSE * 2**failures
        ParcelRow.objects.filter(
            order_id=row.order_id,
            direction=row.direction,
            parcel=row.parcel,
            number=row.number,
        ).update(failures=failures, look_at=now + pause)


def _rows(news: News) -> QuerySet[ParcelRow]:
    return ParcelRow.objects.filter(
        order_id=news.order_id, direction=news.direction.value, parcel=news.parcel
    )


def orders_of(numbers: Iterable[str]) -> dict[str, set[str]]:
    """The orders on which each of these numbers stands now, by number."""
    rows = ParcelRow.objects.filter(number__in=sorted(set(numbers))).exclude(standing=REPLACED)
    found: dict[str, set[str]] = {}
    for number, order_id in rows.values_list("number", "order_id")[:MOST_SHARING]:
        found.setdefault(number, set()).add(order_id)
    return found


def to_ask(since: datetime, limit: int) -> list[tuple[str, str]]:
    """Numbers that were not asked after since `since`, the longest waiting first, with carriers.

    Those that were never asked after come first, so that each part reads along the index.
    """
    rows = ParcelRow.objects.filter(standing=CURRENT, wanted=True)
    wanted = rows.values_list("number", "carrier")
    never = list(wanted.filter(asked_at=None).order_by("asked_at", "number")[:limit])
    if len(never) == limit:
        return never
    long_ago = wanted.filter(asked_at__lte=since).order_by("asked_at", "number")
    return never + list(long_ago[: limit - len(never)])


def asked(numbers: Iterable[str], now: datetime) -> None:
    """These numbers were asked after."""
    ParcelRow.objects.filter(number__in=sorted(set(numbers))).update(asked_at=now)
