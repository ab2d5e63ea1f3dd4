"""Clocks: finding the due ones among many open ones, and carrying them out."""

import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from fairhold.adapters.clock import SetClock
from fairhold.cli.bench.lifecycle import decided
from fairhold.cli.bench.script import Script
from fairhold.flow.desk import Desk
from fairhold.flow.sweep import sweep
from fairhold.store.due import pick_clocks
from fairhold.store.instants import to_database
from fairhold.store.models import ClockRow
from fairhold.store.unit_of_work import commit

BATCH = 250
OPEN_FEW, OPEN_MANY = 2_000, 200_000
PICKS = 30
# Open clocks that are never due, copied from one that is real.
FILLER = """
INSERT INTO clock_row (order_id, seq, case_id, kind, must_act, starts_at, due_at, wake_at,
  default_action, clause, notice_seq, paused_at, extended_seconds, status, ended_seq)
SELECT 'filler-' || n, 1, NULL, 'seller_response', 'seller', %s, %s, %s,
  'execute_request', 'P-SIL-1', 1, NULL, 0, 'open', NULL FROM ({numbers}) AS numbers
"""
NUMBERS = {
    "postgresql": "SELECT generate_series(%s::int, %s::int) AS n",
    "sqlite": "WITH RECURSIVE c(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM c WHERE n < %s) "
    "SELECT n FROM c",
}


def run(desk: Desk, due: int) -> dict[str, Any]:
    """Find due clocks among few and many; fire `due` with one worker, and as many with two."""
    fill(desk, 0, OPEN_FEW)
    few = pick_milliseconds(desk)
    fill(desk, OPEN_FEW, OPEN_MANY)
    many = pick_milliseconds(desk)
    make_due(desk, "A", due)
    began = time.perf_counter()
    fired = drain(desk)
    one = fired / (time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    make_due(desk, "B", due)
    two = two_workers(due)
    return {
        "engine": connection.vendor,
        "pick_ms_among_2000_open": round(few, 2),
        "pick_ms_among_200000_open": round(many, 2),
        "fired": fired,
        "clocks_per_second_one_worker": round(one),
        "clocks_per_second_two_workers": round(two),
        "peak_memory_mb": round(peak),
    }


def fill(desk: Desk, first: int, last: int) -> None:
    """Open clocks that end in a year."""
    moment = to_database(desk.clock.now() + timedelta(days=365), connection.vendor)
    sql = FILLER.format(numbers=NUMBERS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(sql, [moment, moment, moment, first, last - 1])
        cursor.execute("ANALYZE")


def pick_milliseconds(desk: Desk) -> float:
    """How long one look for due clocks takes, on average."""
    now = desk.clock.now()
    began = time.perf_counter()
    for _ in range(PICKS):
        with transaction.atomic():
            pick_clocks(now, BATCH)
    return (time.perf_counter() - began) / PICKS * 1000


def make_due(desk: Desk, prefix: str, count: int) -> None:
    """Cases whose seller kept silent for more than five days."""
    past = replace(desk, clock=SetClock(desk.clock.now() - timedelta(days=6)))
    for first in range(0, count, BATCH):
        scripts = [
            Script(past, f"{prefix}-{place}") for place in range(first, min(first + BATCH, count))
        ]
        for part in (0, 1):
            commit([decided(past, [one.register(), one.open()])[part] for one in scripts])


def drain(desk: Desk) -> int:
    """Sweep until nothing is due; how many clocks fired."""
    fired = 0
    while swept := sweep(desk, BATCH).fired:
        fired += swept
    return fired


def two_workers(due: int) -> float:
    """Two processes drain the same table; clocks a second of both together, start-up left out."""
    code = (
        "import os, sys; from fairhold.cli.start import start; start();"
        "from fairhold.cli.bench.clocks import drain; from fairhold.flow.desk import current;"
        "from django.db import connection; connection.ensure_connection();"
        "print('ready', flush=True); sys.stdin.readline(); print(drain(current()))"
    )
    words = [sys.executable, "-c", code]
    workers = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in workers:
        if one.stdout is not None:
            one.stdout.readline()
    began = time.perf_counter()
    for one in workers:
        if one.stdin is not None:
            one.stdin.write("go\n")
            one.stdin.flush()
    for one in workers:
        one.wait()
    elapsed = time.perf_counter() - began
    left = ClockRow.objects.filter(status="open", kind="seller_response").exclude(
        order_id__startswith="filler"
    )
    return (due - left.count()) / elapsed
