"""The pages that are opened most, as a browser gets them: the queue of a full desk, a long dispute.

They are asked for over the network, from the server that serves them in the field, by eight people
at once. The raw baseline is the same server saying that it lives: what a page costs beside that is
the desk's own. Where there is a browser, the keys of the queue are pressed in it.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from fairhold.accounts.models import Party, Person
from fairhold.adapters.ids import words
from fairhold.cli.bench.keys import answers
from fairhold.cli.bench.script import BUYER, Script
from fairhold.core.cases.disputes.commands import PostMessage
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.request import Done, Request
from fairhold.store.models import DisputeCase
from fairhold.store.queries import entries_of

ENTRIES = 200
OPEN_CASES = 10_000
PEOPLE = 8
VIEWS = 160


def run(desk: Desk) -> dict[str, Any]:
    """Milliseconds to the first byte at the 50th and 95th of a hundred, and statements by page."""
    case_id = _long_case(desk)
    _fill_queue(case_id)
    buyer, specialist = _person("buyer"), _person("specialist")
    pages = {
        "dispute_page": (f"/disputes/{case_id}/", buyer),
        "queue": ("/queue/?view=open", specialist),
    }
    found: dict[str, Any] = {"engine": connection.vendor, "people": PEOPLE}
    for name, (address, person) in pages.items():
        found[f"{name}_statements"] = _statements(address, person)
    with _served() as port:
        floor = _times(port, "/healthz", "")
        for name, (address, person) in pages.items():
            cookie = _cookie(person)
            # The first views read the rulebook and the templates; they are not counted.
            _times(port, address, cookie)
            times = _times(port, address, cookie)
            found[f"{name}_p50_ms"] = round(times[len(times) // 2], 1)
            found[f"{name}_p95_ms"] = round(times[len(times) * 95 // 100], 1)
            found[f"{name}_ratio"] = round(times[len(times) // 2] / floor[len(floor) // 2], 1)
        found |= answers(port, "/queue/?view=open", _cookie(specialist))
    return found | {"entries": ENTRIES, "open_cases": DisputeCase.objects.count()}


def _long_case(desk: Desk) -> str:
    """A dispute with a long history."""
    script = Script(desk, "PAGE")
    handle(desk, script.register())
    opened = handle(desk, script.open())
    case_id = opened.file.the_dispute.id if isinstance(opened, Done) else ""
    while len(entries_of(script.order_id)) < ENTRIES:
        message = PostMessage(words(desk.ids, "Three of them broke on the way."))
        key = desk.ids.new()
        handle(desk, Request(script.order_id, message, BUYER, key, key))
    return case_id


def _fill_queue(case_id: str) -> None:
    """Rows of open cases like that one: lists read nothing but these rows."""
    like = DisputeCase.objects.get(id=case_id)
    rows = []
    for number in range(OPEN_CASES):
        like.id = f"00000000-0000-7000-8000-{number:012d}"
        like.number = f"B-{number:06d}"
        rows.append(DisputeCase(**_values(like)))
    DisputeCase.objects.bulk_create(rows, batch_size=500)


def _values(row: DisputeCase) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in DisputeCase._meta.fields}


def _person(role: str) -> Person:
    party = None
    if role == "buyer":
        place = {"name": "A buyer", "email": "b@x.example", "country": "DE"}
        party = Party.objects.create(id="party-buyer", kind="buyer", ref="b", **place)
    return Person.objects.create_user(
        f"{role}@x.example", None, name=role, role=role, party=party, opaque_id=role
    )


def _cookie(person: Person) -> str:
    """A session in the database, as the served process finds it."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    key = client.session.session_key
    return f"{settings.SESSION_COOKIE_NAME}={SessionStore(key).session_key}"


def _statements(address: str, person: Person) -> int:
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(address)
    counted: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(address)
    return len(counted)


@contextmanager
def _served() -> Iterator[int]:
    """The desk on a free port, on the database of this measurement."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "fairhold", "serve", "--port", str(port), "--no-worker"]
    served = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        served.terminate()
        served.wait(timeout=20)


def _environment() -> dict[str, str]:
    """Where the served process finds the very same database, data folder and secret."""
    environment = settings.ENVIRONMENT
    return {
        **os.environ,
        "DATABASE_URL": environment.database_url,
        "SECRET_KEY": settings.SECRET_KEY,
        "FAIRHOLD_DATA": str(environment.data),
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
    }


def _await(port: int) -> None:
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("expected the server to answer within 30 seconds")


def _times(port: int, address: str, cookie: str) -> list[float]:
    """Milliseconds to the first byte of every view, sorted, by all people at once."""
    times: list[float] = []

    def person() -> None:
        for _ in range(VIEWS // PEOPLE):
            times.append(_first_byte(port, address, cookie))

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sorted(times)


def _first_byte(port: int, address: str, cookie: str) -> float:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.perf_counter()
    line.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read(1)
    took = (time.perf_counter() - began) * 1000
    answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"expected {address} to be shown, got {answer.status}")
    return took
