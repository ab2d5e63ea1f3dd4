"""The audit reads one moment of each order while others write, on both engines."""

import json
import os
import subprocess
import sys

import psycopg
import pytest

from api.test_contract import document
from test_on_postgres import URL, reachable

ORDERS = 700  # more than one page of the audit


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path):
    """A database of its own on each engine."""
    address = f"sqlite:///{tmp_path}/desk.sqlite3"
    name = f"fairhold_audited_{os.getpid()}"
    if request.param == "postgresql":
        if not reachable():
            pytest.skip("no PostgreSQL answers")
        address = URL.rsplit("/", 1)[0] + f"/{name}"
        psycopg.connect(URL, autocommit=True).execute(f"CREATE DATABASE {name}")
    yield {
        **os.environ,
        "FAIRHOLD_DATA": str(tmp_path),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
    }
    if request.param == "postgresql":
        psycopg.connect(URL, autocommit=True).execute(f"DROP DATABASE {name} WITH (FORCE)")


def words(*rest: str) -> list[str]:
    return [sys.executable, "-m", "fairhold", *rest]


def test_an_audit_beside_a_busy_writer_finds_nothing(environment, tmp_path):
    subprocess.run(words("migrate"), env=environment, check=True, capture_output=True)
    files = [tmp_path / f"{name}.jsonl" for name in "ab"]
    for path in files:
        rows = (json.dumps(document(ref=f"{path.stem}-{place}")) for place in range(ORDERS))
        path.write_text("\n".join(rows))
    first, second = (words("orders", "import", str(path)) for path in files)
    subprocess.run(first, env=environment, check=True, capture_output=True)
    writer = subprocess.Popen(second, env=environment, stdout=-3, stderr=-3)
    try:
        done = subprocess.run(
            words("audit", "--json"), env=environment, capture_output=True, text=True, check=False
        )
        beside = writer.poll() is None
    finally:
        assert writer.wait(timeout=120) == 0
    assert done.returncode == 0, done.stderr[-500:]
    report = json.loads(done.stdout)
    assert report["findings"] == []
    assert report["orders"] >= ORDERS
    assert beside or report["orders"] > ORDERS
