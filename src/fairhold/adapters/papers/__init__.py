"""Papers: PDF/A made from data by Typst, and signed by PAdES. Same data and moment, same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from fairhold.adapters.papers.signs import NO_FONT, missing, without

TEMPLATES = Path(__file__).parent / "templates"
# Where Debian and macOS keep fonts; Typst's own serve Latin, Greek and Cyrillic alone.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
# For archives, and for readers who hear a page.
Standard = Literal["a-2b", "ua-1"]


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


def paper(
    template: str, content: Mapping[str, Any], moment: datetime, standard: Standard = "a-2b"
) -> Paper:
    """The PDF that a template makes of this content, dated by `moment` (aware UTC).

    Signs that no font here shows are counted in brackets; a warning names them.
    Raises: PaperFault.
    """
    given = {**content, "made": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
    text = json.dumps(given, ensure_ascii=False)
    try:
        return _made(template, text, moment, standard)
    except PaperFault as fault:
        if NO_FONT not in str(fault):
            raise
    gone = missing(text, _fonts())
    told = f"no font of this machine shows {len(gone)} signs: {' '.join(sorted(gone))[:100]}"
    try:
        made = _made(template, without(text, gone), moment, standard)
    except PaperFault as fault:
        if NO_FONT not in str(fault):
            raise
        # Signs that show alone and not together: what is left is plain ASCII.
        others = {sign for sign in text if not sign.isascii()}
        made = _made(template, without(text, others), moment, standard)
    return Paper(made.content, (*made.warnings, told))


def _made(template: str, content: str, moment: datetime, standard: Standard) -> Paper:
    try:
        compiler = typst.Compiler(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"content": content},
        )
        made, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=[standard], timestamp=int(moment.timestamp())
        )
    except (RuntimeError, ValueError) as error:
        raise PaperFault(str(error)[:500]) from error
    whole: Any = made
    return Paper(bytes(whole), tuple(str(one) for one in warnings))
