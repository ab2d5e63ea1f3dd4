"""Scans in bulk through the API beside COPY of the same rows; folding; addresses. One run."""

import json
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from fairhold.accounts import keys
from fairhold.accounts.models import Person
from fairhold.adapters.addresses import compare
from fairhold.adapters.places import locate
from fairhold.core.logistics.address import Destination
from fairhold.core.logistics.combine import told
from fairhold.core.logistics.fold import fold
from fairhold.core.logistics.report import Basis, Direction, ParcelReport
from fairhold.core.logistics.scan import Place, Scan, ScanKind
from fairhold.core.logistics.truth import Circumstances, flags
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.intake import row_of
from fairhold.store import scans

AT_ONCE = 2_000
SCANS_OF_A_PARCEL = 50
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
TEXTS = (
    "Shipment picked up",
    "Departed from sorting center",
    "Arrived at inward office of exchange",
    "Out for delivery",
    "Released by customs",
)
CITIES = ("Shenzhen", "Guangzhou", "Casablanca", "Rabat", "Marrakesh")
FIRST = ("Amina", "Jürgen", "Иван", "María", "Wei", "Omar", "Zoë", "Chidi")
LAST = ("Kadiri", "Großmann", "Петров", "Núñez", "Zhang", "Haddad", "Brontë", "Okafor")


def run(desk: Desk, url: str, count: int, repetitions: int) -> dict[str, Any]:
    """Scans a second through the API and by COPY, and their ratio; microseconds of a fold."""
    ours, theirs = [], []
    client, key = _operator()
    copies = connection.vendor == "postgresql"
    for place in range(repetitions):
        ours.append(_rate(count, _through_the_api, client, key, place, count))
        if copies:
            theirs.append(_rate(count, _by_copy, url, _rows(desk, place, count), count))
    mine = statistics.median(ours)
    found: dict[str, Any] = {"engine": connection.vendor, "scans": count, "api_per_second": mine}
    if copies:
        hand = statistics.median(theirs)
        found |= {"copy_per_second": hand, "ratio": round(mine / hand, 2)}
    found["durable"] = _durable()
    return found | folding(repetitions) | addresses(20_000)


def _rate(count: int, work: Any, *given: Any) -> float:
    began = time.perf_counter()
    work(*given)
    return round(count / (time.perf_counter() - began))


def _durable() -> str:
    """How the engine commits: what a rate means depends on it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
            commit, fsync = cursor.fetchone()
            return f"synchronous_commit {commit}, fsync {fsync}"
        cursor.execute("PRAGMA synchronous")
        return f"synchronous {cursor.fetchone()[0]}"


def _operator() -> tuple[Client, str]:
    settings.ALLOWED_HOSTS.append("testserver")
    person = Person.objects.create_user(
        "op@x.example", None, name="Operator", role="operator", party=None, opaque_id="op"
    )
    return Client(), keys.create(person, "bench", {"tracking:write"})


def _raw(place: int, number: int) -> dict[str, Any]:
    """A scan as a marketplace sends it; twenty of them to a parcel."""
    at = NOON + timedelta(minutes=number % 20_000)
    return {
        "waybill": f"LX{place:03d}{number // 20:06d}CN",
        "carrier": "China Post",
        "at": at.isoformat(),
        "text": TEXTS[number % len(TEXTS)],
        "place": {"country": "China" if number % 2 else "MA", "city": CITIES[number % 5]},
        "event_id": f"{place}-{number}",
    }


def _through_the_api(client: Client, key: str, place: int, count: int) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    for begin in range(0, count, AT_ONCE):
        part = [_raw(place, number) for number in range(begin, min(begin + AT_ONCE, count))]
        answer = client.post(
            "/api/v1/tracking/scans",
            json.dumps({"scans": part}),
            content_type="application/json",
            headers=headers,
        )
        if answer.status_code != 200 or answer.json()["taken"] != len(part):
            raise RuntimeError(f"expected {len(part)} scans taken, got {answer.content[:300]!r}")


def _rows(desk: Desk, place: int, count: int) -> list[Any]:
    """The rows that the API would have written, under numbers of their own."""
    from fairhold.adapters.tracking.normal import normalised, own_record

    meanings = desk.parcels.meanings
    raws = (_raw(500 + place, number) for number in range(count))
    return [row_of(normalised(own_record(raw), "api", meanings, NOON)) for raw in raws]


def _by_copy(url: str, rows: list[Any], count: int) -> None:
    """COPY of the same rows, in batches as large and commits as many."""
    with psycopg.connect(url) as server:
        for begin in range(0, count, AT_ONCE):
            _copy(server, rows[begin : begin + AT_ONCE])
            server.commit()


def _copy(server: psycopg.Connection[Any], rows: list[Any]) -> None:
    command = f"COPY tracking_scan ({scans.NAMES}) FROM STDIN".encode()
    with server.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def folding(repetitions: int) -> dict[str, Any]:
    """Microseconds to fold a parcel of fifty scans and to tell its facts, and with every check."""
    kinds = (ScanKind.ACCEPTED, ScanKind.MOVING, ScanKind.OUT_FOR_DELIVERY)
    made = [
        Scan(
            kinds[min(number, 2)],
            NOON + timedelta(hours=number),
            f"{number:064d}",
            Place("MA" if number else "CN", None, CITIES[number // 25 * 2]),
        )
        for number in range(SCANS_OF_A_PARCEL - 1)
    ]
    made.append(
        Scan(ScanKind.DELIVERED, NOON + timedelta(days=9), "d" * 64, Place("MA", None, CITIES[2]))
    )
    around = Circumstances(NOON, None, "MA", None, timedelta(days=9), NOON + timedelta(days=9))
    return {
        "fold_and_facts_microseconds": _microseconds(lambda: _facts(made), repetitions),
        "with_every_check_microseconds": _microseconds(
            lambda: (_facts(made), list(flags(fold(made), around, (), locate))), repetitions
        ),
    }


def _facts(made: list[Scan]) -> dict[str, Any]:
    story = fold(made)
    first, delivered = story.first, story.delivered
    report = ParcelReport(
        direction=Direction.OUTBOUND,
        parcel=1,
        waybill="LX123456785CN",
        recognised=True,
        state=story.state,
        first_event_at=first.at if first else None,
        last_event_at=None,
        delivered_at=delivered.at if delivered else None,
        zone_assumed=False,
        compared=(),
        customs_reason=None,
        return_state=None,
        flags=(),
        basis=(Basis("tracking.state", ("d" * 64,)),),
        records=len(story.scans),
    )
    return told([report])


def _microseconds(work: Any, repetitions: int) -> float:
    work()
    times = []
    for _ in range(max(repetitions, 3)):
        began = time.perf_counter()
        for _ in range(500):
            work()
        times.append((time.perf_counter() - began) / 500 * 1_000_000)
    return round(statistics.median(times), 1)


def addresses(count: int) -> dict[str, Any]:
    """Pairs a second: names and postal codes all different, cities out of a few hundred."""
    pairs = [_pair(number) for number in range(count)]
    for pair in pairs[:500]:
        compare(*pair)
    began = time.perf_counter()
    for pair in pairs:
        compare(*pair)
    return {"address_pairs_per_second": round(count / (time.perf_counter() - began))}


def _pair(number: int) -> tuple[Destination, Place, str]:
    first, last = FIRST[number % 8], LAST[number // 8 % 8]
    city = CITIES[number % 5]
    ours = Destination("MA", "", city, f"{10_000 + number}", f"{first} {last}{number}")
    shown = Place("Morocco", None, city.upper(), f"{10_000 + number * 3 % 9}{number}"[:5])
    return ours, shown, f"{last}{number} {first}".upper()
