"""Two people at once, a line that breaks, a hand that presses twice."""

import hashlib
import os
import time

from browsing import browser, first_link, needs_chromium, signed_in  # noqa: F401

pytestmark = needs_chromium
IN_PROCESS = "/disputes/?filter=in_process"
PIECE = 5 * 1024 * 1024


def film(path, size: int) -> str:
    """A file that counts as a video; its digest."""
    content = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + os.urandom(size)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def test_an_upload_goes_on_after_a_broken_line_and_a_reload(browser, desk, tmp_path):  # noqa: F811
    """U15."""
    base, _ = desk
    path = tmp_path / "opening.mp4"
    digest = film(path, 22 * 1024 * 1024)
    page = signed_in(browser, base, "amina")
    place = base + first_link(page, base, IN_PROCESS)
    page.goto(place)
    sent: list[int] = []

    def passing(route):
        offset = int(route.request.headers["upload-offset"])
        if offset >= 2 * PIECE and len(sent) < 3:
            sent.append(offset)
            route.abort("internetdisconnected")
            return
        sent.append(offset)
        route.continue_()

    page.route(
        "**/uploads/resumable/*",
        lambda one: passing(one) if one.request.method == "PATCH" else one.continue_(),
    )
    page.set_input_files("#uploads", path)
    page.wait_for_selector("text=The connection broke. Trying again.")
    assert sent == [0, PIECE, 2 * PIECE]
    page.reload()
    page.set_input_files("#uploads", path)
    page.wait_for_selector("[data-list] li[data-id]", timeout=20_000)
    assert sent[3] == 2 * PIECE
    page.fill("[data-list] [name^=shows-]", "The opening in one piece")
    page.click("text=Submit the files")
    page.wait_for_load_state()
    page.click("a:has-text('opening.mp4')")
    page.click("text=Who handled it")
    assert digest in page.inner_text("main")


def test_a_file_that_is_not_taken_says_so_and_the_others_stay(browser, desk, tmp_path):  # noqa: F811
    """U16 with scripts; without them the forms of `test_uploads_in` say the same."""
    base, _ = desk
    (tmp_path / "a.svg").write_bytes(b"<svg/>")
    (tmp_path / "b.txt").write_bytes(b"What was agreed on the telephone.")
    (tmp_path / "c.txt").write_bytes(b"")
    page = signed_in(browser, base, "amina")
    page.goto(base + first_link(page, base, IN_PROCESS))
    page.set_input_files("#uploads", [tmp_path / name for name in ("a.svg", "b.txt", "c.txt")])
    page.wait_for_selector("[data-list] .error >> nth=1")
    page.wait_for_selector("[data-list] li[data-id]")
    told = page.locator("[data-list] .error").all_inner_texts()
    assert any("a.svg" in one for one in told)
    assert any("empty" in one for one in told)


def test_what_is_typed_stays_when_the_other_side_changes_the_case(browser, desk):  # noqa: F811
    """U17: the notice comes by itself; nothing moves under the reader."""
    base, _ = desk
    seller = signed_in(browser, base, "luma")
    place = base + first_link(seller, base, IN_PROCESS)
    seller.goto(place)
    seller.fill("#message textarea", "I have not finished")
    seller.focus("#message textarea")
    buyer = signed_in(browser, base, "amina")
    buyer.goto(place)
    buyer.fill("#message textarea", "Are you there?")
    buyer.click("#message button")
    seller.wait_for_selector(".pulse [role=status]", timeout=10_000)
    assert seller.input_value("#message textarea") == "I have not finished"
    assert seller.evaluate("document.activeElement.id") == "text"


def test_a_hand_that_presses_twice_makes_one_message(browser, desk):  # noqa: F811
    """U19."""
    base, _ = desk
    page = signed_in(browser, base, "amina")
    place = base + first_link(page, base, IN_PROCESS)
    page.goto(place)
    page.fill("#message textarea", "Pressed twice, sent once.")
    with page.expect_navigation():
        page.dblclick("#message button")
    page.wait_for_load_state("networkidle")
    page.goto(place + "?show=messages")
    assert page.inner_text("#history").count("Pressed twice, sent once.") == 1


def test_a_page_without_a_line_says_so_and_keeps_what_was_typed(browser, desk):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "amina")
    page.goto(base + first_link(page, base, IN_PROCESS))
    page.fill("#message textarea", "Typed on the train")
    page.context.set_offline(True)
    page.wait_for_selector(".offline:visible")
    assert "Not connected" in page.inner_text(".offline")
    page.context.set_offline(False)
    page.wait_for_selector(".offline", state="hidden")
    assert page.input_value("#message textarea") == "Typed on the train"


def test_a_draft_is_kept_while_one_types(browser, desk):  # noqa: F811
    base, _ = desk
    page = signed_in(browser, base, "amina")
    link = first_link(page, base, IN_PROCESS)
    page.goto(f"{base}{link}outside/")
    with page.expect_response("**/drafts/save"):
        page.fill("textarea[name=summary]", "She called on Monday")
    page.goto(f"{base}{link}outside/")
    assert page.input_value("textarea[name=summary]") == "She called on Monday"


def test_single_keys_do_nothing_when_off_and_each_has_a_control(browser, desk):  # noqa: F811
    """U29."""
    base, _ = desk
    page = signed_in(browser, base, "ortiz")
    page.goto(f"{base}/queue/?view=open")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")
    page.keyboard.press("x")
    assert page.locator("[data-row] input:checked").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("jkn")
    assert page.input_value("#q") == "jkn"
    page.goto(f"{base}/settings/")
    page.uncheck("[name=single_keys]")
    page.click("main .btn.primary")
    page.goto(f"{base}/queue/?view=open")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("[data-row] input:checked").count() == 0
    page.goto(f"{base}/settings/")
    page.check("[name=single_keys]")
    page.click("main .btn.primary")


def test_a_picture_is_looked_at_closely_by_buttons_and_keys(browser, desk):  # noqa: F811
    from io import BytesIO

    from PIL import Image

    base, _ = desk
    picture = BytesIO()
    Image.effect_noise((300, 200), 90).save(picture, "PNG")
    page = signed_in(browser, base, "amina")
    page.goto(base + first_link(page, base, IN_PROCESS))
    file = {"name": "seam.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.set_input_files("#uploads", file)
    page.wait_for_selector("[data-list] li[data-id]")
    page.click("text=Submit the files")
    page.click("a:has-text('seam.png')")
    page.wait_for_selector("figure img")
    page.click("text=Larger")
    assert page.evaluate("document.querySelector('figure img').width") > 300
    page.focus("figure")
    page.keyboard.press("r")
    assert page.get_attribute("figure", "data-turned") == "90"


def test_a_form_waits_for_its_files(browser, desk):  # noqa: F811
    """Sent while a file is on its way, it goes by itself once the file is here."""
    base, _ = desk
    page = signed_in(browser, base, "luma")
    page.goto(base + first_link(page, base, "/disputes/?q=LL-1006"))
    page.route("**/uploads/resumable/*", lambda route: (time.sleep(1), route.continue_()))
    content = b"\x89PNG\r\n\x1a\n" + b"7" * 90
    photo = {"name": "late.png", "mimeType": "image/png", "buffer": content}
    page.set_input_files("#evidence input[type=file]", [photo])
    with page.expect_navigation():
        page.click("#evidence form button.btn >> text=Submit the files")
    assert "late.png" in page.inner_text("#evidence")


def test_a_box_is_drawn_over_a_picture(browser, desk):  # noqa: F811
    """What is drawn stands as numbers in the field; the other side sees the redacted copy."""
    base, _ = desk
    page = signed_in(browser, base, "luma", viewport={"width": 390, "height": 844})
    page.goto(f"{base}/disputes/?q=LL-1001")
    place = base + page.get_attribute("main h2 a", "href")
    page.goto(place)
    page.click("#E2 a[href*='/redact/']")
    sheet = page.locator(".drawn svg")
    sheet.scroll_into_view_if_needed()
    area = sheet.bounding_box()
    defects: list[str] = []
    page.on("pageerror", lambda error: defects.append(str(error)))
    page.mouse.move(area["x"] + 5, area["y"] - 40)
    page.mouse.down()
    page.mouse.move(area["x"] + 5, area["y"] + 40)
    page.mouse.up()
    assert (page.input_value("#id_boxes"), defects) == ("", [])
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.move(area["x"] + area["width"] * 0.25, area["y"] + area["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.5)
    page.mouse.up()
    numbers = [int(one) for one in page.input_value("#id_boxes").split()]
    drawn = zip(numbers, (250, 250, 750, 500), strict=True)
    assert all(abs(one - near) <= 4 for one, near in drawn)
    page.click("main form .btn.primary")
    assert "redacted" in page.inner_text("#E2")
