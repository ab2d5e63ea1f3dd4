"""Personal words and the digest that stands for them in the journal.

The journal keeps only a salted digest and an id, so erasing the words never breaks a hash.
"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextRef:
    """What the journal holds of a text: where it is kept and the SHA-256 of salt and text."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text a person typed, with the id and the salt given to it at the edge."""

    id: str
    salt: str
    text: str

    def sealed(self) -> TextRef:
        """The reference that goes into the journal in place of the text."""
        return TextRef(self.id, digest_of(self.salt, self.text))


def digest_of(salt: str, text: str) -> str:
    """SHA-256 over the salt as it is kept and the text, both in UTF-8."""
    return hashlib.sha256(salt.encode() + text.encode()).hexdigest()


def is_latin(text: str) -> bool:
    """Whether an address is in Latin script: it has letters, and none of another script.

    Source: "AliExpress dispute handling process and guidelines", return address in English.
    """
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all(_is_latin_letter(sign) for sign in letters)


def _is_latin_letter(sign: str) -> bool:
    # Basic Latin to Latin Extended-B, and Latin Extended Additional (Vietnamese).
    return sign <= "\u024f" or "\u1e00" <= sign <= "\u1eff"
