"""How the pages look in Arabic, against stored pictures of them (U08).

The pictures are small and grey, so that another version of the browser passes, and a panel on the
wrong side, a missing card or broken columns do not. The desk's clock stands still. After a change
that is meant: `FAIRHOLD_REFERENCES=write python3 run.py test` with this file, and look at what was
written.
"""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from browsing import PHONE, WIDE, browser, needs_chromium, signed_in  # noqa: F401
from PIL import Image, ImageChops, ImageFilter, ImageOps

from still import still


def families() -> str:
    """The font families of this machine."""
    if shutil.which("fc-list") is None:
        return ""
    words = ["fc-list", ":lang=ar", "family"]
    return subprocess.run(words, capture_output=True, check=True).stdout.decode()


NOTO = "Noto Sans Arabic"
pytestmark = [
    *needs_chromium,
    pytest.mark.skipif(NOTO not in families(), reason=f"the font {NOTO} is not installed"),
]
STORED = Path(__file__).parent / "references"
WRITES = os.environ.get("FAIRHOLD_REFERENCES") == "write"
# A stored pixel for so many of the screen in each direction; how grey may differ; how many may.
SCALE, TOLERANCE, MOST_OTHERS = 4, 48, 0.005
# Name -> who looks, on what, at which case, and what follows after its address.
DISPUTE = "/disputes/?q=LL-1001"
PAGES = {
    "disputes": ("amina", PHONE, "/disputes/?filter=all", None, ""),
    "dispute": ("amina", PHONE, DISPUTE, "main h2 a", ""),
    "dispute-wide": ("luma", WIDE, DISPUTE, "main h2 a", ""),
    "plan": ("luma", PHONE, "/disputes/?filter=waiting_for_you", "main h2 a", "refuse/"),
    "decision": ("amina", PHONE, "/disputes/?q=DA-2004", "main h2 a", "decision/"),
    "order": ("amina", PHONE, "/orders/", "main h2 a", ""),
    "queue": ("ortiz", WIDE, "/queue/?view=open", None, ""),
    "workspace": ("ortiz", WIDE, "/queue/?view=open", "[data-row] h3 a", ""),
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """A demo desk in which nobody has done anything yet."""
    with still(tmp_path_factory.mktemp("untouched")) as base:
        yield base


def picture_of(page) -> Image.Image:
    """What stands on the screen, small, grey and a little blurred."""
    seen = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("L")
    return seen.filter(ImageFilter.BoxBlur(SCALE)).reduce(SCALE)


def otherness(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by more than a shade."""
    assert one.size == other.size
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[TOLERANCE:]) / sum(counts)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_arabic_looks_as_it_was_drawn(browser, untouched, name):  # noqa: F811
    who, size, place, link, after = PAGES[name]
    page = signed_in(browser, untouched, who, viewport=size, color_scheme="light")
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": untouched}])
    page.goto(untouched + place)
    if link:
        page.goto(untouched + page.get_attribute(link, "href").split("?")[0] + after)
    assert page.get_attribute("html", "dir") == "rtl"
    page.evaluate("document.fonts.ready")
    seen, stored = picture_of(page), STORED / f"{name}.png"
    if WRITES:
        STORED.mkdir(exist_ok=True)
        seen.save(stored, optimize=True)
    drawn = Image.open(stored)
    assert otherness(seen, drawn) <= MOST_OTHERS
    assert otherness(ImageOps.mirror(seen), drawn) > 10 * MOST_OTHERS
    page.evaluate("document.querySelector('main .card').style.opacity = 0")
    assert otherness(picture_of(page), drawn) > MOST_OTHERS
