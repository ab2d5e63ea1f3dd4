"""A demo desk whose clock stands still, so that its pages say the same whenever they are opened.

Run as a program it serves until it is stopped: `python tests/still.py PORT`.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from fairhold.adapters.clock import SetClock
from fairhold.adapters.ids import RandomIds
from served import await_answer, surroundings

MOMENT = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


class CountedIds(RandomIds):
    """Case numbers one after the other: a wider letter must not move a line."""

    def __init__(self) -> None:
        self._counted = 0

    def number(self) -> str:
        """The next one."""
        self._counted += 1
        return f"D-2026-{self._counted:04d}"


class Threads(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of every request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def serve(port: int) -> None:
    """Load the sample marketplace as of `MOMENT` and serve it."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from fairhold.cli.sample.load import load
    from fairhold.config.wsgi import application
    from fairhold.flow.desk import current, install

    call_command("migrate", verbosity=0, interactive=False)
    install(replace(current(), clock=SetClock(MOMENT), ids=CountedIds()))
    load(current(), settings.ENVIRONMENT.data / "demo.json")
    make_server("127.0.0.1", port, application, Threads, Quiet).serve_forever()


@contextmanager
def still(data: Path) -> Iterator[str]:
    """The address of such a desk, which keeps its data in this folder."""
    port, environment = surroundings(data)
    base = f"http://127.0.0.1:{port}"
    environment |= {"FAIRHOLD_TEST_MODE": "1", "FAIRHOLD_URL": base}
    served = subprocess.Popen([sys.executable, __file__, str(port)], env=environment)
    try:
        await_answer(base)
        yield base
    finally:
        served.terminate()
        served.wait(timeout=20)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
