"""A Chromium of this machine, for the commands that look at pages as people do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class NoBrowser(Exception):
    """There is none here; the message names what is missing and where it comes from."""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window, closed when the block is left.

    Raises: NoBrowser.
    """
    found = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        told = "Playwright is not installed; it is in requirements-test.lock."
        raise NoBrowser(told) from error
    if found is None:
        raise NoBrowser("Chromium is not installed; install the package “chromium”.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
