"""The start-up check: a database that could lose an acknowledged commit is refused."""

import sqlite3

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from fairhold.config.databases import EXTRA, FULL, SAFE_WAL_SQLITE

LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


def refuse_weak_durability() -> None:
    """Look at what the connection really does, not at what was asked for.

    Raises: ImproperlyConfigured, saying what was found and what is needed.
    """
    if connection.vendor == "sqlite":
        problem = weakness(*_sqlite_modes())
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            level = cursor.fetchone()[0]
        weak = level in {"off", "local"} or not _setting("fsync")
        problem = f"PostgreSQL runs with synchronous_commit={level}" if weak else None
    if problem:
        raise ImproperlyConfigured(f"{problem}; an acknowledged decision could be lost.")


def weakness(journal: str, synchronous: int, version: tuple[int, ...]) -> str | None:
    """What is too weak about these SQLite modes; None when they are safe."""
    found = f"SQLite runs with journal_mode={journal}, synchronous={LEVELS.get(synchronous)}"
    if journal == "wal":
        if version < SAFE_WAL_SQLITE:
            return f"{found} on a library before 3.51.3, which can corrupt it"
        return None if synchronous >= FULL else found
    if journal == "delete":
        return None if synchronous >= EXTRA else found
    return found


def _sqlite_modes() -> tuple[str, int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    return journal, synchronous, sqlite3.sqlite_version_info


def _setting(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return bool(cursor.fetchone()[0] == "on")
