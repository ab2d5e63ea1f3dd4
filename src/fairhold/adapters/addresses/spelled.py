"""Texts as they are compared: one script, no case, no signs."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MOST_REMEMBERED = 131_072
PLACEHOLDERS = frozenset({"", "na", "none", "null", "unknown", "notavailable", "tba"})
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SIGNS = re.compile(r"[^a-z0-9]+")
# Spellings of one sound when Cyrillic, Arabic and Chinese names are put into Latin letters.
LOOSE = (
    ("shch", "sch"),
    ("kh", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("x", "ks"),
    ("yu", "iu"),
    ("ju", "iu"),
    ("ya", "ia"),
    ("ja", "ia"),
    ("yo", "e"),
    ("io", "e"),
    ("ye", "e"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
    ("ii", "i"),
    ("y", "i"),
    ("j", "i"),
)


@lru_cache(MOST_REMEMBERED)
def latin(text: str) -> str:
    """Small Latin letters and digits, words apart by one blank."""
    folded = text if text.isascii() else anyascii(unicodedata.normalize("NFKC", text))
    if not text.isascii():
        # Characters of Chinese and Japanese become words that begin with a capital.
        folded = CAMEL.sub(" ", folded) if not _has_case(text) else folded
    folded = folded.replace("'", "").replace("’", "").replace("`", "")
    return SIGNS.sub(" ", folded.lower()).strip()


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


def words(text: str) -> list[str]:
    """The words of a text in small Latin letters."""
    return latin(text).split()


def loose(word: str) -> str:
    """A Latin word with the spellings of one sound made alike, and no letter doubled."""
    for spelling, sound in LOOSE:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1", r"\1", word)


HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(MOST_REMEMBERED)
def in_han(text: str) -> bool:
    """Whether a text has Chinese characters: many share one sound, which then proves little."""
    return bool(HAN.search(text))


@lru_cache(MOST_REMEMBERED)
def characters(text: str) -> str:
    """The text in one width and without blanks and signs, in its own script."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


def flat(word: str) -> str:
    """A Latin word with umlauts as they are written without them."""
    return re.sub("([aou])e", r"\1", word)


@lru_cache(MOST_REMEMBERED)
def other_script(text: str) -> bool:
    """Whether a text is not in Latin letters."""
    return any(one.isalpha() and one > "\u024f" and not "\u1e00" <= one <= "\u1eff" for one in text)


@lru_cache(MOST_REMEMBERED)
def shown_at_all(text: str) -> bool:
    """Whether a carrier shows something, not only a sign that it shows nothing."""
    kept = "".join(one for one in text if one.isalnum()).lower()
    return kept not in PLACEHOLDERS
