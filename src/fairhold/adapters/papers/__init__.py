"""Papers: PDF/A made from data by Typst, and signed by PAdES. Same data and moment, same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"
# Where Debian and macOS keep fonts; Typst's own serve Latin, Greek and Cyrillic alone.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
STANDARD: Literal["a-2b"] = "a-2b"


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once."""
    folders: list[Any] = [one for one in FONT_FOLDERS if Path(one).is_dir()]
    return typst.Fonts(font_paths=folders)


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
    try:
        compiler = typst.Compiler(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"content": json.dumps(given, ensure_ascii=False)},
        )
        made, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=[STANDARD], timestamp=int(moment.timestamp())
        )
    except (RuntimeError, ValueError) as error:
        raise PaperFault(str(error)[:500]) from error
    whole: Any = made
    return Paper(bytes(whole), tuple(str(one) for one in warnings))
