"""Fixtures of all tests."""

import os

import pytest
from django.db import connection

from served import desk  # noqa: F401 - a fixture
from world import Case


@pytest.fixture
def case(db) -> Case:
    """A dispute freshly opened on a paid and dispatched order."""
    return Case().registered().opened()


@pytest.fixture
def order(db) -> Case:
    """A paid and dispatched order."""
    return Case().registered()


@pytest.fixture
def statements(db):
    """Counts the SQL statements that are sent while it is entered."""

    class Count:
        def __init__(self) -> None:
            self.sql: list[str] = []

        def __enter__(self) -> "Count":
            self.sql = []
            self._wrapping = connection.execute_wrapper(self._count)
            self._wrapping.__enter__()
            return self

        def __exit__(self, *error: object) -> None:
            self._wrapping.__exit__(*error)

        def _count(self, execute, sql, params, many, context):
            if not sql.upper().startswith(("SAVEPOINT", "RELEASE")):
                self.sql.append(sql)
            return execute(sql, params, many, context)

    return Count()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything is installed, nothing may be skipped."""
    report = yield
    if report.skipped and os.environ.get("NOTHING_SKIPPED") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped although nothing may be: {report.longrepr}"
    return report
