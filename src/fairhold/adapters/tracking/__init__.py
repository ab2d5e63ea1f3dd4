"""Where scans come from: the port, and what every source hands over before it is normalised.

A source parses its own format and nothing else; what a text or a code means is data
(`logistics/`), and what follows is the core's.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class TrackingFault(Exception):
    """A source sent something that cannot be read, or is not who it says.

    `status` is the HTTP status to answer with.
    """

    def __init__(self, what: str, *, status: int) -> None:
        super().__init__(what)
        self.status = status


@dataclass(frozen=True, slots=True)
class Record:
    """One event as a source tells it, nothing interpreted.

    `raw` is the JSON of the event as it was received; `time` ISO 8601, with or without a zone;
    `code` the source's own word for what happened; `ref` its id of the event.
    """

    number: str
    raw: Any
    text: str
    time: str | None
    carrier: str | None = None
    code: str | None = None
    country: str | None = None
    province: str | None = None
    city: str | None = None
    zip: str | None = None
    signatory: str | None = None
    weight_grams: int | None = None
    ref: str | None = None
    revised_at: str | None = None
    withdrawn: bool = False


class Webhook(Protocol):
    """A provider that sends events by itself."""

    @property
    def name(self) -> str:
        """What its scans are known by."""

    def verified(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the body was signed with the secret that only the provider has."""

    def records(self, body: Any) -> Iterator[Record]:
        """The events in a parsed body.

        Raises: TrackingFault for a body that is not in the provider's format.
        """


class Source(Protocol):
    """A provider that is asked."""

    @property
    def name(self) -> str:
        """What its scans are known by."""

    @property
    def most_at_once(self) -> int:
        """How many numbers one request may carry."""

    def look_up(self, numbers: Sequence[tuple[str, str | None]]) -> Iterator[Record]:
        """The events of these numbers, each with the name of its carrier where that is known.

        Raises: TrackingFault when nothing came; `status` 429 or 5xx means later.
        """


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def text_of(value: Any, name: str) -> str | None:
    """The text at `name` of a JSON object; None where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found.strip() or None if isinstance(found, str) else None


def listed(value: Any, name: str) -> list[Any]:
    """The list at `name` of a JSON object; empty where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def part(value: Any, name: str) -> dict[str, Any]:
    """The object at `name` of a JSON object; empty where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
