"""The walk in the guide, executed line by line against a served desk."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "one-dispute.md"


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
