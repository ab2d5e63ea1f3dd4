"""What a waybill number tells by itself: its check digit is right, it looks right, it cannot be.

Never more than is known: most carriers of parcels publish no check digit, and a right one only says
that the number was not mistyped, not that there is a parcel.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from fairhold.core.logistics.carriers import Carrier, Register
from fairhold.core.logistics.check_digits import CHECKS, s10
from fairhold.core.values.sentence import Sentence, sentence

S10 = re.compile(r"([A-Z]{2})([0-9]{9})([A-Z]{2})")
SHORTEST, LONGEST = 5, 35
UPS = "1Z"
# Signs that are taken for one another when a number is typed from a receipt.
AS_DIGIT = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"})
AS_LETTER = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"})


class Standing(StrEnum):
    """What is known of a number."""

    VALID = "valid check digit"
    PLAUSIBLE = "plausible format"
    UNKNOWN = "unknown format"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Examined:
    """A number as it was typed, as it is read, and what that is worth.

    `slips` are the corrections that were made, in words; `carriers` the keys of those whose numbers
    look like this; `reason` is a sentence.
    """

    typed: str
    number: str
    standing: Standing
    reason: str
    slips: tuple[str, ...]
    carriers: tuple[str, ...]


def examine(typed: str, register: Register, carrier: Carrier | None = None) -> Examined:
    """What the number tells, for `carrier` where one was named, otherwise among all."""
    number = plain(typed)
    slips = _spelled(typed, number)
    if not SHORTEST <= len(number) <= LONGEST:
        why = sentence(
            "A waybill number has {least} to {most} letters and digits; this has {count}.",
            least=SHORTEST,
            most=LONGEST,
            count=len(number),
        )
        return Examined(typed, number, Standing.IMPOSSIBLE, why, slips, ())
    found = _read(number, register, carrier)
    certain = found.standing is Standing.VALID
    if certain or (found.standing is Standing.PLAUSIBLE and not number.startswith(UPS)):
        return _told(typed, found, slips)
    mended = _mended(number, register, carrier)
    if mended is None:
        return _told(typed, found, slips)
    swapped = tuple(
        sentence("{old} in place {place} was read as {new}", old=old, place=place, new=new)
        for place, (old, new) in enumerate(zip(number, mended.number, strict=True), start=1)
        if old != new
    )
    return _told(typed, mended, (*slips, *swapped))


def plain(typed: str) -> str:
    """A number as carriers read it: capitals and digits, nothing between them."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(one for one in folded if one.isascii() and one.isalnum())


def _told(typed: str, found: Examined, slips: tuple[str, ...]) -> Examined:
    return Examined(typed, found.number, found.standing, found.reason, slips, found.carriers)


def _spelled(typed: str, number: str) -> tuple[str, ...]:
    said = []
    if unicodedata.normalize("NFKC", typed) != typed:
        said.append(sentence("full-width signs were read as plain ones"))
    if any(one.islower() for one in typed):
        said.append(sentence("small letters were read as capitals"))
    if any(not one.isalnum() for one in typed):
        said.append(sentence("blanks and signs between were left out"))
    return tuple(said)


def _read(number: str, register: Register, carrier: Carrier | None) -> Examined:
    """The number as it stands."""
    postal = S10.fullmatch(number)
    if postal:
        return _postal(number, postal.group(3), register, carrier)
    asked = (carrier,) if carrier else tuple(register.carriers.values())
    fits = [(one, form) for one in asked for form in one.numbers if form.pattern.fullmatch(number)]
    right = [(one, form) for one, form in fits if form.check and CHECKS[form.check](number)]
    loose = [(one, form) for one, form in fits if not form.check]
    if right:
        keys = tuple(one.key for one, _ in right)
        why = sentence(
            "The check digit of a number of {carrier} is right.", carrier=right[0][0].name
        )
        return _found(number, Standing.VALID, why, keys)
    if loose:
        keys = tuple(dict.fromkeys(one.key for one, _ in loose))
        why = sentence(
            "It looks like a number of {carrier}, which publishes no check digit: "
            "whether there is such a parcel, only the carrier can say.",
            carrier=loose[0][0].name,
        )
        return _found(number, Standing.PLAUSIBLE, why, keys)
    if fits and carrier:
        why = sentence(
            "The check digit is not that of a number of {carrier}.", carrier=carrier.name
        )
        return _found(number, Standing.IMPOSSIBLE, why, ())
    if fits:
        why = sentence(
            "It has the length of a number of {carrier}, but not its check digit.",
            carrier=fits[0][0].name,
        )
        return _found(number, Standing.UNKNOWN, why, ())
    if carrier and carrier.numbers:
        why = sentence("No published format of {carrier} looks like this.", carrier=carrier.name)
        return _found(number, Standing.UNKNOWN, why, ())
    why = sentence("No format that is known looks like this.")
    return _found(number, Standing.UNKNOWN, why, ())


def _postal(number: str, country: str, register: Register, carrier: Carrier | None) -> Examined:
    """A postal number of the UPU: the last two letters name the country of the post."""
    post = register.post_of(country)
    if not s10(number):
        why = sentence(
            "Two letters, nine digits, {country}: a postal number, but its check digit is wrong.",
            country=country,
        )
        return _found(number, Standing.IMPOSSIBLE, why, ())
    why = sentence(
        "A postal number of a post that is not in the register ({country}); its check digit is "
        "right.",
        country=country,
    )
    if post:
        why = sentence("A postal number of {post}; its check digit is right.", post=post.name)
    keys = tuple(one.key for one in (post, carrier) if one)
    return _found(number, Standing.VALID, why, tuple(dict.fromkeys(keys)))


def _mended(number: str, register: Register, carrier: Carrier | None) -> Examined | None:
    """The number with letters and digits that look alike swapped, if that makes it right.

    Only a right check digit proves a slip; a number that merely looks better stays as it was typed.
    """
    readings = {number.translate(AS_DIGIT)}
    if len(number) == len("LX123456785CN"):
        letters = number[:2].translate(AS_LETTER), number[-2:].translate(AS_LETTER)
        readings.add(f"{letters[0]}{number[2:-2].translate(AS_DIGIT)}{letters[1]}")
    if number[:2] in ("IZ", "LZ", UPS):
        # Letters and digits for the shipper, then digits alone.
        readings.add(f"{UPS}{number[2:8]}{number[8:].translate(AS_DIGIT)}")
    for reading in sorted(readings - {number}):
        found = _read(reading, register, carrier)
        if found.standing is Standing.VALID:
            return found
    return None


def _found(number: str, standing: Standing, reason: Sentence, keys: tuple[str, ...]) -> Examined:
    return Examined(number, number, standing, reason, (), keys)
