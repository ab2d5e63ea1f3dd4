"""Twenty at once: acceptances, refusals, raises and an expiring clock at the same instant.

Run as a program: `python tests/faults/races.py ROUNDS`. Each round has exactly one outcome; whoever
lost gets a clear 409. The database is the one of DATABASE_URL; it is migrated and left behind.
"""

import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.audit import audit
from fairhold.flow.desk import current
from fairhold.flow.request import Busy, Done, Refused
from fairhold.flow.sweep import sweep
from world import BUYER, DAY, ONLY, SELLER, Case, terms

AT_ONCE = 20
# What a loser may be told.
LOST = {
    "case_closed",
    "already_answered",
    "already_accepted",
    "plan_changed",
    "deadline_passed",
    "plan_kind_taken",
    "plan_limit",
    "plan_unchanged",
    "busy",
}


def main() -> None:
    """Run the rounds, then audit everything."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    call_command("migrate", verbosity=0, interactive=False)
    told: Counter[str] = Counter()
    for number in range(rounds):
        told += one_round(number)
    findings = audit().findings
    assert not findings, findings[:3]
    print(f"{connection.vendor}: {rounds} rounds of {AT_ONCE}, {dict(told)}, audit clean")


def one_round(number: int) -> Counter[str]:
    """Twenty callers on one case whose clock is about to run out."""
    case = Case().registered().opened()
    case.jump(5 * DAY - timedelta(milliseconds=15 if number % 2 else 2000))
    start = threading.Barrier(AT_ONCE)
    told: Counter[str] = Counter()
    callers = [
        threading.Thread(target=call, args=(case, place, start, told)) for place in range(AT_ONCE)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    strange = set(told) - LOST - {"done", "swept"}
    assert not strange, strange
    settled = [entry for entry in entries(case) if entry == "DisputeClosed"]
    if case.file.dispute.closed_at:
        assert len(settled) == 1, settled
    assert entries(case).count("RequestRefused") <= 1
    return told


def call(case: Case, place: int, start: threading.Barrier, told: "Counter[str]") -> None:
    """One caller: accepts, refuses, raises, or is the worker."""
    acts = [
        lambda: case.ask(SELLER, asked.AcceptPlan("buyer-1", 1, None)),
        lambda: case.ask(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ())),
        lambda: case.ask(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 20_000 + place))),
        lambda: sweep(current()),
    ]
    try:
        connection.ensure_connection()
        start.wait()
        result = acts[place % len(acts)]()
    except Busy:
        told["busy"] += 1
    else:
        if isinstance(result, Done):
            told["done"] += 1
        elif isinstance(result, Refused):
            assert result.refusal.code.status == 409, result.refusal
            told[result.refusal.code.slug] += 1
        else:
            told["swept"] += result.fired
    finally:
        connection.close()


def entries(case: Case) -> list[str]:
    """The types of the journal's entries."""
    from fairhold.store.queries import entries_of

    return [entry.type for entry in entries_of(case.order_id)]


if __name__ == "__main__":
    main()
