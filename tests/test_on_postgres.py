"""Every test of both engines, once more on PostgreSQL where a server answers."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ROOT = Path(__file__).resolve().parents[1]


def reachable() -> bool:
    try:
        psycopg.connect(URL, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


@pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="this run is on PostgreSQL"
)
def test_the_store_contract_holds_on_postgresql():
    if not reachable():
        pytest.skip(f"no PostgreSQL answers at {URL.rsplit('@', maxsplit=1)[-1]}")
    words = [sys.executable, "-m", "pytest", "-m", "engines", "-p", "no:cacheprovider", "tests"]
    environment = {**os.environ, "DATABASE_URL": URL}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
