"""Times of carriers: whatever the zone, the moment and the local time both survive."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from fairhold.adapters.places import country_of, locate, zone_of
from fairhold.adapters.tracking import Record
from fairhold.adapters.tracking.normal import normalised
from fairhold.core.logistics.scan import Place
from fairhold.core.logistics.truth import distance_km
from fairhold.flow.desk import current
from fairhold.flow.parcels.story import local_time

MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2199, 12, 30))
OFFSETS = st.integers(-12 * 60, 14 * 60)
LATER = datetime(2300, 1, 1, tzinfo=UTC)


def scan_at(time: str, **place: str):
    record = Record("LX123456785CN", {"time": time}, "Shipment picked up", time, **place)
    return normalised(record, "api", current().parcels.meanings, LATER).scan


@given(MOMENTS, OFFSETS)
def test_a_time_with_its_zone_comes_back_as_it_was(naive, minutes):
    given_ = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    scan = scan_at(given_.isoformat())
    assert (scan.at, scan.zone_assumed) == (given_, False)
    if minutes:
        assert local_time(scan).isoformat() == given_.isoformat()


@given(MOMENTS)
def test_a_local_time_comes_back_by_the_zone_of_its_place(naive):
    scan = scan_at(naive.isoformat(), country="China", city="Shenzhen")
    assert local_time(scan).replace(tzinfo=None) == naive
    assert not scan.zone_assumed


def test_countries_are_known_by_code_and_by_name_in_many_languages():
    names = (
        "MA",
        "MAR",
        "Morocco",
        "Maroc",
        "Marruecos",
        "Марокко",
        "摩洛哥",
        "المغرب",
        "morocco ",
    )
    assert {country_of(name) for name in names} == {"MA"}
    assert {country_of(name) for name in ("USA", "U.S.A.", "United States", "États-Unis")} == {"US"}
    assert country_of("Atlantis") is None


def test_zones_and_places():
    assert zone_of("MA", None) == "Africa/Casablanca"
    assert zone_of("US", None) is None
    assert zone_of("US", "Denver") == "America/Denver"
    assert zone_of(None, "Denver") is None
    assert zone_of("CN", "Ürümqi") == "Asia/Shanghai"
    assert locate(Place()) is None
    assert locate(Place("ZZ", None, "Nowhere")) is None
    city, country = locate(Place("MA", None, "Rabat")), locate(Place("MA"))
    assert country.radius_km > city.radius_km
    assert distance_km(city, country) < country.radius_km


def test_a_name_that_many_cities_bear_may_be_any_of_them():
    one, many = locate(Place("US", None, "Denver")), locate(Place("US", None, "Springfield"))
    assert many.radius_km > one.radius_km + 500
