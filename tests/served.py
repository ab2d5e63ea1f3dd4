"""A demo desk served on a free port, for tests that come in by the front door."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A demo desk on a free port: its address and its keys by role."""
    data = tmp_path_factory.mktemp("desk")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "FAIRHOLD_DATA": str(data),
        "DATABASE_URL": f"sqlite:///{data}/desk.sqlite3",
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
    }
    words = [sys.executable, "-m", "fairhold", "demo", "--port", str(port)]
    served = subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(1_200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        rows = json.loads((data / "demo.json").read_text())
        yield f"http://127.0.0.1:{port}", {row["role"].upper(): row["key"] for row in rows}
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=20)
