"""The languages of the desk: codes, own names, the locale that shapes figures and dates.

English is written in the code; every other language is a catalog in `languages/`, and for the
summaries of a rulebook one beside that rulebook.
"""

from dataclasses import dataclass

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `locale` is its name in the CLDR, from which plurals and dates come."""

    code: str
    name: str
    locale: str
    right_to_left: bool = False


# English dates go day, month, year, as the rest of the world writes them.
OFFERED = (
    Language("en", "English", "en_GB"),
    Language("zh-hans", "简体中文", "zh_Hans_CN"),
    Language("es", "Español", "es"),
    Language("pt-br", "Português (Brasil)", "pt_BR"),
    Language("fr", "Français", "fr"),
    Language("ru", "Русский", "ru"),
    Language("ar", "العربية", "ar", right_to_left=True),
)
# Made by a program from the English: longer and accented, and the same from right to left.
PSEUDO = (
    Language("en-xa", "Ĺòñğ Éñğļîšĥ", "en_GB"),
    Language("ar-xb", "Šéđîŝ éĥţ", "ar", right_to_left=True),
)
LANGUAGES = {one.code: one for one in (*OFFERED, *PSEUDO)}
TRANSLATED = tuple(one for one in OFFERED if one.code != SOURCE)


def language(code: str | None) -> Language:
    """The language of that code; English for whatever is not known."""
    return LANGUAGES.get((code or SOURCE).lower(), LANGUAGES[SOURCE])


def folder_name(code: str) -> str:
    """How gettext calls the folder of a language: `zh-hans` reads `zh_Hans`."""
    base, _, rest = code.partition("-")
    if not rest:
        return base
    return f"{base}_{rest.title() if len(rest) > 2 else rest.upper()}"
