"""The specialist's place in a real browser: found by words, and page by page on a phone."""

import pytest
from browsing import PHONE, browser, needs_chromium, signed_in  # noqa: F401

pytestmark = needs_chromium
OPEN = "/queue/?view=open"


def test_a_command_is_found_by_its_words(browser, desk):  # noqa: F811
    """Also where single keys are switched off: this one has a modifier."""
    base, _ = desk
    page = signed_in(browser, base, "ortiz")
    page.goto(base + OPEN)
    page.keyboard.press("Control+k")
    assert page.locator("#commands li").count() > 10
    page.keyboard.type("next case")
    assert "Next case" in page.locator("#commands li").first.inner_text()
    page.keyboard.press("Enter")
    assert not page.is_visible("#commands")
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")
    page.keyboard.press("Control+k")
    page.keyboard.type("nothing has this name")
    page.keyboard.press("Enter")
    assert page.is_visible("#commands")
    page.keyboard.press("Escape")
    assert not page.is_visible("#commands")
    page.keyboard.press("Control+k")
    page.keyboard.type("no clock has")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('#commands') !== null")


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_on_a_phone_queue_case_and_decision_are_pages(browser, desk, js):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "ortiz", viewport=PHONE, java_script_enabled=js)
    page.goto(base + OPEN)
    page.click("[data-row] h3 a >> nth=0")
    assert page.is_visible("#plans")
    assert not page.is_visible("#decide")
    page.click(".pane-jump >> text=Decision")
    assert page.is_visible("#decide")
    assert not page.is_visible("#plans")
    page.click(".pane-jump >> text=Case")
    assert page.is_visible("#history")
    page.click(".pane-jump >> text=Queue")
    assert page.url == base + OPEN
