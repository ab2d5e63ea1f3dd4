"""What texts of carriers mean: data in six languages, and nothing beside the data."""

from pathlib import Path

import pytest

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.adapters.tracking.meanings import Meanings
from fairhold.adapters.tracking.routes import load_routes
from fairhold.config.environment import ROOT
from fairhold.core.logistics.scan import ScanKind

FOLDER = ROOT / "logistics"


def meanings() -> Meanings:
    return Meanings(FOLDER)


def test_more_than_three_hundred_texts_in_six_languages():
    phrases = meanings().phrases
    assert set(phrases) == {"en", "zh", "ru", "es", "pt", "fr"}
    assert sum(phrases.values()) > 900
    assert min(phrases.values()) > 100


def test_every_text_means_what_its_file_says_and_every_kind_is_there():
    from ruamel.yaml import YAML

    found, told = meanings(), set()
    for path in sorted((FOLDER / "phrases").glob("*.yaml")):
        for entry in YAML(typ="safe").load(path.read_text()):
            for text in entry["texts"]:
                written = text.replace("{place}", "Guangzhou").replace("{any}", "17 Mai")
                meaning = found.of(written, "api", None)
                assert meaning.kind.value == entry["kind"], (path.name, text)
                assert meaning.reason == entry.get("reason"), (path.name, text)
                told.add(meaning.kind)
    assert set(ScanKind) - told == {ScanKind.UNMAPPED, ScanKind.WITHDRAWN}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SHIPMENT PICKED UP!", "accepted"),
        ("  shipment   picked-up ", "accepted"),
        ("Ｓhipment picked up", "accepted"),
        ("Shipment picked up by pirates", "unmapped"),
        ("Shipment", "unmapped"),
        ("", "unmapped"),
    ],
)
def test_case_and_signs_do_not_matter_but_every_word_does(text, kind):
    assert meanings().of(text, "api", None).kind.value == kind


def test_a_code_counts_where_the_text_does_not():
    found = meanings()
    assert found.of("Vorgang", "17track", "Delivered_Other").kind is ScanKind.DELIVERED
    assert found.of("Vorgang", "17track", "InTransit_CustomsProcessing").kind is ScanKind.UNMAPPED
    assert found.of("Vorgang", "17track", "Nonsense_1").kind is ScanKind.UNMAPPED
    assert found.of("x", "easypost", "in_transit/arrived_at_facility").kind is ScanKind.MOVING
    assert found.of("x", "easypost", "out_for_delivery/x").kind is ScanKind.OUT_FOR_DELIVERY
    assert found.of("Vorgang", "nobody", "Delivered").kind is ScanKind.UNMAPPED
    assert found.of("Shipment picked up", "17track", "Delivered_Other").kind is ScanKind.ACCEPTED


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("- {kind: teleported, texts: [x]}", "expected one of not_found"),
        ("- {kind: customs_held, reason: bad_mood, texts: [x]}", "expected one of buyer_documents"),
        ("- {kind: attempted, cause: dog, texts: [x]}", "expected one of absent"),
        ("- {kind: moving, colour: red, texts: [x]}", "expected kind, texts"),
        ("- {kind: moving, texts: [on]}\n- {kind: lost, texts: [On!]}", "already means moving"),
        ("{}", "expected a list"),
    ],
)
def test_a_spoiled_file_is_refused_with_its_line(tmp_path, content, fault):
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases/en.yaml").write_text(content)
    with pytest.raises(RulebookError, match=fault) as error:
        Meanings(tmp_path)
    assert "en.yaml:" in str(error.value)


def test_usual_silence_by_route(tmp_path):
    routes = load_routes(FOLDER / "routes.yaml")
    assert routes.usual_silence("CN", "BR").days == 25
    assert routes.usual_silence("FR", "FR").days == 5
    assert routes.usual_silence("FR", "JP") == routes.usual_silence(None, "JP")
    for content in ("within_a_country: soon", "pairs: [{from: CN}]", "[]"):
        path = Path(tmp_path / "routes.yaml")
        path.write_text(content)
        with pytest.raises(RulebookError, match="expected"):
            load_routes(path)
