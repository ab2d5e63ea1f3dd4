"""What is described is what runs: the reference pages are those that the code would write now."""

import re
from pathlib import Path

import pytest

from fairhold.cli.reference.pages import PAGES
from fairhold.config.described import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_up_to_date(name):
    kept = (ROOT / "docs/reference" / name).read_text()
    assert kept == PAGES[name](), "run: python3 run.py reference docs/reference"


def test_every_page_of_the_reference_is_made():
    assert {path.name for path in (ROOT / "docs/reference").iterdir()} == set(PAGES)


def test_every_setting_that_is_read_is_described():
    source = (ROOT / "src/fairhold/config/environment.py").read_text()
    read = set(re.findall(r'"([A-Z][A-Z0-9_]{3,})"', source))
    assert read == {name for name, _, _ in SETTINGS}


def test_every_setting_but_the_switch_for_defects_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    for name, _, _ in SETTINGS:
        assert name == "DEBUG" or f"{name}=" in example
