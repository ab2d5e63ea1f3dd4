"""What a waybill number tells by itself, and never more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairhold.core.logistics.carriers import Carrier, Group
from fairhold.core.logistics.check_digits import CHECKS, s10_digit
from fairhold.core.logistics.waybill import Standing, examine, plain
from fairhold.flow.desk import current


def register():
    return current().parcels.register


def look(number: str, carrier: str | None = None):
    return examine(number, register(), register().named(carrier) if carrier else None)


# Numbers whose check digits were worked out on paper from the published rules.
BY_HAND = [
    ("RR473124829DE", None, Standing.VALID, "deutsche-post"),
    ("RR473124828DE", None, Standing.IMPOSSIBLE, None),
    ("EE123456785CN", None, Standing.VALID, "china-post"),
    ("1Z999AA10123456784", None, Standing.VALID, "ups"),
    ("1Z999AA10123456785", "UPS", Standing.IMPOSSIBLE, None),
    ("1234567890", "DHL", Standing.IMPOSSIBLE, None),
    ("1234567891", "DHL", Standing.VALID, "dhl"),
    ("SF1234567890123", None, Standing.PLAUSIBLE, "sf"),
    ("LP00123456789012", None, Standing.PLAUSIBLE, "cainiao"),
    ("AB", None, Standing.IMPOSSIBLE, None),
    ("A" * 40, None, Standing.IMPOSSIBLE, None),
    ("???", None, Standing.IMPOSSIBLE, None),
    ("HELLO-WORLD", None, Standing.UNKNOWN, None),
    ("HELLOWORLD", "UPS", Standing.UNKNOWN, None),
]


@pytest.mark.parametrize(("number", "carrier", "standing", "key"), BY_HAND)
def test_numbers_by_hand(number, carrier, standing, key):
    found = look(number, carrier)
    assert found.standing is standing, found.reason
    assert key is None or key in found.carriers
    assert found.reason.endswith(".")


@given(st.integers(0, 99_999_999), st.sampled_from("0123456789"))
def test_of_ten_check_digits_one_is_right(serial, digit):
    number = f"LX{serial:08d}{digit}CN"
    right = s10_digit(f"{serial:08d}") == int(digit)
    assert (look(number).standing is Standing.VALID) is right


@pytest.mark.parametrize(
    ("typed", "number", "slips"),
    [
        ("ee 123 456 785 cn", "EE123456785CN", 2),
        ("ＥＥ１２３４５６７８５ＣＮ", "EE123456785CN", 1),
        ("EEI23456785CN", "EE123456785CN", 1),
        ("EE12345678SCN", "EE123456785CN", 1),
        ("1Z999AA1O123456784", "1Z999AA10123456784", 1),
        ("IZ999AA10123456784", "1Z999AA10123456784", 1),
    ],
)
def test_slips_of_typing_are_mended_and_shown(typed, number, slips):
    found = look(typed)
    assert (found.number, found.standing, len(found.slips)) == (number, Standing.VALID, slips)
    assert found.typed == typed


def test_what_only_looks_better_stays_as_it_was_typed():
    assert look("EEI23456784CN").number == "EEI23456784CN"
    assert look("YT OO12345678901234").number == "YTOO12345678901234"


def test_a_post_is_known_by_the_country_in_the_number():
    assert look("RR473124829FR").carriers == ("la-poste",)
    unknown = look("RR473124829ZZ")
    assert (unknown.standing, unknown.carriers) == (Standing.VALID, ())
    assert "a post that is not in the register (ZZ)" in unknown.reason


def test_the_length_of_a_number_alone_is_no_reason_to_call_it_impossible():
    found = look("123456789010")
    assert found.standing in (Standing.PLAUSIBLE, Standing.UNKNOWN)


def test_without_any_format_nothing_is_said():
    nobody = Carrier("nobody", "Nobody", Group.OTHER, None, (), None, proof=False)
    found = examine("ABC12345", register(), nobody)
    assert (found.standing, found.reason[:9]) == (Standing.UNKNOWN, "No format")
    assert nobody.page("1") is None


def test_every_format_of_the_register_fits_its_own_example_and_no_wrong_digit():
    checked = 0
    for carrier in register().carriers.values():
        for form in carrier.numbers:
            assert form.pattern.fullmatch(form.example), (carrier.key, form.example)
            if form.check is None:
                continue
            checked += 1
            assert CHECKS[form.check](form.example)
            wrong = _one_digit_off(form.example, form.check)
            assert not CHECKS[form.check](wrong), (carrier.key, wrong)
    assert checked > 100


def _one_digit_off(number: str, check: str) -> str:
    place = 10 if check == "s10" else len(number) - 1
    sign = number[place]
    other = str((int(sign) + 1) % 10) if sign.isdigit() else "A" if sign != "A" else "B"
    return number[:place] + other + number[place + 1 :]


def test_every_carrier_that_the_sources_name_is_there_and_the_garbled_ones_by_alias():
    groups = [one.group for one in register().carriers.values()]
    assert (groups.count(Group.EXPRESS), groups.count(Group.OTHER)) == (6, 11)
    # Eleven names, of which SPSR stands twice.
    assert groups.count(Group.SPECIAL_LINE) == 10
    assert groups.count(Group.POST) >= 47
    for name, key in {
        "Sino-Russian Express SPSR": "spsr",
        "Russian Air": "china-russia-line",
        "e-packet": "ems",
        "顺丰": "sf",
        "Почта России": "russian-post",
        "YANWEN AIR": "yanwen",
    }.items():
        found = register().named(name)
        assert found is not None, name
        assert found.key == key
    assert register().named("EMS").group is Group.POST
    assert register().named("No Such Carrier") is None


def test_records_of_added_carriers_do_not_count_by_the_book():
    book = current().shelf.book(current().shelf.in_force)
    assert "ups" in book.carriers
    assert "yunexpress" not in book.carriers
    added = register().named("YunExpress")
    assert (added.proof, added.group) == (False, Group.ADDED)


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_examined(typed):
    found = look(typed)
    assert re.fullmatch(r"[A-Z0-9]*", found.number)
    assert plain(typed) == plain(plain(typed))
