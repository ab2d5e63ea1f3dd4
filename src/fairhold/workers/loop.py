"""One worker, round after round, until it is told to stop."""

import threading

import structlog
from django.db import DatabaseError, connection

from fairhold.flow.desk import current
from fairhold.flow.relay import relay
from fairhold.flow.sweep import BATCH, give_back_outages, sweep

IDLE_SECONDS = 1.0
# Rounds of one kind before the other has its turn again.
MOST_SWEEPS_IN_A_ROW = 20
log = structlog.get_logger()


def work(stop: threading.Event) -> None:
    """Work until `stop` is set. A database that is away is waited for."""
    try:
        while not stop.is_set():
            try:
                busy = once()
            except (DatabaseError, LookupError, ValueError, TypeError) as error:
                log.error("round_failed", error=f"{type(error).__name__}: {error}")
                connection.close()
                busy = False
            if not busy:
                stop.wait(IDLE_SECONDS)
    finally:
        connection.close()


def once() -> bool:
    """One round; whether there may be more to do at once."""
    desk = current()
    give_back_outages(desk)
    fired = 0
    for _ in range(MOST_SWEEPS_IN_A_ROW):
        swept = sweep(desk, BATCH)
        fired += swept.fired
        if swept.fired + swept.failed == 0:
            break
    return relay(desk) + fired > 0
