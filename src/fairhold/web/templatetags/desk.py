"""Filters and tags of the pages: money, moments, icons. Loaded everywhere."""

import json
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from fairhold.adapters.languages import LANGUAGES
from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.proof import request_of
from fairhold.core.cases.orders.state import Nudged
from fairhold.core.rules.book import Book
from fairhold.core.values.spans import Span
from fairhold.flow import speech
from fairhold.flow.desk import current
from fairhold.flow.parcels.wordings import DRAFTS
from fairhold.flow.wordings import words_for

register = template.Library()
# Drawn for the desk on a grid of 24: the shapes inside an svg element.
ICONS = {
    "scales": "M12 3v18M7 21h10M5 6h14M5 6l-3 8h6L5 6Zm14 0-3 8h6l-3-8Z",
    "back": "m15 5-7 7 7 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3 2",
    "done": "m4 12 6 6L20 6",
    "buyer": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4 21c0-4.4 3.6-7 8-7s8 2.6 8 7",
    "seller": "M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0Z",
    "platform": "M12 3v18M7 21h10M5 6h14M5 6l-3 8h6L5 6Zm14 0-3 8h6l-3-8Z",
    "file": "M6 2h8l5 5v15H6ZM14 2v6h5M9 13h7M9 17h7",
    "parcel": "M3 8l9-5 9 5v8l-9 5-9-5ZM3 8l9 5 9-5M12 13v8",
    "warning": "M12 3 2 21h20L12 3Zm0 7v5m0 3v.1",
    "message": "M4 4h16v12H9l-5 5Z",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
    "pen": "M4 20h4L20 8l-4-4L4 16Zm9-13 4 4",
}


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """The icon of that name, hidden from screen readers: the word beside it says the same."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        extra,
        mark_safe(f'<path d="{ICONS[name]}"/>'),  # noqa: S308 - a constant above
    )


@register.filter
def money(amount_minor: int, currency: str) -> SafeString:
    """`USD 165.60`, kept together and left to right inside any sentence."""
    text = speech.plain_money(amount_minor, currency)
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', text)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """An instant with month as a word, zone and offset, in the viewer's zone."""
    if value is None:
        return mark_safe("")
    text = speech.moment(value, timezone.get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def on_day(value: datetime | None) -> SafeString:
    """The day of an instant in the viewer's zone, with month as a word."""
    if value is None:
        return mark_safe("")
    text = speech.day(value, timezone.get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def at_the_place(local: datetime, zone_assumed: bool) -> SafeString:
    """A moment in the time of its place, with how far that is from UTC."""
    zone = _("zone not known") if zone_assumed else _("UTC{offset}, local time")
    told = zone.format(offset=speech.offset(local))
    text = f"{speech.day(local, local.tzinfo)}, {speech.hour(local)} ({told})"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


@register.filter
def draft_title(nudge: Nudged) -> str:
    """What a reminder about a parcel is headed with."""
    return str(DRAFTS[nudge.kind, nudge.to][0])


@register.filter
def draft_text(nudge: Nudged) -> str:
    """What a reminder about a parcel says."""
    return str(DRAFTS[nudge.kind, nudge.to][1])


@register.filter
def left(due_at: datetime, now: datetime) -> str:
    """“1 day and 21 hours”: what is left until `due_at`; never a number below one minute."""
    return speech.left(due_at, now)


@register.filter
def plain_words(value: str) -> str:
    """A stable code as words: `not_as_agreed` reads “not as agreed”."""
    return words_for(str(value))


@register.filter
def say(text: str) -> str:
    """A sentence of the core in the language of the page."""
    return speech.say(text)


@register.filter
def of_book(text: str, book: str) -> str:
    """A summary of a rulebook in the language of the page."""
    return speech.of_book(book, text)


@register.filter
def fact_of(name: str, book: str) -> str:
    """A fact of a rulebook by what it means; by its name where the book knows it no more."""
    rule = current().shelf.book(book).facts.get(name)
    return speech.of_book(book, rule.meaning) if rule else words_for(name)


# How people call the kinds of files.
KINDS_OF_FILES = {
    "image": _lazy("Picture"),
    "video": _lazy("Video"),
    "application": "PDF",
    "text": _lazy("Text"),
    "message": _lazy("E-mail"),
}


@register.filter
def kind_of_file(media_type: str) -> str:
    """A media type as people say it: “Picture (PNG)”."""
    kind, _slash, name = media_type.partition("/")
    words = str(KINDS_OF_FILES.get(kind, media_type))
    return f"{words} ({name.upper()})" if kind in ("image", "video") else words


@register.filter
def size(count: int) -> str:
    """A number of bytes as people say it."""
    return filesizeformat(count)


@register.filter
def span(length: Span) -> str:
    """A length of time: “5 days”."""
    return speech.span(length)


@register.filter
def meanings(kinds: tuple[str, ...], book: Book) -> list[str]:
    """What kinds of evidence mean, by the book that names them."""
    return [book.evidence[one].meaning if one in book.evidence else one for one in kinds]


@register.filter
def language_name(code: str) -> str:
    """The own name of a language; its code where it is none of the desk's."""
    found = LANGUAGES.get(code.lower())
    return found.name if found else code


@register.filter
def item(mapping: Any, name: str) -> Any:
    """The entry of that name; nothing where there is none."""
    return mapping.get(name) if mapping else None


@register.filter
def said(value: str) -> str:
    """A value out of the journal as people say it."""
    words = {"true": _("yes"), "false": _("no"), "null": _("nothing")}
    return words.get(value) or words_for(value.strip('"'))


@register.filter(name="is")
def is_(one: object, other: object) -> bool:
    """Whether two roles are the same."""
    return str(one) == str(other)


@register.filter
def rule_place(clock: Clock) -> str:
    """Where the rule of a clock stands on the page of the rulebook."""
    request = request_of(clock.kind)
    return f"proof-{request}" if request else f"{clock.clause}-{clock.kind}"


@register.filter
def dashed(name: str) -> str:
    """The name of a fact as it stands in an address: `tracking.state` reads `tracking-state`."""
    return name.replace(".", "-")


@register.simple_tag
def upload_words() -> SafeString:
    """The words of the script that sends files, in the language of the page."""
    words = {
        "progress": _("{sent} of {all}"),
        "here": _("{all}, here"),
        "pause": _("Pause"),
        "resume": _("Go on"),
        "remove": _("Remove"),
        "waiting": _("The connection broke. Trying again."),
        "refused": _("It was not taken. Try it again."),
        "shows": _("In one line: what can be seen?"),
        "kind": _("What does this file show?"),
        "waits": _("The files are still on their way. The form is sent as soon as they are here."),
        "many": _("Ten files at once at most. These were left out: {names}"),
    }
    return format_html("<template data-upload-words>{}</template>", json.dumps(words))
