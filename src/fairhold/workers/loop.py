"""One worker, round after round, until it is told to stop."""

import threading
from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection

from fairhold.flow.desk import current
from fairhold.flow.parcels.asking import ask_sources
from fairhold.flow.parcels.rounds import look_at_parcels
from fairhold.flow.relay import relay
from fairhold.flow.request import Busy
from fairhold.flow.retention import announce_due
from fairhold.flow.sealing import seal, stamp
from fairhold.flow.sweep import BATCH, DEFECTS, give_back_outages, sweep

IDLE_SECONDS = 1.0
# A delivery under way has this long to end when the worker stops; its lease brings it back.
STOP_SECONDS = 3
# Batches before outages are looked at again.
MOST_SWEEPS_IN_A_ROW = 20
log = structlog.get_logger()


def work(stop: threading.Event) -> None:
    """Work until `stop` is set: clocks and parcels here; beside them the outbox, what is asked of
    providers, and the sealed log, so that nobody outside ever holds up a clock.
    """
    relaying = threading.Thread(target=_rounds, args=(relay_once, stop), daemon=True)
    asking = threading.Thread(target=_rounds, args=(ask_once, stop), daemon=True)
    relaying.start()
    sealing = threading.Thread(target=_rounds, args=(seal_once, stop), daemon=True)
    asking.start()
    sealing.start()
    _rounds(sweep_once, stop)
    relaying.join(timeout=STOP_SECONDS)
    asking.join(timeout=STOP_SECONDS)
    sealing.join(timeout=STOP_SECONDS)


def _rounds(once: Callable[[], bool], stop: threading.Event) -> None:
    """Round after round. A database that is away is waited for."""
    try:
        while not stop.is_set():
            try:
                busy = once()
            except (DatabaseError, Busy, *DEFECTS) as error:
                log.error("round_failed", error=f"{type(error).__name__}: {error}")
                connection.close()
                busy = False
            if not busy:
                stop.wait(IDLE_SECONDS)
    finally:
        # Whatever ends one kind of work ends the worker: half a worker would look alive.
        stop.set()
        connection.close()


def relay_once() -> bool:
    """One round of deliveries; whether there may be more at once."""
    return relay(current()) > 0


def ask_once() -> bool:
    """One round of asking after parcels; whether there may be more at once."""
    return ask_sources(current()) > 0


def seal_once() -> bool:
    """One round of the sealed log, its outside clock, and dates told; whether there may be more."""
    desk = current()
    sealed = seal(desk)
    stamp(desk)
    return sealed + announce_due(desk) > 0


def sweep_once() -> bool:
    """One round of clocks, outages and parcels; whether there may be more at once."""
    desk = current()
    give_back_outages(desk)
    fired = 0
    for _ in range(MOST_SWEEPS_IN_A_ROW):
        swept = sweep(desk, BATCH)
        fired += swept.fired
        if swept.fired + swept.failed == 0:
            break
    return fired + look_at_parcels(desk) > 0
