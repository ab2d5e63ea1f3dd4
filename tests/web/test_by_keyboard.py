"""The journeys of each role with the keyboard alone, with scripts and without (U02, U05, U09)."""

import pytest
from browsing import browser, needs_chromium, signed_in  # noqa: F401

pytestmark = needs_chromium
MOST_STOPS = 220
PHOTO = b"\x89PNG\r\n\x1a\n" + b"0" * 60
SEEN = """() => {
  const one = document.activeElement, unseen = one.matches('body, main, [tabindex="-1"]');
  return unseen || getComputedStyle(one).outlineStyle !== 'none';
}"""


def reach(page, selector: str):
    """Tab until the focus is on what is looked for; it is visible at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} cannot be reached on {page.url}")


def press(page, selector: str) -> None:
    """Reach it and press Enter, which follows a link or sends a form."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page, selector: str, text: str) -> None:
    reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page, name: str, value: str) -> None:
    """Choose one of several by the arrow keys."""
    reach(page, f"[name={name}]")
    for _ in range(9):
        chosen = f"document.querySelector('[name={name}]:checked')?.value"
        if page.evaluate(chosen) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be chosen")


def confirm(page) -> None:
    press(page, "form .btn.primary")
    assert "Check before you confirm" in page.inner_text("h1")
    press(page, "form .btn.primary")


def opened(browser, base: str, js: bool):  # noqa: F811
    """(1) A buyer opens a dispute with two files; the address of the dispute."""
    page = signed_in(browser, base, "amina", java_script_enabled=js)
    page.goto(f"{base}/orders/")
    press(page, "a.btn")
    choose(page, "reason", "not_as_agreed")
    press(page, "form .btn.primary")
    write(page, "select[name=subcase]", "late")
    press(page, "form .btn.primary")
    write(page, "input[name=line_1]", "5.00")
    if js:
        page.wait_for_selector("output:has-text('Together USD 5.00 of')")
    press(page, "form .btn.primary")
    write(page, "textarea[name=description]", "Some are missing.")
    write(page, "textarea[name=wanted]", "Their price.")
    reach(page, "input[type=file]")
    files = [
        {"name": f"{name}.png", "mimeType": "image/png", "buffer": PHOTO + name.encode()}
        for name in "ab"
    ]
    page.set_input_files("input[type=file]", files)
    if js:
        page.wait_for_selector("[data-list] li[data-id] >> nth=1")
    confirm(page)
    assert page.locator("#evidence .file").count() == 2
    return page, page.url


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_the_journeys_of_a_case_need_no_mouse(browser, desk, js):  # noqa: F811
    base, _ = desk
    buyer, place = opened(browser, base, js)
    complaints: list[str] = []
    seller = signed_in(browser, base, "luma", java_script_enabled=js)
    seller.on("console", lambda message: complaints.append(message.text))
    # (2) The seller refuses and offers a plan.
    seller.goto(place)
    press(seller, ".turn a[href$='/refuse/']")
    write(seller, "input[name=goods]", "2.00")
    write(seller, "textarea[name=note]", "Only one is missing.")
    confirm(seller)
    assert "USD 2.00" in seller.inner_text(".plan.seller")
    # (5) The specialist takes it up from the queue and puts up the platform's plan.
    specialist = signed_in(browser, base, "ortiz", java_script_enabled=js)
    specialist.goto(place)
    press(specialist, ".turn a[href$='/step-in/']")
    press(specialist, "form .btn.primary")
    specialist.goto(place.replace("/disputes/", "/queue/"))
    choose(specialist, "kind", "return_and_refund")
    write(specialist, "#decide input[name=goods]", "3.00")
    write(specialist, "#decide textarea[name=note]", "Two are missing by weight.")
    press(specialist, "#decide [data-next]")
    assert "Two are missing by weight." in specialist.inner_text("main")
    press(specialist, "form .btn.primary")
    assert "/queue/" in specialist.url
    assert place.split("/")[-2] not in specialist.url
    # (3) The buyer accepts the platform's plan, and so does the seller, for whom it asks where to.
    for person in (buyer, seller):
        person.goto(place)
        press(person, ".plan.platform a[href*='/accept/']")
        if person is seller:
            press(person, "form .btn.primary")
        press(person, "form .btn.primary")
    # (4) The buyer writes the waybill into the case; the seller has the goods back.
    buyer.goto(place)
    press(buyer, ".turn a[href$='/waybill/']")
    write(buyer, "input[name=carrier]", "Gulf Post")
    write(buyer, "input[name=waybill]", "RR123456785KW" if js else "RR123456771KW")
    confirm(buyer)
    assert "Gulf Post" in buyer.inner_text("#return")
    seller.goto(place)
    press(seller, ".turn a[href$='/confirm-return/']")
    press(seller, "form .btn.primary")
    buyer.goto(place)
    assert "Closed" in buyer.inner_text(".tag")
    assert [one for one in complaints if "Content Security Policy" in one] == []


@pytest.mark.parametrize(
    ("js", "goods"),
    [(True, "1.000"), (False, "2.000")],
    ids=["with scripts", "without scripts"],
)
def test_the_second_signature_needs_no_mouse(browser, desk, js, goods):  # noqa: F811
    """(6) What departs from the rulebook waits for a second person."""
    base, _ = desk
    specialist = signed_in(browser, base, "ortiz", java_script_enabled=js)
    specialist.goto(f"{base}/queue/?view=open&q=DA-2006")
    number = specialist.inner_text("[data-row] p bdi")
    specialist.goto(f"{base}/d/{number}")
    place = specialist.url
    press(specialist, ".turn a[href$='/platform-plan/']")
    reach(specialist, "input[name=kind]")
    write(specialist, "input[name=goods]", goods)
    write(specialist, "textarea[name=note]", "A part of the price.")
    write(specialist, "textarea[name=departs]", "Both sides were told something else.")
    confirm(specialist)
    operator = signed_in(browser, base, "ops", java_script_enabled=js)
    operator.goto(place)
    assert f"KWD {goods}" not in operator.inner_text(".plan.platform")
    press(operator, "a[href$='/confirm-departure/']")
    press(operator, "form .btn.primary")
    operator.goto(place)
    assert f"KWD {goods}" in operator.inner_text(".plan.platform")
