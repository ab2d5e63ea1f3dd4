"""The database settings, and the durability that SQLite must have.

An acknowledged commit survives a power cut: WAL with FULL only where the library is free of the WAL
reset race (3.51.3), otherwise a rollback journal with EXTRA. Never `synchronous=NORMAL`.
"""

import sqlite3
from typing import Any

import dj_database_url

SAFE_WAL_SQLITE = (3, 51, 3)
SQLITE_WAIT_SECONDS = 20
# `PRAGMA synchronous` as SQLite reports it.
FULL, EXTRA = 2, 3
POOL_SIZE = 8


def sqlite_modes(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, int]:
    """The journal mode and `synchronous` level for this library version."""
    return ("wal", FULL) if version >= SAFE_WAL_SQLITE else ("delete", EXTRA)


def database(url: str) -> dict[str, Any]:
    """Django's database settings for `url`."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        journal, synchronous = sqlite_modes()
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous={synchronous}; "
            "PRAGMA mmap_size=0; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536",
        }
    else:
        settings["CONN_MAX_AGE"] = 0
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": POOL_SIZE, "timeout": 10},
            "server_side_binding": True,
            # The write path repeats its statements; a migration's run once and stay unprepared.
            "prepare_threshold": 2,
        }
    settings["ATOMIC_REQUESTS"] = False
    return settings
