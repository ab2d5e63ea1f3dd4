"""Persons: who signed against who was to receive. Another name is another person (AMB-64)."""

import re
from functools import lru_cache
from itertools import permutations

from rapidfuzz.distance import Levenshtein

from fairhold.adapters.addresses.spelled import (
    characters,
    flat,
    in_han,
    latin,
    loose,
    other_script,
    words,
)
from fairhold.core.logistics.address import Verdict

MOST_REMEMBERED = 131_072
Judged = tuple[Verdict, str]
TITLES_AS_WRITTEN = (
    "mr mrs ms miss dr prof sr sra srta dona don mme mlle m herr frau dipl ing eng gospodin pan "
    "pani jr dott dottssa sig senor senora sir madam"
)
TITLES = frozenset(TITLES_AS_WRITTEN.split())
# Words between the parts of a name.
BETWEEN_AS_WRITTEN = "de da do dos das del della di la le el al van von der den bin ibn bint e y"
BETWEEN = frozenset(BETWEEN_AS_WRITTEN.split())
# Who signs for somebody without a name.
NOBODY_AS_WRITTEN = (
    "front desk reception receptionist mailbox mailroom mail room box locker signed agent "
    "neighbour neighbor concierge porter guard security office recipient customer consignee "
    "addressee household member family self x doorman door delivered left porch garage parcel shop "
    "point pickup resident owner vecino vecina portero porteria conserje gardien voisin voisine "
    "accueil boite lettres porteiro portaria vizinho vizinha recepcao recepcion nachbar "
    "nachbarin empfang "
    "postkasten briefkasten safe place authority to leave superintendent at mother father wife "
    "husband brother sister son daughter friend colleague no signature required warehouse store "
    "vigilancia portiere portinaio vicino sasiad sasiadka ochrona guardia portier pfortner "
    "postman carteiro cartero facteur получено лично получатель почтальон сосед соседка охрана "
    "консьерж отделение сусід сусідка відділення листоноша отримано الاستقبال الحارس جار "
    "签收 本人 代收 前台 门卫 保安 物业 家人 菜鸟驿站 驿站 快递柜 丰巢 已签收"
)
NOBODY = frozenset(one for written in NOBODY_AS_WRITTEN.split() for one in latin(written).split())
SHORTEST = 4
# The name after the father, which papers leave out.
AFTER_THE_FATHER = re.compile(r"(vich|vych|ich|vna|ichna|ivna)$")
HONOURS_IN_HAN = re.compile("先生|女士|小姐|太太")
# Umlauts as they are written without them.
UMLAUT = re.compile("[äöüÄÖÜ]")
ARTICLE = "al"


@lru_cache(MOST_REMEMBERED)
def compare_names(country: str, ours: str, shown: str) -> Judged:
    """Whether the one who signed is the consignee."""
    if "*" in shown or "•" in shown:
        return Verdict.NOT_SURE, "name_hidden"
    left, right = _name(ours), _name(shown)
    if not right or not left or set(right) <= NOBODY:
        return Verdict.NOT_SURE, "no_name"
    if all(len(one) == 1 for one in right):
        return Verdict.NOT_SURE, "initials_only"
    if country == "JP" and in_han(ours) is not in_han(shown):
        return Verdict.NOT_SURE, "read_in_many_ways"
    foreign = other_script(ours) or other_script(shown)
    return _alike(ours, shown, foreign=foreign) or _partly(left, right, foreign=foreign)


def _alike(ours: str, shown: str, *, foreign: bool) -> Judged | None:
    """The verdict on names that are the same but for how they are written; None for others."""
    left, right = _name(ours), _name(shown)
    if in_han(ours) and in_han(shown):
        if characters(ours) == characters(shown):
            return Verdict.MATCH, "same_name"
        return (Verdict.NOT_SURE, "another_character") if _same(left, right) else None
    if _same(left, right):
        return Verdict.MATCH, "same_name"
    if UMLAUT.search(ours + shown) and _same(
        [flat(one) for one in left], [flat(one) for one in right]
    ):
        return Verdict.MATCH, "umlaut_written_out"
    if _same(_without_article(left), _without_article(right)):
        return Verdict.MATCH, "article_written_otherwise"
    if _same([loose(one) for one in left], [loose(one) for one in right]):
        verdict = Verdict.MATCH if foreign else Verdict.NOT_SURE
        return verdict, "same_name_in_another_script" if foreign else "spelled_otherwise"
    return None


def _without_article(name: list[str]) -> list[str]:
    """Arabic names with their article apart, at the front, or left out."""
    return [one[2:] if one.startswith(ARTICLE) and len(one) > SHORTEST + 1 else one for one in name]


def _name(text: str) -> list[str]:
    said = words(HONOURS_IN_HAN.sub("", text) if in_han(text) else text)
    kept = [one for one in said if one not in TITLES and one not in BETWEEN]
    return kept or said


def _same(left: list[str], right: list[str]) -> bool:
    """The same words in whatever order, however they are divided (as Chinese names are)."""
    if sorted(left) == sorted(right):
        return True
    if len(left) > 4 or len(right) > 4:
        return False
    joined = "".join(right)
    return len("".join(left)) == len(joined) and any(
        "".join(order) == joined for order in permutations(left)
    )


def _partly(left: list[str], right: list[str], *, foreign: bool) -> Judged:
    """Names that share something, or nothing."""
    written = [_key(one, foreign=foreign) for one in _without_article(left)]
    spelled = dict.fromkeys(written)
    full = [_key(one, foreign=foreign) for one in _without_article(right) if len(one) > 1]
    initials = [one for one in right if len(one) == 1]
    shared = [one for one in full if one in spelled]
    strange = [one for one in full if one not in spelled]
    if foreign and len(shared) >= 2:
        # A name after the father may stand on one side only.
        strange = [one for one in strange if not AFTER_THE_FATHER.search(one)]
    if not strange and _ends(spelled, shared, foreign=foreign):
        rest = [one for one in spelled if one not in shared]
        if all(any(one.startswith(letter) for one in rest) for letter in initials):
            return Verdict.MATCH, "middle_name_left_out"
        return Verdict.NOT_SURE, "other_initial"
    if not strange:
        return Verdict.NOT_SURE, "part_of_the_name"
    return _strangers(spelled, shared, strange, foreign=foreign)


def _key(word: str, *, foreign: bool) -> str:
    return loose(word) if foreign else word


def _ends(spelled: dict[str, None], shared: list[str], *, foreign: bool) -> bool:
    """Whether the first and the last word of the consignee's name were shown."""
    order = list(spelled)
    if foreign:
        order = [one for one in order if not AFTER_THE_FATHER.search(one)] or order
    return len(order) >= 2 and order[0] in shared and order[-1] in shared


def _strangers(
    spelled: dict[str, None], shared: list[str], strange: list[str], *, foreign: bool
) -> Judged:
    """Words that the consignee's name has not: slips, shortened words, or another name."""
    rest = [one for one in spelled if one not in shared]
    near = [one for one in strange if any(_near(one, other) for other in rest)]
    if len(near) == len(strange):
        return Verdict.NOT_SURE, "spelled_otherwise"
    short = [one for one in strange if any(_shortened(one, other) for other in rest)]
    if set(near) | set(short) == set(strange):
        return Verdict.NOT_SURE, "shortened"
    abbreviated = [one for one in spelled if len(one) == 1]
    if shared and any(one.startswith(letter) for one in strange for letter in abbreviated):
        return Verdict.NOT_SURE, "initial_in_the_order"
    if shared and set(strange) <= NOBODY:
        return Verdict.NOT_SURE, "name_with_another_word"
    if len(shared) >= 2 and _ends(spelled, shared, foreign=foreign):
        return Verdict.NOT_SURE, "a_name_more"
    if foreign and _bones(spelled, [*shared, *strange]):
        return Verdict.NOT_SURE, "perhaps_the_same_in_another_script"
    return Verdict.MISMATCH, "another_given_name" if shared else "another_name"


def _near(one: str, other: str) -> bool:
    """One or two letters apart, or with the same consonants."""
    shortest = min(len(one), len(other))
    if shortest < SHORTEST:
        return False
    bones = _consonants(one)
    same_bones = len(bones) > 2 and bones == _consonants(other)
    return same_bones or Levenshtein.distance(one, other) <= 1 + (shortest > 7)


def _shortened(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 2 and long.startswith(short)


def _bones(spelled: dict[str, None], shown: list[str]) -> bool:
    """Whether the consonants nearly agree: Arabic and Hebrew write no vowels."""
    left = "".join(sorted(map(_consonants, spelled)))
    right = "".join(sorted(map(_consonants, shown)))
    return Levenshtein.distance(left, right) <= 1


def _consonants(word: str) -> str:
    kept = "".join(one for one in word if one not in "aeiouwy").removeprefix("l")
    alike = kept.replace("q", "k").replace("c", "k").replace("p", "b").replace("kh", "h")
    return re.sub(r"(.)\1", r"\1", alike.replace("dh", "d").replace("th", "t").replace("gh", "g"))
