"""Parcels with news, and what the worker notes of them. Bounded picks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Min, Q, QuerySet

from fairhold.core.logistics.report import Direction
from fairhold.store.models import ParcelRow
from fairhold.store.parcel_rows import CURRENT, REPLACED, TRANSFER

# A parcel whose reading fails by a defect of ours waits this long before it is tried again.
FIRST_PAUSE = timedelta(minutes=1)
MOST_FAILURES = 12
# A number on more orders than this is shared, whoever the others are.
MOST_SHARING = 100
# Carriers that one round of asking looks at.
MOST_CARRIERS = 200


@dataclass(frozen=True, slots=True)
class News:
    """A parcel to look at."""

    order_id: str
    direction: Direction
    parcel: int


def with_news(now: datetime, limit: int) -> list[News]:
    """Up to `limit` parcels that have news, or that are to be looked at by now."""
    changed = Q(changed__gt=F("reported"))
    asleep = Q(look_at__gt=now, failures__gt=0)
    due = ParcelRow.objects.filter((changed & ~asleep) | Q(look_at__lte=now))
    picked = due.values("order_id", "direction", "parcel").annotate(first=Min("look_at"))
    rows = picked.order_by("first", "order_id")[:limit]
    return [News(row["order_id"], Direction(row["direction"]), row["parcel"]) for row in rows]


def counts(news: News) -> dict[str, int]:
    """What each number of a parcel counts now. Read before its scans are."""
    return dict(_rows(news).values_list("number", "changed"))


def is_new(news: News) -> bool:
    """Whether a number of this parcel was never looked at."""
    return _rows(news).filter(reported=0).exists()


def looked_at(news: News, seen: dict[str, int], look_at: datetime | None, *, wanted: bool) -> None:
    """The journal knows what `seen` counted; look again at `look_at`, or when something comes.

    `wanted`: whether providers are asked after it from now on.
    """
    rows = _rows(news)
    for number, changed in seen.items():
        rows.filter(number=number).update(reported=changed, failures=0)
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


def have_news(numbers: Iterable[str], *, but: str | None = None) -> int:
    """Let the worker look at the parcels of these numbers, except those of the order `but`."""
    rows = ParcelRow.objects.filter(number__in=sorted(set(numbers)))
    others = rows.exclude(order_id=but) if but else rows
    return others.update(changed=F("changed") + 1)


def to_ask(since: datetime, a_carrier: int) -> list[tuple[str, str]]:
    """Numbers that were not asked after since `since`, the longest waiting first, with carriers.

    At most `a_carrier` of each carrier, so that a busy one holds up no other.
    """
    due = Q(asked_at=None) | Q(asked_at__lte=since)
    rows = ParcelRow.objects.filter(due, standing__in=(CURRENT, TRANSFER), wanted=True)
    carriers = list(rows.values_list("carrier", flat=True).distinct()[:MOST_CARRIERS])
    found: list[tuple[datetime | None, str, str]] = []
    for carrier in carriers:
        waiting = rows.filter(carrier=carrier).order_by(F("asked_at").asc(nulls_first=True))
        found += waiting.values_list("asked_at", "number", "carrier")[:a_carrier]
    found.sort(key=lambda row: (row[0] is not None, row[0] or since, row[1]))
    return [(number, carrier) for _, number, carrier in found]


def asked(numbers: Iterable[str], now: datetime) -> None:
    """These numbers were asked after."""
    ParcelRow.objects.filter(number__in=sorted(set(numbers))).update(asked_at=now)
