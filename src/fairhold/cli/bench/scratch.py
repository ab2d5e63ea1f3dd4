"""A database that exists for one benchmark and is gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from fairhold.cli.start import close_connections, start

NAME = "fairhold_bench"


@contextmanager
def scratch(postgres: str | None) -> Iterator[str]:
    """Set Django up on a fresh database; yields its address. Call before anything else of Django.

    `postgres` is the address of a server on which databases may be made; None means SQLite.
    """
    with tempfile.TemporaryDirectory(prefix="fairhold-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        if postgres:
            _on_server(postgres, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            _on_server(postgres, f"CREATE DATABASE {NAME}")
            url = f"{postgres.rstrip('/')}/{NAME}"
        os.environ |= {"DATABASE_URL": url, "FAIRHOLD_DATA": folder, "FAIRHOLD_TEST_MODE": "1"}
        start()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        try:
            yield url
        finally:
            close_connections()
            if postgres:
                _on_server(postgres, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _on_server(postgres: str, statement: str) -> None:
    address = f"{postgres.rstrip('/')}/postgres"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(statement.encode())
