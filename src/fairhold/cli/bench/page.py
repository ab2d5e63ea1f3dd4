"""The page of a dispute with a long history: time and statements."""

import time
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from fairhold.accounts.models import Party, Person
from fairhold.adapters.ids import words
from fairhold.cli.bench.script import BUYER, Script
from fairhold.core.cases.disputes.commands import PostMessage
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.request import Done, Request
from fairhold.store.queries import entries_of

ENTRIES = 200
VIEWS = 60


def run(desk: Desk) -> dict[str, Any]:
    """Milliseconds at the 50th and 95th of a hundred, and the statements of one view."""
    script = Script(desk, "PAGE")
    handle(desk, script.register())
    opened = handle(desk, script.open())
    case_id = opened.file.the_dispute.id if isinstance(opened, Done) else ""
    while len(entries_of(script.order_id)) < ENTRIES:
        message = PostMessage(words(desk.ids, "Three of them broke on the way."))
        key = desk.ids.new()
        handle(desk, Request(script.order_id, message, BUYER, key, key))
    client = _signed_in()
    counted: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        counted.append(sql)
        return execute(sql, *rest)

    address = f"/disputes/{case_id}/"
    client.get(address)
    with connection.execute_wrapper(count):
        answer = client.get(address)
    times = sorted(_milliseconds(client, address) for _ in range(VIEWS))
    return {
        "engine": connection.vendor,
        "status": answer.status_code,
        "entries": len(entries_of(script.order_id)),
        "statements": len(counted),
        "p50_ms": round(times[VIEWS // 2], 1),
        "p95_ms": round(times[VIEWS * 95 // 100], 1),
    }


def _signed_in() -> Client:
    settings.ALLOWED_HOSTS.append("testserver")
    party = Party.objects.create(
        id="party-buyer", kind="buyer", ref="b", name="A buyer", email="b@x.example", country="DE"
    )
    person = Person.objects.create_user(
        "b@x.example", None, name="A buyer", role="buyer", party=party, opaque_id="buyer"
    )
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _milliseconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000
