"""Commands that look at pages in a browser say what is missing where there is none."""

import pytest
from click.testing import CliRunner

from fairhold.cli import browsers
from fairhold.cli.bench.keys import answers
from fairhold.cli.commands.pictures import pictures


@pytest.fixture
def without_chromium(monkeypatch):
    monkeypatch.setattr(browsers.shutil, "which", lambda _: None)


def test_pictures_are_not_taken_without_a_browser(without_chromium, tmp_path):
    result = CliRunner().invoke(pictures, [str(tmp_path / "shots"), "--desk", "http://127.0.0.1:1"])
    assert result.exit_code == 1
    assert "Chromium is not installed; install the package" in result.output


def test_the_keys_of_the_queue_are_not_measured_without_a_browser(without_chromium):
    told = answers(1, "/queue/", "sessionid=x")
    assert told == {
        "queue_keys": "not measured: Chromium is not installed; install the package “chromium”."
    }
