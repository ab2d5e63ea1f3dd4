"""The walk in the guide, executed line by line against a served desk."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "one-dispute.md"


@pytest.fixture(scope="module")
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
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        rows = json.loads((data / "demo.json").read_text())
        yield f"http://127.0.0.1:{port}", {row["role"].upper(): row["key"] for row in rows}
    finally:
        os.killpg(served.pid, signal.SIGINT)
        served.wait(timeout=20)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_guide_walks_one_dispute_to_its_end(desk):
    base, keys = desk
    script = "set -eu\n" + "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL))
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "BASE": f"{base}/api/v1", **keys},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "agreed" in done.stdout
    assert "'held_goods': 0" in done.stdout
    assert "'action': 'PostMessage'" in done.stdout
