"""The walk in the guide, executed line by line against a served desk."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "guides"


def walked(name: str, base: str, keys: dict[str, str]) -> str:
    """The output of a guide's lines of shell, run against a served desk."""
    text = (GUIDES / f"{name}.md").read_text()
    script = "set -eu\n" + "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "BASE": f"{base}/api/v1", **keys},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_guide_walks_one_dispute_to_its_end(desk):
    told = walked("one-dispute", *desk)
    assert "agreed" in told
    assert "'held_goods': 0" in told
    assert "'action': 'PostMessage'" in told


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_guide_takes_the_file_of_a_case_along(desk):
    told = walked("case-file", *desk).splitlines()
    assert told[:3] == ["objection", "one_side", "counts"]
    assert told[3:5] == ["the same bytes", "all digests hold"]
    assert int(told[5]) >= 5


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_guide_tells_what_a_parcel_did(desk):
    told = walked("parcels", *desk).split()
    assert told[:3] == ["valid", "check", "digit"]
    assert told[3:] == ["/status", "delivered", "match", "Shipment", "picked", "up"]
