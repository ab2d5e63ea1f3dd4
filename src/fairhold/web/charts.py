"""Charts as pictures made by the server: bars with a table behind them, no script, no style."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from fairhold.flow.speech import active

# Narrow enough for a phone without sideways scrolling, at its own size.
WIDTH, ROW, LABEL, WRITTEN = 400, 28, 150, 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length, and how the length is written."""

    label: str
    value: float
    written: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the table that says the same."""

    title: str
    bars: tuple[Bar, ...]
    summary: str = ""

    @property
    def picture(self) -> SafeString:
        """The bars as an SVG; screen readers read the table instead."""
        height = ROW * max(1, len(self.bars))
        drawn = "".join(self._bar(place, one) for place, one in enumerate(self.bars))
        size = f'viewBox="0 0 {WIDTH} {height}"'
        svg = f'<svg class="chart" {size} aria-hidden="true">{drawn}</svg>'
        return mark_safe(svg)  # noqa: S308 - every word in it is escaped

    def _bar(self, place: int, one: Bar) -> str:
        most = max((bar.value for bar in self.bars), default=0) or 1
        length = round((WIDTH - LABEL - WRITTEN) * one.value / most, 1)
        top = place * ROW
        rtl = active().right_to_left
        begin = WIDTH - LABEL - length if rtl else LABEL
        name_at, name_anchor = (WIDTH, "start") if rtl else (LABEL - 8, "end")
        said_at = begin - 8 if rtl else begin + length + 8
        anchor = "end" if rtl else "start"
        return (
            f'<text x="{name_at}" y="{top + 19}" text-anchor="{name_anchor}">'
            f"{escape(_short(one.label))}</text>"
            f'<rect x="{begin}" y="{top + 5}" width="{length}" height="{ROW - 10}" rx="2"/>'
            f'<text x="{said_at}" y="{top + 19}" text-anchor="{anchor}">'
            f"{escape(one.written)}</text>"
        )


def _short(label: str) -> str:
    return label if len(label) <= 22 else f"{label[:21]}…"
