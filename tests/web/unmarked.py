"""Words of a page that a pseudo-language left as they are: nobody has marked them."""

import re
from html.parser import HTMLParser

# What is inside is data, a name, a moment or code, and not a word of the page.
DATA = {"bdi", "code", "kbd", "time", "script", "style", "option", "template", "svg", "textarea"}
VOID = {"input", "img", "br", "meta", "link", "wbr", "hr"}
WORDS = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]{2,})*")
SPOKEN = ("aria-label", "placeholder", "alt", "title")


class Words(HTMLParser):
    """Gathers the plain words outside of what is data."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        for name in SPOKEN:
            if named.get(name) and not self._inside():
                self.found += WORDS.findall(named[name])
        if tag in VOID:
            return
        data = tag in DATA or named.get("dir") == "auto" or "data-data" in named
        data = data or (named.get("lang") is not None and tag != "html")
        self.open.append((tag, data))

    def handle_endtag(self, tag):
        while self.open:
            last, _ = self.open.pop()
            if last == tag:
                return

    def handle_data(self, data):
        if not self._inside():
            self.found += WORDS.findall(data)

    def _inside(self) -> bool:
        return any(data for _, data in self.open)


def unmarked(page: str, known: set[str]) -> list[str]:
    """The plain words of a page that are no data of the case."""
    reader = Words()
    reader.feed(page)
    return [one for one in reader.found if not any(one in name for name in known)]
