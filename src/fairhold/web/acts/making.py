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
from fairhold.web.acts import forms

Cleaned = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Making:
    """What a command is made from: the desk, the view, the act's target, the kept files."""

    desk: Desk
    view: View
    target: str
    files: tuple[Any, ...]

    def words(self, text: str) -> Any:
        """A text with its id and salt."""
        return words(self.desk.ids, text)

    def called(self, kind: str | None) -> tuple[Any, ...]:
        """The kept files, all called by one kind of evidence."""
        return tuple(replace(one, kind=kind or None) for one in self.files)

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


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `direct` acts need no page to check them: they bind nobody and move no money."""

    command: type
    form: type[forms.ActForm]
    title: str
    button: str
    build: Callable[[Making, Cleaned], Any]
    leads_to: Callable[[View, str, Cleaned], list[str]]
    direct: bool = False
