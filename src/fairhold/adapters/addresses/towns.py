"""Towns: by every name that GeoNames has for them, then by their spelling."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from fairhold.adapters.addresses.spelled import characters, flat, in_han, other_script, words
from fairhold.adapters.places import City, cities_named
from fairhold.core.logistics.address import Verdict
from fairhold.core.logistics.truth import Spot, distance_km

MOST_REMEMBERED = 65_536
# A part of a town, or the next one: a carrier's depot often stands there.
NEAR_KM = 45.0
SHORT_FORMS = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "sankt": "saint",
    "sto": "santo",
}
AROUND_AS_WRITTEN = (
    "city town of g gorod m misto shi ciudad villa ville cidade cedex arrondissement hansestadt 1er"
)
AROUND = frozenset(AROUND_AS_WRITTEN.split())


@lru_cache(MOST_REMEMBERED)
def compare_towns(country: str, ours: str, shown: str) -> tuple[Verdict, str]:
    """Whether the town of the delivery is that of the order."""
    left, right = _words(ours), _words(shown)
    characters_differ = in_han(ours) and in_han(shown) and not _same_characters(ours, shown)
    if flat(_joined(left)) == flat(_joined(right)) and left and not characters_differ:
        return Verdict.MATCH, "same_city"
    here = _known(country, ours, left)
    there = _known(country, shown, right)
    if set(left) < set(right) or set(right) < set(left):
        return Verdict.NOT_SURE, "part_of_the_name"
    if here and there:
        same_script = not other_script(ours + shown)
        slip = same_script and Levenshtein.distance(_joined(left), _joined(right)) == 1
        return _both_known(here, there, slip=slip)
    close = Levenshtein.distance(_joined(left), _joined(right)) <= 2
    return Verdict.NOT_SURE, "spelled_otherwise" if close else "city_unknown"


def _same_characters(ours: str, shown: str) -> bool:
    return characters(ours).removesuffix("市") == characters(shown).removesuffix("市")


def _both_known(
    here: tuple[City, ...], there: tuple[City, ...], *, slip: bool
) -> tuple[Verdict, str]:
    """`slip`: one letter apart. Lists of names have misspellings in them, and near towns too."""
    if {one.id for one in here} & {one.id for one in there}:
        if slip:
            return Verdict.NOT_SURE, "spelled_otherwise"
        return Verdict.MATCH, "city_by_another_name"
    pairs = [(one, other) for one in here for other in there]
    if slip or any(_apart(one, other) < NEAR_KM for one, other in pairs):
        return Verdict.NOT_SURE, "spelled_otherwise" if slip else "city_nearby"
    return Verdict.MISMATCH, "other_city"


def _apart(one: City, other: City) -> float:
    return distance_km(
        Spot(one.latitude, one.longitude, 0), Spot(other.latitude, other.longitude, 0)
    )


def _known(country: str, text: str, plain: list[str]) -> tuple[City, ...]:
    return cities_named(country, text) or cities_named(country, " ".join(plain))


def _words(text: str) -> list[str]:
    said = [SHORT_FORMS.get(one, one) for one in words(text)]
    kept = [one for one in said if one not in AROUND and not one.isdigit()]
    return kept or said


def _joined(said: list[str]) -> str:
    return "".join(said)
