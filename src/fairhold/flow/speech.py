"""What is said, in the language that is active: sentences, sums, moments, lengths of time.

Whole sentences are translated, never pieces. Inside a sentence that runs from right to left sums
and times are isolated, so that their signs do not wander.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils.translation import (
    get_language,
    get_supported_language_variant,
    gettext,
    ngettext,
)

from fairhold.adapters.languages import PSEUDO, SOURCE, Language, language
from fairhold.adapters.languages.catalogs import spoken
from fairhold.adapters.languages.pseudo import accented
from fairhold.core.values.money import Money, minor_digits
from fairhold.core.values.sentence import Sentence, Word
from fairhold.core.values.spans import Span
from fairhold.flow.desk import current
from fairhold.flow.wordings import words_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    # A text, or one that is translated when it is read.
    Text = str | _StrPromise
else:
    Text = str

PSEUDO_CODES = {one.code for one in PSEUDO}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MINUTE = timedelta(minutes=1)
# How many different days, hours and figures are kept as they were last written out.
SAID_AGAIN = 4_096
# Unicode isolates: what stands between them keeps its own direction, which its first letter tells:
# a sum runs from left to right, a date with the name of an Arabic month does not.
ISOLATE, END = "\u2068", "\u2069"


def active() -> Language:
    """The language that is spoken now."""
    return language(get_language())


def offered(code: str) -> str:
    """The language of the desk for somebody who speaks `code`, say `zh-CN`; else English."""
    try:
        return get_supported_language_variant(code or SOURCE)
    except LookupError:
        return SOURCE


def say(text: str) -> str:
    """A sentence of the core, or any other English text that stands in the catalogs."""
    if isinstance(text, Sentence):
        told = gettext(text.template)
        return told.format(**{name: _value(value) for name, value in text.values.items()})
    return gettext(text) if text else text


def _value(value: Any) -> Any:
    if isinstance(value, Money):
        return amount(value)
    if isinstance(value, Span):
        return span(value)
    if isinstance(value, datetime):
        return isolated(moment(value, value.tzinfo))
    if isinstance(value, date):
        return isolated(_day(value, active().locale))
    if isinstance(value, Enum | Word):
        return words_for(str(getattr(value, "value", value)))
    if isinstance(value, tuple):
        return one_of([str(_value(one)) for one in value])
    return say(value) if isinstance(value, Sentence) else value


def isolated(text: str) -> str:
    """Text that keeps its direction inside a sentence from right to left."""
    return f"{ISOLATE}{text}{END}" if active().right_to_left else text


def amount(money: Money) -> str:
    """`USD 165.60` inside a sentence."""
    return isolated(plain_money(money.amount_minor, money.currency))


def in_money(currency: str, buyer_minor: int, seller_minor: int, fee_minor: int) -> str:
    """Who gets what of the money that moves, down to the platform's fee. Units: minor units."""
    told = gettext("In money: {buyer} to the buyer, {seller} to the seller.")
    if fee_minor:
        told = gettext("In money: {buyer} to the buyer, {seller} to the seller, {fee} in fees.")
    return told.format(
        buyer=amount(Money(buyer_minor, currency)),
        seller=amount(Money(seller_minor, currency)),
        fee=amount(Money(fee_minor, currency)),
    )


def plain_money(amount_minor: int, currency: str) -> str:
    """`USD 165.60`: the code before the figures, which are written as the language writes them."""
    return f"{currency} {figures(amount_minor, currency, active().locale)}"


@lru_cache(SAID_AGAIN)
def figures(amount_minor: int, currency: str, locale: str) -> str:
    """The figures of an amount, with the separators of a locale."""
    digits = minor_digits(currency)
    # A decimal of text keeps every digit; a float would not.
    whole, part = divmod(abs(amount_minor), 10**digits)
    sign = "-" if amount_minor < 0 else ""
    text = format_decimal(whole, format="#,##0", locale=locale, numbering_system="latn")
    point = _decimal_sign(locale)
    return f"{sign}{text}{point}{part:0{digits}d}" if digits else f"{sign}{text}"


@cache
def _decimal_sign(locale: str) -> str:
    return format_decimal(0.5, format="0.0", locale=locale, numbering_system="latn")[1]


def span(length: Span) -> str:
    """“5 days”, “2 working days”."""
    if length.days:
        told = ngettext("{count} day", "{count} days", length.days)
        return told.format(count=length.days)
    told = ngettext("{count} working day", "{count} working days", length.working_days)
    return told.format(count=length.working_days)


def day(value: datetime, zone: tzinfo | None = None) -> str:
    """“11 March 2026”, as the language writes it."""
    return _day(value.astimezone(zone).date(), active().locale)


@lru_cache(SAID_AGAIN)
def _day(value: date, locale: str) -> str:
    return format_date(value, format="long", locale=locale)


def hour(local: datetime) -> str:
    """“09:00”, in the zone that the moment already has."""
    return _hour(local.time().replace(second=0, microsecond=0), active().locale)


@lru_cache(SAID_AGAIN)
def _hour(value: time, locale: str) -> str:
    return format_time(value, format="HH:mm", locale=locale)


def moment(value: datetime, zone: tzinfo | None = None) -> str:
    """“11 March 2026, 09:00 (Asia/Shanghai, UTC+8)”: absolute, with zone and offset."""
    local = value.astimezone(zone)
    told = gettext("{day}, {hour} ({zone})")
    return told.format(day=day(value, zone), hour=hour(local), zone=zone_name(local))


def zone_name(local: datetime) -> str:
    """The zone of a moment with its offset."""
    name = getattr(local.tzinfo, "key", None) or local.tzname() or "UTC"
    return "UTC" if name == "UTC" else f"{name}, UTC{offset(local)}"


def offset(local: datetime) -> str:
    """`+8` or `+5:30`."""
    text = local.strftime("%z")
    return f"{text[:1]}{int(text[1:3])}" + (f":{text[3:5]}" if text[3:5] != "00" else "")


def left(due_at: datetime, now: datetime) -> str:
    """“1 day and 21 hours”: what is left until `due_at`; never a number below one minute."""
    remaining = due_at - now
    days, hours = remaining // DAY, remaining % DAY // HOUR
    minutes = remaining % HOUR // MINUTE
    if days > 0:
        return listed([unit(days, "day"), unit(hours, "hour")])
    if hours > 0:
        return listed([unit(hours, "hour"), unit(minutes, "minute")])
    return unit(minutes, "minute") if minutes > 0 else ""


def unit(count: int, name: str) -> str:
    """“21 hours”, in the plural form of the language."""
    unit_name = f"duration-{name}"
    locale = active().locale
    told = _unit(count, unit_name, "long", locale)
    # Where the CLDR has one form for both lengths, babel has it under the short one alone.
    return _unit(count, unit_name, "short", locale) if unit_name in told else told


@lru_cache(SAID_AGAIN)
def _unit(count: int, unit_name: str, length: Literal["short", "long"], locale: str) -> str:
    return format_unit(count, unit_name, length=length, locale=locale, numbering_system="latn")


def listed(parts: list[str]) -> str:
    """“a, b and c”."""
    return format_list(parts, locale=active().locale)


def one_of(parts: list[str]) -> str:
    """“a, b or c”."""
    return format_list(parts, style="or", locale=active().locale)


def sentences(parts: list[str]) -> str:
    """Several sentences, one after the other, without the last full stop."""
    return _strung(parts, gettext("{first}. {second}"))


def strung(parts: list[str]) -> str:
    """Parts of a sentence that are long enough for a semicolon between them."""
    return _strung(parts, gettext("{first}; {second}"))


def _strung(parts: list[str], both: str) -> str:
    return reduce(lambda told, one: both.format(first=told, second=one), parts)


def full_stop(told: str) -> str:
    """A line of the history as a sentence of a letter."""
    return gettext("{sentence}.").format(sentence=told)


def of_book(book: str, text: str) -> str:
    """A summary of the rulebook `book`, by the catalog that lies beside it; else the original."""
    code = active().code
    if code == SOURCE:
        return text
    if code in PSEUDO_CODES:
        return accented(text)
    return spoken(catalog_of_book(book, code), code).get(text, text)


def catalog_of_book(book: str, code: str) -> Path:
    """Where the translations of a rulebook's summaries lie."""
    return current().shelf.folder(book) / "languages" / f"{code}.po"
