"""The small shapes that documents and API bodies share. Strict: nothing is converted silently."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from fairhold.core.values.money import LARGEST_MINOR

# Bounds on what people type; a whole case stays readable and a form stays small.
LONGEST_LINE = 200
LONGEST_TEXT = 8_000


class Shape(BaseModel):
    """A JSON object with exactly the declared fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("expected a time with its offset, as 2026-11-22T10:00:00Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("expected a time between the years 1 and 9999") from error


def _one_width(typed: Any) -> Any:
    """Full-width signs, as some keyboards make them, as plain ones."""
    return unicodedata.normalize("NFKC", typed) if isinstance(typed, str) else typed


def _printable(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]", text):
        raise ValueError("expected text without control characters")
    return text


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE),
    AfterValidator(_printable),
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_printable),
]
Code = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")]
Waybill = Annotated[
    str,
    BeforeValidator(_one_width),
    StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z \-/]{2,49}$"),
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Minor = Annotated[int, Field(ge=0, le=LARGEST_MINOR)]
PositiveMinor = Annotated[int, Field(gt=0, le=LARGEST_MINOR)]
Moment = Annotated[datetime, Field(strict=False), AfterValidator(_aware)]
