"""`fairhold pictures`: the twelve most important pages as pictures, taken from a running demo."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from fairhold.cli.browsers import NoBrowser, chromium

IN_PROCESS = "/disputes/?filter=in_process"
FIRST_CASE = "main h2 a"
PASSWORD = "fairhold-demo"  # noqa: S105 - the demo prints it


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks, at which list, and which link of it is followed. Units: points."""

    name: str
    who: str
    place: str
    link: str = ""
    then: str = ""
    width: int = 1280
    scheme: str = "light"
    language: str = "en"
    whole: bool = False


PHONE = 390
# The case in which documents were asked for, and all three sides have a plan.
RULED = "/disputes/?q=LL-1001"
SHOTS = (
    Shot("dispute", "luma", RULED, FIRST_CASE),
    Shot("dispute-phone", "amina", IN_PROCESS, FIRST_CASE, width=PHONE, whole=True),
    Shot("dispute-phone-dark", "luma", IN_PROCESS, FIRST_CASE, width=PHONE, scheme="dark"),
    Shot("dispute-arabic", "amina", IN_PROCESS, FIRST_CASE, language="ar"),
    Shot("dispute-chinese", "luma", IN_PROCESS, FIRST_CASE, language="zh-hans"),
    Shot("refuse", "luma", "/disputes/?filter=waiting_for_you", FIRST_CASE, "refuse/", PHONE),
    Shot("order", "amina", "/orders/", FIRST_CASE),
    Shot("decision", "amina", "/disputes/?filter=closed", FIRST_CASE, "decision/"),
    Shot("queue", "ortiz", "/queue/?view=open"),
    Shot("workspace", "ortiz", "/queue/?view=open&q=LL-1001", "[data-row] h3 a"),
    Shot("seller", "luma", "/seller/", whole=True),
    Shot("figures", "ops", "/operations/figures/"),
)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--desk", default="http://127.0.0.1:8000", show_default=True, help="A running demo.")
def pictures(folder: Path, desk: str) -> None:
    """Take pictures of the pages of a running demo into FOLDER. Needs Chromium and Playwright.

    Example: fairhold pictures docs/pictures --desk http://127.0.0.1:8000
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser:
            for shot in SHOTS:
                _take(browser, desk.rstrip("/"), shot, folder / f"{shot.name}.png")
                click.echo(f"{shot.name}.png")
    except NoBrowser as error:
        raise click.ClickException(str(error)) from error


def _take(browser: Any, desk: str, shot: Shot, path: Path) -> None:
    size = {"width": shot.width, "height": 844 if shot.width == PHONE else 900}
    context = browser.new_context(viewport=size, color_scheme=shot.scheme)
    page = context.new_page()
    page.goto(f"{desk}/accounts/login/")
    page.fill("input[name=login]", f"{shot.who}@fairhold.example")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    context.add_cookies([{"name": "django_language", "value": shot.language, "url": desk}])
    page.goto(desk + shot.place)
    if shot.link:
        page.goto(desk + page.get_attribute(shot.link, "href") + shot.then)
    page.screenshot(path=str(path), full_page=shot.whole)
    context.close()
