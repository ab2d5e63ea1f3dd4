"""Papers: PDF/A made from data by Typst, and signed by PAdES. Same data and moment, same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"
# Where Debian and macOS keep fonts; Typst's own serve Latin, Greek and Cyrillic alone.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
STANDARD: Literal["a-2b"] = "a-2b"


class PaperFault(Exception):
    """A paper could not be made; the message says what the maker said."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The bytes of a PDF, and what its maker warned of (a font that is not there)."""

    content: bytes
    warnings: tuple[str, ...]


def paper(template: str, content: Mapping[str, Any], moment: datetime) -> Paper:
    """The PDF that a template makes of this content, dated by `moment` (aware UTC).

    Raises: PaperFault.
    """
    given = {**content, "made": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
    folders: list[Any] = [one for one in FONT_FOLDERS if Path(one).is_dir()]
    try:
        made, warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=folders,
            format="pdf",
            pdf_standards=[STANDARD],
            sys_inputs={"content": json.dumps(given, ensure_ascii=False)},
            timestamp=int(moment.timestamp()),
        )
    except (RuntimeError, ValueError) as error:
        raise PaperFault(str(error)[:500]) from error
    return Paper(bytes(made), tuple(str(one) for one in warnings))
