"""Reads that pages, API and audit ask for. Each is one statement with a bound."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from django.db import connection, transaction

from fairhold.core.journal.chain import Entry
from fairhold.store.instants import from_database
from fairhold.store.models import DisputeCase, JournalEntry, OrderFile, SealedText
from fairhold.store.triggers import EVERY_APPEND_ONLY

# More entries than this no order ever has (see the limits of messages, plans and evidence).
MOST_ENTRIES = 20_000
PAGE = 500
# The columns of the journal; an entry has a field of each of these names.
COLUMNS = tuple(one.name for one in fields(Entry))


@contextmanager
def one_reading() -> Iterator[None]:
    """Everything read inside belongs to one moment, whoever is writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            # A plain BEGIN takes no writer's lock, unlike the one that Django would send.
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def entries_of(order_id: str) -> list[Entry]:
    """The whole journal of one order, oldest first."""
    rows = JournalEntry.objects.filter(order_id=order_id).order_by("seq")
    return [_entry(*row) for row in rows.values_list(*COLUMNS)[:MOST_ENTRIES]]


def _entry(*row: Any) -> Entry:
    told = dict(zip(COLUMNS, row, strict=True))
    at = from_database(told["at"])
    if at is None:
        raise ValueError(f"expected a time in entry {told['order_id']}/{told['seq']}, got none")
    return Entry(**{**told, "at": at, "payload": json.loads(told["payload"])})


def entries_of_type(name: str) -> Iterator[Entry]:
    """Every entry of one type, the latest first, up to a bound."""
    rows = JournalEntry.objects.filter(type=name).order_by("-at")
    yield from (_entry(*row) for row in rows.values_list(*COLUMNS)[:MOST_ENTRIES])


def texts(ids: Iterable[str]) -> dict[str, str]:
    """The texts of those ids; an erased one is missing."""
    wanted = sorted(set(ids))
    rows = SealedText.objects.filter(id__in=wanted).values_list("id", "body")
    return dict(rows)


def sealed(text_id: str) -> tuple[str, str] | None:
    """Salt and text of one sealed text; None where it was erased."""
    return SealedText.objects.filter(id=text_id).values_list("salt", "body").first()


def sealed_many(ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Salt and text of many texts, by id; an erased one is missing."""
    rows = SealedText.objects.filter(id__in=sorted(set(ids))).values_list("id", "salt", "body")
    return {text_id: (salt, body) for text_id, salt, body in rows}


def missing_triggers() -> list[str]:
    """The append-only triggers that are not in place."""
    sql = {
        "postgresql": "SELECT lower(tgname) FROM pg_trigger",
        "sqlite": "SELECT lower(name) FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    wanted = {f"{table}_no_{act}" for table in EVERY_APPEND_ONLY for act in ("update", "delete")}
    return sorted(wanted - present)


def order_of_case(case_id: str) -> str | None:
    """The order that a dispute belongs to."""
    return DisputeCase.objects.filter(id=case_id).values_list("order_id", flat=True).first()


def case_by_number(number: str) -> str | None:
    """The id of the dispute with this number."""
    return DisputeCase.objects.filter(number=number.upper()).values_list("id", flat=True).first()


def order_by_ref(ref: str) -> str | None:
    """The id of the order that the marketplace calls `ref`."""
    return OrderFile.objects.filter(ref=ref).values_list("id", flat=True).first()


def all_order_ids() -> Iterator[str]:
    """Every order, in the order of their ids; no cursor stays open between two of them."""
    after = ""
    while True:
        page = OrderFile.objects.filter(id__gt=after).order_by("id")
        ids = list(page.values_list("id", flat=True)[:PAGE])
        yield from ids
        if len(ids) < PAGE:
            return
        after = ids[-1]
