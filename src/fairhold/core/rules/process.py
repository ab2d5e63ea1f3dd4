"""The process part of a rulebook: every number of the procedure, each beside its citation.

Read from `process.yaml` by the rulebook adapter; never written in Python.
"""

from dataclasses import dataclass

from fairhold.core.values.spans import Span, WorkCalendar


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: a document by its title, and the place in it."""

    document: str
    place: str

    def __str__(self) -> str:
        return f"“{self.document}”, {self.place}"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock of the procedure: how long, what follows from silence, and which clause says so.

    Units: `reminder_hours` before its end those concerned are reminded.
    """

    kind: str
    span: Span
    default: str
    clause: str
    summary: str
    citation: Citation
    reminder_hours: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of the procedure that are not clocks.

    Units: `filing_opens_after_days` and `short_promise_under_days` in days of 24 hours.
    """

    filing_opens_after_days: int
    short_promise_under_days: int
    plans_per_side: int
    filing_citation: Citation
    plans_citation: Citation


@dataclass(frozen=True, slots=True)
class Process:
    """The whole procedure of one book version, immutable and addressed by its hash."""

    book: str
    version: str
    digest: str
    limits: Limits
    clocks: dict[str, ClockRule]
    calendar: WorkCalendar
    refusals: dict[str, Citation]

    def clock(self, kind: str) -> ClockRule:
        """The rule of a clock; of those named after something, the part before the point says it.

        Raises: KeyError for a kind that the procedure does not know.
        """
        return self.clocks[kind.partition(".")[0]]

    @property
    def name(self) -> str:
        """`book/version`, as a case remembers it."""
        return f"{self.book}/{self.version}"
