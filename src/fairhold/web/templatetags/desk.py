"""Filters and tags of the pages: money, moments, icons. Loaded everywhere."""

from datetime import datetime, timedelta
from typing import Any

from babel.units import format_unit
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.proof import request_of
from fairhold.core.cases.orders.state import Nudged
from fairhold.core.values.money import Money
from fairhold.flow.parcels.wordings import DRAFTS

register = template.Library()
LOCALE = "en"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
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
}


@register.simple_tag
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
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', str(Money(amount_minor, currency)))


@register.filter
def moment(value: datetime | None) -> SafeString:
    """An instant with month as a word, zone and offset, in the viewer's zone."""
    if value is None:
        return mark_safe("")
    local = timezone.localtime(value)
    offset = local.strftime("%z")
    hours = f"{offset[:1]}{int(offset[1:3])}" + (f":{offset[3:]}" if offset[3:] != "00" else "")
    name = timezone.get_current_timezone_name()
    zone = "UTC" if name == "UTC" else f"{name}, UTC{hours}"
    text = f"{local:%-d %B %Y, %H:%M} ({zone})"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def at_the_place(local: datetime, zone_assumed: bool) -> SafeString:
    """A moment in the time of its place, with how far that is from UTC."""
    offset = local.strftime("%z")
    hours = f"{offset[:1]}{int(offset[1:3])}" + (f":{offset[3:]}" if offset[3:5] != "00" else "")
    zone = "zone not known" if zone_assumed else f"UTC{hours}, local time"
    text = f"{local:%-d %B %Y, %H:%M} ({zone})"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


@register.filter
def draft_title(nudge: Nudged) -> str:
    """What a reminder about a parcel is headed with."""
    return DRAFTS[nudge.kind, nudge.to][0]


@register.filter
def draft_text(nudge: Nudged) -> str:
    """What a reminder about a parcel says."""
    return DRAFTS[nudge.kind, nudge.to][1]


@register.filter
def left(due_at: datetime, now: datetime) -> str:
    """“1 day and 21 hours”: what is left until `due_at`; never a number below one minute."""
    remaining = due_at - now
    days, hours = remaining // DAY, remaining % DAY // HOUR
    minutes = remaining % HOUR // timedelta(minutes=1)
    if days > 0:
        return f"{_unit(days, 'day')} and {_unit(hours, 'hour')}"
    if hours > 0:
        return f"{_unit(hours, 'hour')} and {_unit(minutes, 'minute')}"
    return _unit(minutes, "minute") if minutes > 0 else ""


@register.filter
def field_at(form: Any, name: str) -> Any:
    """The bound field of that name."""
    return form[name]


@register.filter
def plain_words(value: str) -> str:
    """A stable code as words: `not_as_agreed` reads “not as agreed”."""
    return str(value).replace("_", " ")


@register.filter
def said(value: str) -> str:
    """A value out of the journal as people say it."""
    words = {"true": "yes", "false": "no", "null": "nothing"}
    return words.get(value, value.strip('"').replace("_", " "))


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


def _unit(count: int, name: str) -> str:
    return format_unit(count, f"duration-{name}", length="long", locale=LOCALE)
