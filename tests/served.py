"""A demo desk served on a free port, for tests that come in by the front door."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

# A machine that also runs everything else takes its time to begin.
PATIENCE_SECONDS = 120


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A demo desk on a free port: its address and its keys by role."""
    data = tmp_path_factory.mktemp("desk")
    port, environment = surroundings(data)
    words = [sys.executable, "-m", "fairhold", "demo", "--port", str(port)]
    served = subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    base = f"http://127.0.0.1:{port}"
    try:
        await_answer(base)
        rows = json.loads((data / "demo.json").read_text())
        yield base, {row["role"].upper(): row["key"] for row in rows}
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=20)


def surroundings(data: Path) -> tuple[int, dict[str, str]]:
    """A free port, and the environment of a desk that keeps everything in this folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return port, {
        **os.environ,
        "FAIRHOLD_DATA": str(data),
        "DATABASE_URL": f"sqlite:///{data}/desk.sqlite3",
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
    }


def await_answer(base: str) -> None:
    """Wait until the desk says that it lives."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"expected the desk to answer within {PATIENCE_SECONDS} seconds")
