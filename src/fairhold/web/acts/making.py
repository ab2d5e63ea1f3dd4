"""What an act of a page is, and what its command is made from."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Kind
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.typed import as_read
from fairhold.flow.query import View
from fairhold.flow.speech import Text
from fairhold.web.acts import forms

Cleaned = dict[str, Any]


class Unfit(ValueError):
    """What was entered fits no command; the message says what can be done, `field` where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Making:
    """What a command is made from: the desk, the view, the act's target, the kept files.

    `stored` are those files as they are kept, `handles` the names by which the form knew them.
    `confirmed`: it is carried out now, and not only tried: others may be asked.
    """

    desk: Desk
    view: View
    target: str
    files: tuple[Any, ...]
    stored: tuple[Any, ...]
    handles: tuple[str, ...]
    confirmed: bool

    def words(self, text: str) -> Any:
        """A text with its id and salt."""
        return words(self.desk.ids, text)

    def called(self, kind: str | None) -> tuple[Any, ...]:
        """The kept files, all called by one kind of evidence."""
        return tuple(replace(one, kind=kind or None) for one in self.files)

    def described(self, cleaned: Cleaned) -> tuple[Any, ...]:
        """The kept files as a form describes them: each by its own fields, or all alike."""
        each = cleaned.get("each") or {}
        hidden = cleaned.get("platform_only") or None
        return tuple(
            self._described(one, each.get(handle) or alike(cleaned), hidden)
            for one, handle in zip(self.files, self.handles, strict=True)
        )

    def _described(self, one: Any, said: tuple[str, str], hidden: bool | None) -> Any:
        kind, shows = said
        words_ = self.words(shows) if shows else None
        return replace(one, kind=kind or None, shows=words_, platform_only=hidden)

    def departs(self, cleaned: Cleaned) -> Any:
        """Why a decision is not the rulebook's, if it is said."""
        return self.words(cleaned["departs"]) if cleaned.get("departs") else None

    def number(self) -> int:
        """The target as the number of an exhibit; no exhibit has the number 0."""
        return int(self.target) if self.target.isascii() and self.target.isdigit() else 0

    def as_read(self, cleaned: Cleaned) -> str:
        """The waybill number of a form as it is kept."""
        return as_read(self.desk.parcels.register, cleaned["waybill"], cleaned["carrier"])

    def terms(self, cleaned: Cleaned) -> asked.NewTerms:
        """The terms out of a form."""
        kind = Kind(cleaned["kind"])
        payer = Role(cleaned["return_freight"]) if kind is Kind.RETURN_AND_REFUND else None
        note = self.words(cleaned["note"]) if cleaned["note"] else None
        return asked.NewTerms(kind, Refund(cleaned["goods"], cleaned["freight"]), payer, note)


def alike(cleaned: Cleaned) -> tuple[str, str]:
    """What a form says of all its files: their kind, and what they show."""
    return cleaned.get("kind") or "", cleaned.get("shows") or ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `direct` acts need no page to check them: they bind nobody and move no money."""

    command: type
    form: type[forms.ActForm]
    title: Text
    button: Text
    build: Callable[[Making, Cleaned], Any]
    leads_to: Callable[[View, str, Cleaned], list[str]]
    direct: bool = False
