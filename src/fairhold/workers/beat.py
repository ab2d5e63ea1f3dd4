"""The beat: proof that the parties could reach the desk, taken through its own front door."""

import threading
import urllib.error
import urllib.request

import structlog
from django.db import DatabaseError, connection

from fairhold.flow.desk import current
from fairhold.store.due import beat

EVERY_SECONDS = 15
log = structlog.get_logger()


def watch(address: str, stop: threading.Event) -> None:
    """Ask `address` again and again; each good answer is a beat, a gap becomes an outage."""
    try:
        while not stop.is_set():
            answered = _answers(address)
            if answered:
                _record()
            stop.wait(EVERY_SECONDS if answered else 1)
    finally:
        connection.close()


def _record() -> None:
    desk = current()
    try:
        beat(desk.clock.now(), desk.outage_seconds)
    except DatabaseError as error:
        log.error("beat_not_recorded", error=str(error))
        connection.close()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
