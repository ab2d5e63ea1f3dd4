"""A page of operations: a heading, what it is for, charts, and tables of plain cells."""

from dataclasses import dataclass, field
from typing import Any

from fairhold.web.charts import Chart


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `kind` says how it is written: text, number, moment, link, good, warn, bad."""

    value: Any
    kind: str = "text"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `empty` is said where there are none."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    title: str
    intro: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())
    # The field that the page searches by: its name, what stands beside it, and what was typed.
    search: tuple[str, str, str] | None = None
    # What a button of the page does, where it has one.
    button: str = ""


def texts(*values: Any) -> tuple[Cell, ...]:
    """A row of plain texts."""
    return tuple(Cell(one) for one in values)
