"""The pages in a real Chromium: wide and narrow, light and dark, no violation of any kind."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import browser, needs_chromium, signed_in  # noqa: F401

pytestmark = needs_chromium
RULES_PAGE = "/rules/aliexpress/2026-11-22/"
AROUND = ("/disputes/?filter=all", "/orders/", "/accounts/2fa/", RULES_PAGE, "/settings/", "/help/")
OF_ROLE = {
    "amina": ("/status/", "/accessibility/", "/rules/"),
    "luma": ("/seller/",),
    "ortiz": ("/queue/?view=open",),
    "ops": tuple(
        f"/operations/{page}/"
        for page in ("figures", "clocks", "outbox", "ledger", "audit", "people", "rulebooks")
    ),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_DISPUTES = 4
HREFS = "all => all.map(one => one.getAttribute('href'))"
# Width, height, and how many pages are looked at in that size.
SIZES = [(1280, 900, 12), (390, 844, 12), (320, 640, 20)]


def places(page, base: str, who: str) -> list[str]:
    """Every page within one click of the lists, and the forms of each dispute."""
    found = [*AROUND, *OF_ROLE.get(who, ())]
    page.goto(f"{base}/disputes/?filter=all")
    links = page.eval_on_selector_all("main h2 a", HREFS)
    for link in links[:MOST_DISPUTES]:
        page.goto(base + link)
        acts = page.eval_on_selector_all("main a.btn, main .other a, main #ruling li.row a", HREFS)
        found += [link, *(act for act in acts if act.startswith("/"))]
        if who == "ortiz":
            found.insert(4, link.replace("/disputes/", "/queue/"))
    page.goto(f"{base}/orders/")
    found.insert(3, page.get_attribute("main h2 a", "href"))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("who", ["amina", "luma", "ortiz", "ops"])
def test_every_page_is_accessible_in_light_and_dark(browser, desk, who):  # noqa: F811
    base, _ = desk
    for scheme, most in (("light", 18), ("dark", 16)):
        page = signed_in(browser, base, who, color_scheme=scheme)
        for place in places(page, base, who)[:most]:
            page.goto(base + place)
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, f"{place} {scheme}: {found.generate_report()}"


@pytest.mark.parametrize("who", ["amina", "luma", "ortiz", "ops"])
def test_no_page_scrolls_sideways_or_breaks_the_content_policy(browser, desk, who):  # noqa: F811
    base, _ = desk
    complaints: list[str] = []
    for width, height, most in SIZES:
        page = signed_in(browser, base, who, viewport={"width": width, "height": height})
        page.on("console", lambda message: complaints.append(message.text))
        for place in places(page, base, who)[:most]:
            page.goto(base + place)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{place} is {wide} wide at {width}"
    assert [one for one in complaints if "Content Security Policy" in one] == []


def of_the_rulebook(page, base: str) -> list[str]:
    """The decision notices and the forms that the requests for proof of every dispute lead to."""
    page.goto(f"{base}/disputes/?filter=all")
    links = page.eval_on_selector_all("main h2 a", HREFS)
    found: list[str] = []
    for link in links:
        page.goto(base + link)
        leads = page.eval_on_selector_all("main a", HREFS)
        kinds = ("/decision/", "/prove/", "/state/", "/depart")
        found += [
            one for one in leads if one.startswith(link) and any(map(one.__contains__, kinds))
        ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("who", ["amina", "luma"])
def test_decisions_and_requests_for_proof_are_read_at_every_width(browser, desk, who):  # noqa: F811
    base, _ = desk
    seen: set[str] = set()
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        size = {"width": width, "height": 844}
        page = signed_in(browser, base, who, viewport=size, color_scheme=scheme)
        for place in of_the_rulebook(page, base):
            assert page.goto(base + place).status == 200
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, f"{place} {scheme}: {found.generate_report()}"
            seen.add(place.rstrip("/").split("/")[3])
    assert "decision" in seen


def test_a_page_refreshes_its_time_left_by_the_clock_of_the_server(browser, desk):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "luma")
    page.goto(f"{base}/disputes/?filter=waiting_for_you")
    page.click("main h2 a")
    assert page.locator("[role=timer]").inner_text().endswith("left")


PHOTO = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def said_and_shown(page, base: str) -> list[str]:
    """The pages of what is said and shown in the first running dispute of the viewer."""
    page.goto(f"{base}/disputes/?filter=in_process")
    link = page.eval_on_selector_all("main h2 a", HREFS)[0]
    page.goto(base + link)
    leads = page.eval_on_selector_all("main a", HREFS)
    kinds = (
        "/custody/",
        "/case-file/",
        "/messages/",
        "/outside/",
        "/redact/",
        "/withdraw-evidence/",
    )
    found = [one for one in leads if any(map(one.__contains__, kinds))]
    thread = next(one for one in found if one.endswith("/messages/"))
    return list(dict.fromkeys([*found, f"{thread.removesuffix('messages/')}do/terms/"]))


@pytest.mark.parametrize("who", ["amina", "luma"])
def test_what_is_said_and_shown_is_read_at_every_width(browser, desk, who):  # noqa: F811
    base, _ = desk
    complaints: list[str] = []
    for width, scheme in ((1280, "dark"), (390, "light"), (320, "dark")):
        size = {"width": width, "height": 844}
        page = signed_in(browser, base, who, viewport=size, color_scheme=scheme)
        page.on("console", lambda message: complaints.append(message.text))
        pages = said_and_shown(page, base)
        assert len(pages) >= 4
        for place in pages:
            assert page.goto(base + place).status == 200, place
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, f"{place} {scheme}: {found.generate_report()}"
    assert [one for one in complaints if "Content Security Policy" in one] == []


def test_files_leave_one_by_one_and_are_submitted_together(browser, desk, tmp_path):  # noqa: F811
    base, _ = desk
    for name, content in (("a.png", PHOTO), ("b.svg", b"<svg/>"), ("c.txt", b"hello")):
        (tmp_path / name).write_bytes(content)
    page = signed_in(browser, base, "amina")
    page.goto(f"{base}/disputes/?filter=in_process")
    page.click("main h2 a >> nth=0")
    page.set_input_files("#uploads", [tmp_path / "a.png", tmp_path / "b.svg", tmp_path / "c.txt"])
    page.wait_for_selector("[data-list] li >> nth=2")
    page.wait_for_selector("[data-list] .error")
    page.wait_for_selector("[data-list] [name^=shows-] >> nth=1")
    assert "b.svg" in page.locator("[data-list] .error").inner_text()
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    page.fill("[data-list] [name^=shows-] >> nth=0", "The crack in the glass")
    page.click("text=Submit the files")
    page.wait_for_load_state()
    assert "The crack in the glass" in page.locator("#evidence").inner_text()
    assert "c.txt" in page.locator("#evidence").inner_text()
