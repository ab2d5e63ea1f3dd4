"""Parcels at the command line: numbers, files of scans, stories, texts without meaning."""

import json

import pytest

from cli.test_commands import document, lines, shell  # noqa: F401 - a fixture

NUMBER = "EE123456785CN"


@pytest.fixture
def order(shell, tmp_path):  # noqa: F811 - the fixture
    ref = f"P-{tmp_path.name}"
    parcel = {"carrier": "EMS", "waybill": NUMBER, "dispatched_at": "2026-02-01T00:00:00Z"}
    raw = document(ref=ref, ordered_at="2026-01-30T00:00:00Z", parcels=[parcel])
    assert shell("orders", "import", lines(tmp_path, raw))[0] == 0
    return ref


def test_a_number_is_examined(shell):  # noqa: F811
    code, output, _ = shell("parcels", "check", "ee 123 456 785 cn")
    assert code == 0
    assert output.startswith(f"{NUMBER}: valid check digit. ")
    assert "corrected: small letters" in output
    code, output, _ = shell("parcels", "check", "EE123456784CN", "--json")
    assert (code, json.loads(output)["standing"]) == (1, "impossible")
    code, _, error = shell("parcels", "check", NUMBER, "--carrier", "Pigeons")
    assert (code, "No carrier is known as 'Pigeons'" in error) == (0, True)


def test_scans_of_a_file_come_in_and_bad_lines_are_named(shell, order, tmp_path):  # noqa: F811
    good = {"waybill": NUMBER, "at": "2026-02-03T08:00:00+08:00", "text": "Shipment picked up"}
    odd = {**good, "text": "Sang a song"}
    file = lines(tmp_path, good, "{", {**good, "weight_grams": 0}, odd, "")
    code, output, error = shell("parcels", "import", file)
    assert (code, "2 scans taken, 0 known before, 1 kept" in output) == (2, True)
    assert [one.split(":")[0] for one in error.splitlines()] == ["line 2", "line 3/weight_grams"]
    code, output, _ = shell("parcels", "import", lines(tmp_path, good), "--json")
    assert (code, json.loads(output)["known"]) == (0, 1)
    code, output, _ = shell("parcels", "show", order)
    assert (code, "Shipment picked up" in output) == (0, True)
    [story] = json.loads(shell("parcels", "show", order, "--json")[1])["items"]
    assert story["waybill_examined"]["carriers"][0]["name"]
    exported = [json.loads(line) for line in shell("parcels", "export", order)[1].splitlines()]
    assert [one["raw"] for one in exported] == [odd, good]
    assert json.loads(shell("parcels", "unmapped", "--json")[1]) == [["file", "Sang a song", 1]]
    assert "Sang a song" in shell("parcels", "unmapped")[1]
    assert shell("parcels", "reread")[:2] == (0, "0 parcels will be looked at again.\n")
    assert shell("parcels", "nudges", "--json")[1].strip() == "[]"


def test_an_order_that_is_not_there_is_named(shell):  # noqa: F811
    for words in ("show", "export"):
        code, _, error = shell("parcels", words, "NOPE")
        assert (code, error.strip()) == (1, "There is no order NOPE.")
