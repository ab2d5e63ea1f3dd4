"""Names that are the same however they are spelled."""

import re
import unicodedata


def bare(text: str) -> str:
    """Without case, accents, blanks and signs (AMB-64: formats are made alike)."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)))
