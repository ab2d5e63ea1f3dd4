"""The register of carriers: who they are by any spelling, and what their numbers look like.

Source: "AliExpress dispute handling process and guidelines", category I, logistics websites.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from fairhold.core.values.spelling import bare


class Group(StrEnum):
    """How the sources group carriers; `added` are those that an operator or the desk added."""

    POST = "post"
    EXPRESS = "express"
    SPECIAL_LINE = "special_line"
    OTHER = "other"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One format of a carrier's numbers. `check` names a method of `check_digits`, or is None."""

    pattern: re.Pattern[str]
    check: str | None
    example: str
    note: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier. `country` is set for posts; `site` has {number}; `proof`: its records count."""

    key: str
    name: str
    group: Group
    country: str | None
    numbers: tuple[NumberFormat, ...]
    site: str | None
    proof: bool

    def page(self, number: str) -> str | None:
        """The carrier's own page about this number."""
        return self.site.replace("{number}", number) if self.site else None


@dataclass(frozen=True, slots=True)
class Register:
    """Every carrier known. `by_name` has every spelling as `spelling.bare` has it."""

    version: str
    carriers: dict[str, Carrier]
    by_name: dict[str, str]
    posts: dict[str, str]

    def named(self, name: str) -> Carrier | None:
        """The carrier that goes by this name, however it is spelled; None for an unknown one."""
        key = self.by_name.get(bare(name))
        return self.carriers[key] if key else None

    def post_of(self, country: str) -> Carrier | None:
        """The post of a country, by its two letters."""
        key = self.posts.get(country)
        return self.carriers[key] if key else None
