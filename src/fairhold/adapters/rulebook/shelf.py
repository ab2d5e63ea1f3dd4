"""The shelf: every book version there is, by name. Operators add versions; old ones stay."""

from dataclasses import replace
from pathlib import Path

from fairhold.adapters.rulebook.merits import load_book
from fairhold.adapters.rulebook.reader import RulebookError, load_process
from fairhold.core.rules.book import Book
from fairhold.core.rules.process import Process
from fairhold.core.values.spans import Span


class Shelf:
    """Finds the procedure that a case was opened under, and the one in force for new cases."""

    def __init__(self, folder: Path, *, in_force: str, proposal_phase_days: int | None) -> None:
        self._folder = folder
        self._proposal_phase_days = proposal_phase_days
        self._read: dict[str, Process] = {}
        self.in_force = in_force
        self.process(in_force)

    def process(self, name: str) -> Process:
        """The procedure `book/version`, with the operator's own settings.

        Raises: RulebookError for a name that is not on the shelf.
        """
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = self._load(name)
        return found

    def book(self, name: str) -> Book:
        """The merits of `book/version`.

        Raises: RulebookError for a name that is not on the shelf, or a version without merits.
        """
        return load_book(self.folder(name))

    def names(self) -> tuple[str, ...]:
        """Every `book/version` there is, in order."""
        found = self._folder.glob("*/*/process.yaml")
        return tuple(sorted(f"{one.parent.parent.name}/{one.parent.name}" for one in found))

    def folder(self, name: str) -> Path:
        """Where the version `book/version` lies."""
        return (self._folder / name).resolve()

    def _load(self, name: str) -> Process:
        folder = self._folder / name
        if not folder.is_dir() or ".." in name:
            raise RulebookError(f"expected a book version under {self._folder}, got {name!r}")
        process = load_process(folder)
        if self._proposal_phase_days is None:
            return process
        phase = process.clocks["proposal_phase"]
        phase = replace(phase, span=Span(days=self._proposal_phase_days))
        return replace(process, clocks={**process.clocks, "proposal_phase": phase})
