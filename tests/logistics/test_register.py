"""The register of carriers as an operator may extend it, and how a spoiled one is refused."""

import pytest

from fairhold.adapters.rulebook.carriers import accepted, read_register
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.config.environment import ROOT

FOLDER = ROOT / "rulebooks/aliexpress/2026-11-22"
DOCUMENTS = {"retail": "A", "operator": "B"}
MINE = """
- {name: Moon Express, key: moon, group: added, aliases: [Luna], proof: true,
   numbers: [{pattern: "MO[0-9]{6}", example: MO123456}],
   site: "https://moon.example/{number}", cite: operator register}
"""


def added(tmp_path, content: str):
    path = tmp_path / "mine.yaml"
    path.write_text(content)
    return read_register(FOLDER, DOCUMENTS, path)


def test_an_operator_adds_carriers_by_file(tmp_path):
    register = added(tmp_path, MINE)
    moon = register.named("LUNA")
    assert (moon.key, moon.proof) == ("moon", True)
    assert moon.page("MO123456") == "https://moon.example/MO123456"
    assert accepted(register)["moonexpress"] == "Moon Express"
    assert register.version == "aliexpress/2026-11-22"


def test_an_operator_s_entry_takes_the_place_of_one_with_the_same_key(tmp_path):
    ours = "- {name: UPS, key: ups, group: express, proof: false, cite: operator register}"
    register = added(tmp_path, ours)
    assert register.named("UPS").proof is False
    assert register.named("United Parcel Service") is None
    post = "- {name: My Post, key: my-post, group: post, country: ZZ, cite: operator register}"
    assert added(tmp_path, post).post_of("ZZ").key == "my-post"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (MINE.replace("MO123456}", "XX}"), "does not fit this format"),
        (MINE.replace("[0-9]{6}", "[0-9"), "expected a pattern"),
        (MINE.replace("example:", "check: magic, example:"), "expected one of dpd_mod37"),
        (MINE.replace("Luna", "DHL"), "names dhl too"),
        (MINE.replace("{number}", "x"), "expected an address with"),
        (MINE.replace("operator register", "rumour"), "expected `DOCUMENT place`"),
        (MINE.replace("group: added", "group: rocket"), "Input should be"),
        (MINE.replace("proof: true", "country: CN"), "CN is that of china-post"),
    ],
)
def test_a_spoiled_register_is_refused_with_file_and_line(tmp_path, content, fault):
    with pytest.raises(RulebookError, match=fault) as error:
        added(tmp_path, content)
    assert "mine.yaml:" in str(error.value)


def test_no_carrier_stands_twice_in_one_register(tmp_path):
    folder = tmp_path / "book" / "1"
    folder.mkdir(parents=True)
    (folder / "carriers.yaml").write_text(MINE + MINE.replace("Moon", "Sun").replace("Luna", "Sol"))
    with pytest.raises(RulebookError, match="'moon' stands twice"):
        read_register(folder, DOCUMENTS)
