"""Texts that nobody has given a meaning, and those that have one by now."""

from collections.abc import Iterator

from fairhold.core.logistics.scan import ScanKind
from fairhold.flow.desk import Desk
from fairhold.store import parcels, scans


def without_meaning(desk: Desk) -> list[tuple[str, str, int]]:
    """Source, text and how often it came, of texts that mean nothing as yet."""
    return [row for row in scans.unmapped() if not _means(desk, row[0], row[1])]


def read_again(desk: Desk) -> int:
    """Let the worker look at parcels whose texts have a meaning by now; returns how many."""
    numbers = set(_numbers(desk))
    return parcels.have_news(numbers) if numbers else 0


def _numbers(desk: Desk) -> Iterator[str]:
    for source, text, _ in scans.unmapped():
        if _means(desk, source, text):
            yield from scans.numbers_with(source, text)


def _means(desk: Desk, source: str, text: str) -> bool:
    return desk.parcels.meanings.of(text, source, None).kind is not ScanKind.UNMAPPED
