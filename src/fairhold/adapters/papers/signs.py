"""Signs that no font of this machine shows: PDF/A allows none of them, and a paper must be made.

Which they are is found by asking Typst itself, many signs at a time and by halves where some are
missing; the answers are kept.
"""

import re
from collections.abc import Iterable

import typst

# So often Typst is asked for one paper; what is not known by then counts as missing.
MOST_QUESTIONS = 2_000
TOGETHER = 128
DOCUMENT = b"#for sign in sys.inputs.signs.clusters() { par(sign) }"
PLAIN = re.compile(r"[\x00-\x7f]")
NO_FONT = "could not be displayed"
_known: dict[str, bool] = {}


def missing(text: str, fonts: typst.Fonts) -> set[str]:
    """The signs of a text that cannot be shown with these fonts. ASCII always can."""
    asked = sorted(set(PLAIN.sub("", text)) - _known.keys())
    left = [asked[at : at + TOGETHER] for at in range(0, len(asked), TOGETHER)]
    for _ in range(MOST_QUESTIONS):
        if not left:
            break
        signs = left.pop()
        if _shows("".join(signs), fonts):
            _known.update(dict.fromkeys(signs, True))
        elif len(signs) == 1:
            _known[signs[0]] = False
        else:
            half = len(signs) // 2
            left += [signs[:half], signs[half:]]
    return {sign for sign in text if not sign.isascii() and not _known.get(sign, False)}


def without(text: str, signs: Iterable[str]) -> str:
    """The text with each run of these signs counted in brackets."""
    if not (found := "".join(re.escape(sign) for sign in sorted(signs))):
        return text
    return re.sub(f"[{found}]+", lambda run: f"[{len(run[0])} signs without a font here]", text)


def _shows(signs: str, fonts: typst.Fonts) -> bool:
    try:
        compiler = typst.Compiler(DOCUMENT, font_paths=fonts, sys_inputs={"signs": signs})
        compiler.compile(format="pdf", pdf_standards=["a-2b"])
    except (RuntimeError, ValueError):
        return False
    return True
