"""Whether what a carrier shows can be true: each check raises its flag, and only then."""

from datetime import timedelta

import pytest

from fairhold.core.logistics.fold import fold
from fairhold.core.logistics.report import FlagCode
from fairhold.core.logistics.truth import Circumstances, Spot, distance_km, flags
from parcels import NOON, compared, scan

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPOTS = {
    "Shenzhen": Spot(22.5, 114.1, 60),
    "Casablanca": Spot(33.6, -7.6, 60),
    "Rabat": Spot(34.0, -6.8, 60),
}


def around(**changes) -> Circumstances:
    fields = {
        "ordered_at": NOON - DAY,
        "cancelled_at": None,
        "country": "MA",
        "goods_grams": None,
        "usual_silence": 10 * DAY,
        "now": NOON + DAY,
    }
    return Circumstances(**{**fields, **changes})


def raised(scans, parts=(), **changes):
    locate = lambda place: SPOTS.get(place.city)  # noqa: E731
    found = flags(fold(scans), around(**changes), parts, locate)
    return {one.code.value: {part.name: part.value for part in one.details} for one in found}


def test_an_ordinary_parcel_raises_nothing():
    ordinary = [
        scan("accepted", city="Shenzhen", country="CN"),
        scan("moving", 150, city="Casablanca", country="MA"),
        scan("delivered", 170, city="Casablanca", country="MA"),
    ]
    assert raised(ordinary, compared(country="match", city="match"), now=NOON + 9 * DAY) == {}
    assert raised([]) == {}


def test_the_first_record_against_the_order():
    assert raised([scan("accepted", -30)]) == {"before_order": {"hours": "6"}}
    assert raised([scan("accepted", -24)]) == {}
    announced = [scan("announced", -30), scan("accepted")]
    assert raised(announced) == {"announced_before_order": {"hours": "6"}}


def test_the_first_record_against_the_cancellation():
    after = raised([scan("accepted", 3)], cancelled_at=NOON)
    assert after == {"after_cancellation": {"hours": "3"}}
    before = raised([scan("accepted", -3)], cancelled_at=NOON)
    assert before == {"before_cancellation": {"hours": "3"}}
    same = raised([scan("accepted")], cancelled_at=NOON)
    assert same == {"before_cancellation": {"hours": "0"}}


def test_records_that_cannot_come_after_a_delivery():
    odd = [scan("accepted"), scan("delivered", 5), scan("customs_in", 6)]
    assert set(raised(odd)) == {"impossible_order"}
    noisy = [scan("accepted"), scan("delivered", 5), scan("moving", 6)]
    assert set(raised(noisy)) == {"after_delivery"}
    twice = [scan("accepted"), scan("delivered", 5), scan("delivered", 6)]
    assert raised(twice) == {}


def test_two_places_too_far_apart_for_the_time_between():
    far = [
        scan("accepted", city="Shenzhen"),
        scan("moving", 1, city="Casablanca"),
        scan("moving", 2, city="Rabat"),
    ]
    found = raised(far)["impossible_speed"]
    assert 11_000 < int(found["km"]) < 12_500
    assert found["minutes"] == "60"
    same_moment = [scan("accepted", city="Shenzhen"), scan("moving", city="Casablanca")]
    assert raised(same_moment)["impossible_speed"]["minutes"] == "0"
    near = [scan("accepted", city="Rabat"), scan("moving", 0.1, city="Casablanca")]
    slow = [scan("accepted", city="Shenzhen"), scan("moving", 40, city="Casablanca")]
    nowhere = [scan("accepted", city="Shenzhen"), scan("moving", 1, city="Atlantis")]
    assert raised(near) == raised(slow) == raised(nowhere) == {}
    zone = [
        scan("accepted", city="Shenzhen"),
        scan("moving", 1, city="Casablanca", zone_assumed=True),
    ]
    assert "impossible_speed" not in raised(zone)


def test_delivered_in_another_country_and_parts_nobody_is_sure_of():
    elsewhere = [scan("accepted"), scan("delivered", 5, country="ES")]
    parts = compared(country="mismatch", city="not_sure", signatory="not_sure")
    assert raised(elsewhere, parts) == {
        "elsewhere": {"delivered": "ES", "ordered": "MA"},
        "not_sure": {"parts": "city,signatory"},
    }
    assert raised(elsewhere, country=None) == {}
    nowhere = [scan("accepted"), scan("delivered", 5, country="Sra. Lopez, Calle Mayor 3")]
    assert raised(nowhere) == {}


def test_a_delivery_after_a_return_is_for_a_person():
    back = [scan("accepted"), scan("returning", 5)]
    assert raised(back) == {}
    assert set(raised([*back, scan("delivered", 9)])) == {"after_return"}


def test_a_flag_names_ten_scans_at_most_however_many_there_are():
    many = [scan("delivered"), *(scan("moving", 1 + n, text=str(n)) for n in range(50))]
    [flag] = flags(fold(many), around(), (), lambda _: None)
    assert len(flag.scans) == 10


@pytest.mark.parametrize(
    ("measured", "goods", "flagged"),
    [
        (400, 1000, True),
        (890, 1000, True),
        (891, 1000, False),
        (400, None, False),
        (0, 1000, False),
    ],
)
def test_weight_that_cannot_hold_the_goods(measured, goods, flagged):
    weighed = [scan("accepted", weight_grams=measured or None)]
    assert ("too_light" in raised(weighed, goods_grams=goods)) is flagged


def test_silence_longer_than_usual_on_the_route():
    silent = raised([scan("accepted")], now=NOON + 10 * DAY + HOUR)
    assert silent == {"silent": {"days": "10", "usual": "10"}}
    assert raised([scan("accepted")], now=NOON + 10 * DAY) == {}
    assert raised([scan("delivered")], now=NOON + 90 * DAY) == {}


def test_a_cause_that_the_carrier_names_is_a_lead_once_the_parcel_comes_back():
    failed = [scan("accepted"), scan("attempted", 5, cause="absent")]
    assert raised(failed) == {}
    back = [*failed, scan("attempted", 6, cause="absent"), scan("returning", 9)]
    assert raised(back) == {"cause_named": {"causes": "absent"}}


def test_a_first_record_without_zone_and_records_without_meaning():
    assert set(raised([scan("accepted", zone_assumed=True)])) == {"zone_assumed"}
    assert raised([scan("accepted"), scan("unmapped", 2)]) == {"unmapped": {"count": "1"}}


def test_distances_over_the_globe():
    assert distance_km(SPOTS["Rabat"], SPOTS["Rabat"]) == 0
    assert 80 < distance_km(SPOTS["Rabat"], SPOTS["Casablanca"]) < 95
    assert len(FlagCode) == len({code.value for code in FlagCode})
