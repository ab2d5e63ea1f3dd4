"""Signs that no font here shows: the paper is made all the same, the words are kept."""

import json
import shutil
import subprocess

import pytest
import typst

from dossier import bag_of, full_case, on_disk
from fairhold.adapters import papers
from fairhold.adapters.casefile import layout
from fairhold.adapters.papers import signs
from fairhold.core.cases.disputes import commands as asked
from flow.evidence.test_case_file import checks, inside
from world import BUYER, text

pytestmark = pytest.mark.django_db
NOWHERE = "\U000fb8c1\U000fb8c2"
FAMILY = "\U0001f468\u200d\U0001f469"
ODD = f"odd {NOWHERE} \u4e2d\u6587 \u0627\u0644 e\u0301\u0327\u200d\ue123 {FAMILY} end"


@pytest.fixture
def bare(monkeypatch):
    """A machine with Typst's own fonts alone."""
    monkeypatch.setattr(signs, "_known", {})
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[])
    monkeypatch.setattr(papers, "_fonts", lambda: fonts)
    return fonts


def exported(tmp_path):
    case = full_case()
    case.do(BUYER, asked.PostMessage(text(ODD)))
    made = bag_of(case)
    path = on_disk(made, tmp_path)
    checks(path)
    files = inside(path)
    assert ODD in [one["text"] for one in json.loads(files[layout.TEXTS])]
    assert any("no font of this machine shows" in one for one in made.warnings)
    return files[layout.PAPER]


def test_they_keep_no_side_from_its_file(tmp_path):
    assert exported(tmp_path).startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is absent")
@pytest.mark.usefixtures("bare")
def test_a_machine_without_fonts_counts_what_it_cannot_show(tmp_path):
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(exported(tmp_path))
    words = ["pdftotext", str(paper), "-"]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    told = " ".join(printed.split())
    assert "odd [2 signs without a font here] [2 signs without a font here]" in told
    assert "end" in told


def test_which_they_are_is_asked_by_halves(bare):
    chinese = "".join(chr(0x4E00 + place) for place in range(300))
    assert signs.missing(f"plain caf\u00e9 \u0416 {chinese}", bare) == set(chinese)
    assert signs.missing("plain", bare) == set()
    assert signs.without("a\u4e2d\u4e2db", "\u4e2d") == "a[2 signs without a font here]b"
    assert signs.without("caf\u00e9", ()) == "caf\u00e9"
