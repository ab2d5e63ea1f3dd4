"""The specialist's place in a real browser: found by words, and page by page on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PHONE, WIDE, browser, needs_chromium, signed_in  # noqa: F401

pytestmark = needs_chromium
OPEN = "/queue/?view=open"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    page.keyboard.press("ArrowUp")
    offered = page.locator("#commands li button").all_inner_texts()
    assert page.evaluate("document.activeElement.textContent") == offered[-1]
    assert len(offered) == len(set(offered))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('#commands') !== null")


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_on_a_phone_queue_case_and_decision_are_pages(browser, desk, js):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "ortiz", viewport=PHONE, java_script_enabled=js)
    page.goto(base + OPEN)
    for link, shown, hidden in (
        ("[data-row] h3 a >> nth=0", "#plans", "#decide"),
        (".pane-jump >> text=Decision", "#decide", "#plans"),
        (".pane-jump >> text=Case", "#history", "#decide"),
    ):
        with page.expect_navigation():
            page.click(link)
        assert page.is_visible(shown), link
        assert not page.is_visible(hidden), link
        assert page.is_visible("h1"), link
    with page.expect_navigation():
        page.click(".pane-jump >> text=Queue")
    assert page.url == base + OPEN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_the_decision_and_an_apology_are_accessible(browser, desk, scheme):  # noqa: F811
    base, _ = desk
    for size in (PHONE, WIDE):
        page = signed_in(browser, base, "ortiz", viewport=size, color_scheme=scheme)
        page.goto(base + OPEN)
        link = page.get_attribute("[data-row] h3 a", "href").split("?")[0]
        for place in (f"{link}?pane=decide", link, "/disputes/nothing/", OPEN):
            page.goto(base + place)
            if place == OPEN:
                page.keyboard.press("Control+k")
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, f"{place} {scheme}: {found.generate_report()}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], place


def test_a_notice_in_two_languages_stands_side_by_side(browser, desk):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "amina", viewport=WIDE)
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": base}])
    page.goto(f"{base}/disputes/?q=DA-2004")
    page.goto(base + page.get_attribute("main h2 a", "href") + "decision/?beside=en")
    own, source = (one.bounding_box() for one in page.locator(".pair > div").all())
    assert abs(own["y"] - source["y"]) <= 1
    assert source["x"] + source["width"] <= own["x"]
    assert "The money" in page.locator(".pair [lang=en]").inner_text()
    assert Axe().run(page, options={"runOnly": RULES}).violations_count == 0
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
