"""A real Chromium for tests: one browser a module, people signed in, links to follow."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield found
        found.close()


KNOWN: dict[tuple[str, str], list[dict]] = {}


def signed_in(browser, base: str, who: str, **options):
    """A page of a new context in which this person is signed in.

    The desk is asked for a sign-in once a person: it takes only so many a minute.
    """
    context = browser.new_context(**options)
    if (base, who) in KNOWN:
        context.add_cookies(KNOWN[base, who])
        return context.new_page()
    page = context.new_page()
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", f"{who}@fairhold.example")
    page.fill("input[name=password]", "fairhold-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    KNOWN[base, who] = context.cookies()
    return page


def first_link(page, base: str, place: str, selector: str = "main h2 a") -> str:
    page.goto(base + place)
    return page.get_attribute(selector, "href")
