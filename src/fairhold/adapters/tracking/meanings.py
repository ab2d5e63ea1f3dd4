"""What texts and codes of carriers mean: data from `logistics/`, looked up, never guessed.

A text that stands in no list stays unmapped, however much it looks like one that does.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.adapters.rulebook.yaml import Source, read
from fairhold.core.logistics.customs import DEFAULTS
from fairhold.core.logistics.scan import ScanKind

PLACEHOLDER = re.compile(r"\{(?:place|any)\}")
BLANKED = re.compile(r"[\W_]+")
MOST_REMEMBERED = 65_536
LONGEST_TEXT = 500
CAUSES = frozenset({"absent", "address", "refused", "unclaimed", "other"})
# The reasons of the rulebook; and duty that waits to be paid, which is no refusal.
REASONS = frozenset({*DEFAULTS, "duty_unpaid"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text or a code says: what happened, why customs holds it, why a delivery failed.

    `needs_country`: it means this only where the place of the scan says which customs that is.
    """

    kind: ScanKind
    reason: str | None = None
    cause: str | None = None
    needs_country: bool = False


KEYS = {"kind", "reason", "cause", "texts", "needs_country"}
UNMAPPED = Meaning(ScanKind.UNMAPPED)


class Meanings:
    """The texts of carriers in many languages, and the codes of each source."""

    def __init__(self, folder: Path) -> None:
        self._exact: dict[str, Meaning] = {}
        self._templates: list[tuple[re.Pattern[str], Meaning]] = []
        self._codes: dict[str, dict[str, Meaning]] = {}
        self.phrases: dict[str, int] = {}
        for path in sorted((folder / "phrases").glob("*.yaml")):
            self._take_phrases(read(path), path.stem)
        for path in sorted((folder / "codes").glob("*.yaml")):
            self._take_codes(read(path), path.stem)
        self._templates.sort(key=lambda one: -len(one[0].pattern))
        self._found = lru_cache(MOST_REMEMBERED)(self._look_up)

    def of(self, text: str, source: str, code: str | None) -> Meaning:
        """What a text means, or where it stands in no list, the code beside it."""
        found = self._found(text[:LONGEST_TEXT]) if text else UNMAPPED
        if found is not UNMAPPED or code is None:
            return found
        codes = self._codes.get(source, {})
        shorter = (code, code.partition("/")[0], code.partition("_")[0])
        return next((codes[one] for one in shorter if one in codes), UNMAPPED)

    def _look_up(self, text: str) -> Meaning:
        spelled = plain(text)
        exact = self._exact.get(spelled)
        if exact is not None:
            return exact
        fits = (meaning for pattern, meaning in self._templates if pattern.fullmatch(spelled))
        return next(fits, UNMAPPED)

    def _take_phrases(self, source: Source, language: str) -> None:
        entries = source.content if isinstance(source.content, list) else []
        if not entries:
            raise RulebookError(f"{source.path}:1: expected a list of kinds with their texts")
        for place, entry in enumerate(entries):
            meaning = _meaning(entry, source, (place,))
            for text in entry["texts"]:
                self._note(str(text), meaning, source, (place, "texts"))
                self.phrases[language] = self.phrases.get(language, 0) + 1

    def _note(self, text: str, meaning: Meaning, source: Source, place: tuple[Any, ...]) -> None:
        if PLACEHOLDER.search(text):
            parts = [re.escape(plain(part)) for part in PLACEHOLDER.split(text)]
            pattern = " ?(?:.{1,80}?) ?".join(parts)
            self._templates.append((re.compile(pattern), meaning))
            return
        other = self._exact.setdefault(plain(text), meaning)
        if other != meaning:
            raise source.error(place, f"{text!r} already means {other.kind.value}")

    def _take_codes(self, source: Source, name: str) -> None:
        content = source.content if isinstance(source.content, dict) else {}
        self._codes[name] = {
            str(code): _meaning({"kind": said} if isinstance(said, str) else said, source, (code,))
            for code, said in content.items()
        }


def _meaning(entry: Any, source: Source, place: tuple[Any, ...]) -> Meaning:
    if not isinstance(entry, dict) or not set(entry) <= KEYS:
        raise source.error(place, "expected kind, texts and perhaps reason or cause")
    try:
        kind = ScanKind(entry["kind"])
    except (KeyError, ValueError) as error:
        known = ", ".join(kind.value for kind in ScanKind)
        raise source.error((*place, "kind"), f"expected one of {known}") from error
    reason, cause = entry.get("reason"), entry.get("cause")
    if reason is not None and reason not in REASONS:
        raise source.error((*place, "reason"), f"expected one of {', '.join(sorted(REASONS))}")
    if cause is not None and cause not in CAUSES:
        raise source.error((*place, "cause"), f"expected one of {', '.join(sorted(CAUSES))}")
    return Meaning(kind, reason, cause, entry.get("needs_country") is True)


def plain(text: str) -> str:
    """A text in one width, without case and signs, its words one blank apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return BLANKED.sub(" ", folded).strip()
