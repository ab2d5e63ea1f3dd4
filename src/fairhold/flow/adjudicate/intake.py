"""Step 1 of a question: one JSON object to typed facts, or everything that is wrong with it.

Money arrives as a decimal string in the order's currency and becomes minor units.
"""

import json
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from babel.core import get_global

from fairhold.core.rules.book import Book
from fairhold.core.rules.vocabulary import FactRule, Kind, Value
from fairhold.core.values.money import LARGEST_MINOR, minor_digits, plain_amount
from fairhold.flow.adjudicate.contradictions import contradictions
from fairhold.flow.adjudicate.operations import MAKE, known_name

LONGEST_SHOWN = 80
NEVER_EMPTY = {"order.placed_at", "order.currency", "dispute.reason", "tracking.shown_address"}
KEYS = {"id", "as_of", "rulebook", "facts"}
# What a sample carries beside the question; it is not part of it.
ASIDE = {"family", "title", "story", "expected", "acceptable", "clauses", "tags"}
MONEY = re.compile(r"^[0-9]{1,13}(\.[0-9]{1,4})?$")
MOST_ENTRIES = 500
NO_COUNTRY = {"ZZ", "EU", "UN", "EZ", None}
MOST_COUNTED = 1_000_000_000
COUNTRIES = {"order.destination_country", "order.origin_country", "supplier.country"}
DEFAULT_CURRENCY = "USD"
# Fields of records, by fact: name -> (kind, needed).
RECORDS: dict[str, dict[str, tuple[Kind, bool]]] = {
    "evidence.items": {
        "type": (Kind.TEXT, True),
        "by": (Kind.TEXT, False),
        "at": (Kind.MOMENT, False),
        "complete": (Kind.BOOL, False),
    },
    "dispute.plans": {
        "id": (Kind.TEXT, True),
        "by": (Kind.TEXT, True),
        "kind": (Kind.TEXT, True),
        "amount": (Kind.MONEY, True),
        "at": (Kind.MOMENT, False),
    },
    "order.lines": {
        "sku": (Kind.TEXT, False),
        "unit_price": (Kind.MONEY, True),
        "quantity_agreed": (Kind.INT, True),
        "quantity_received": (Kind.INT, True),
    },
    "block.affected_orders": {
        "amount": (Kind.MONEY, False),
        "destination_country": (Kind.TEXT, False),
        "state": (Kind.TEXT, False),
    },
    "op.plan": {"kind": (Kind.TEXT, False), "amount": (Kind.MONEY, False)},
    "order.delivery_address": dict.fromkeys(
        ("country", "province", "city", "zip", "consignee"), (Kind.TEXT, False)
    ),
    "tracking.shown_address": dict.fromkeys(
        ("country", "province", "city", "zip", "signatory"), (Kind.TEXT, False)
    ),
}
# Dates outside of these are mistakes, and calendars end.
FIRST_YEAR, LAST_YEAR = 1970, 2199
PARTS_OF = {
    Kind.TEXT: "a text",
    Kind.INT: "a whole number",
    Kind.BOOL: "true or false",
    Kind.MONEY: "an amount as a decimal string like 80.00",
    Kind.MOMENT: f"a moment in UTC like 2025-03-11T00:00:00Z, in {FIRST_YEAR} to {LAST_YEAR}",
}
SIDES = ("buyer", "seller", "platform", "carrier", "inspector", "supplier", "rights_holder")
PLAN_KINDS = ("refund_only", "return_and_refund")
WORDS = {
    ("evidence.items", "by"): SIDES,
    ("dispute.plans", "by"): SIDES[:3],
    ("dispute.plans", "kind"): PLAN_KINDS,
    ("op.plan", "kind"): PLAN_KINDS,
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its facts by name, its moment, and the book it names, if any."""

    id: str
    as_of: datetime
    book: str | None
    facts: dict[str, Value]
    currency: str


@dataclass
class Problems:
    """What is wrong with one question, a line each."""

    id: str
    lines: list[str] = field(default_factory=list)

    def add(self, name: str, expected: str, given: Any) -> None:
        """One line: which fact, what was expected, what was given."""
        self.lines.append(
            f"{self.id}: {on_one_line(name)}: expected {expected}, got {shown(given)}"
        )


def shown(given: Any) -> str:
    """What was given, as JSON on one line of ASCII, however long and strange it is."""
    try:
        text = json.dumps(given)
    except (TypeError, ValueError, RecursionError):
        text = "something that is no JSON"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def on_one_line(name: str) -> str:
    """A name on one line, without what a terminal cannot print."""
    return json.dumps(name)[1:-1][:LONGEST_SHOWN]


def question(raw: Any, place: int, book: Book) -> Question | Problems:
    """The question that `raw` asks, or every problem with it."""
    problems = Problems(f"case {place}")
    if not isinstance(raw, dict):
        problems.lines.append(f"case {place}: expected a JSON object, got {shown(raw)}")
        return problems
    if isinstance(raw.get("id"), str) and raw["id"].strip():
        problems.id = on_one_line(raw["id"])
    elif raw.get("id") is not None:
        problems.add("id", "a text", raw["id"])
    for key in raw.keys() - KEYS - ASIDE:
        problems.add(str(key), f"one of {', '.join(sorted(KEYS))}", raw[key])
    as_of = _moment(raw.get("as_of"))
    if as_of is None:
        problems.add("as_of", "a moment in UTC like 2025-03-11T00:00:00Z", raw.get("as_of"))
    named = raw.get("rulebook")
    if named is not None and not isinstance(named, str):
        problems.add("rulebook", "a name like aliexpress@latest", named)
    given = raw.get("facts")
    if not isinstance(given, dict):
        problems.add("facts", "an object of facts by name", given)
        return problems
    currency = given.get("order.currency", DEFAULT_CURRENCY)
    facts = _facts(given, book, currency if isinstance(currency, str) else "", problems)
    for name, expected, told in contradictions(facts, given):
        problems.add(name, expected, told)
    _operation(facts, problems)
    if problems.lines or as_of is None:
        return problems
    asked_id = raw["id"] if isinstance(raw.get("id"), str) and raw["id"].strip() else problems.id
    return Question(asked_id, as_of, named, facts, currency)


def _facts(
    given: Mapping[str, Any], book: Book, currency: str, problems: Problems
) -> dict[str, Value]:
    found = {}
    for name, value in given.items():
        rule = book.facts.get(name)
        if rule is None or name.startswith("proof.") or name == "as_of":
            problems.add(str(name), f"a fact of the book {book.name}", value)
            continue
        if value is None:
            found[name] = _empty(rule, problems)
        else:
            found[name] = _value(rule, value, currency, book, problems)
    return found


def _empty(rule: FactRule, problems: Problems) -> Value:
    """Null: nothing was recorded, for facts where nothing can be recorded."""
    if rule.kind in (Kind.BOOL, Kind.INT, Kind.MONEY) or rule.name in NEVER_EMPTY:
        problems.add(rule.name, _expected(rule), None)
    return None


def _value(rule: FactRule, value: Any, currency: str, book: Book, problems: Problems) -> Value:
    if rule.name in RECORDS:
        return _records(rule, value, currency, book, problems)
    found = READ[rule.kind](value, currency)
    unfit = (
        found is None
        or (rule.kind is Kind.ENUM and found not in rule.values)
        or (rule.lowest is not None and found < rule.lowest)
        or (rule.kind is Kind.LIST and not _listed(rule, found))
    )
    if rule.name == "order.currency" and found not in get_global("all_currencies"):
        problems.add(rule.name, "an ISO 4217 code like USD", value)
    elif rule.name in COUNTRIES and (found in NO_COUNTRY or found not in territories()):
        problems.add(rule.name, "a country code of two capital letters like DE", value)
    elif unfit:
        problems.add(rule.name, _expected(rule, currency), value)
    return found


def territories() -> Container[str]:
    """The codes of ISO 3166 that have a currency of their own or share one."""
    found: Container[str] = get_global("territory_currencies")
    return found


def _listed(rule: FactRule, found: tuple[Any, ...]) -> bool:
    return all(isinstance(one, str) and (not rule.values or one in rule.values) for one in found)


def _records(rule: FactRule, value: Any, currency: str, book: Book, problems: Problems) -> Value:
    """A record, or a list of records, field by field."""
    fields = RECORDS[rule.name]
    if rule.kind is Kind.RECORD:
        return _record((rule.name, rule.name), value, fields, currency, book, problems)
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        problems.add(rule.name, f"a list of at most {MOST_ENTRIES} entries", value)
        return None
    return tuple(
        _record((rule.name, f"{rule.name}[{place}]"), one, fields, currency, book, problems)
        for place, one in enumerate(value)
    )


def _record(
    named: tuple[str, str],
    value: Any,
    fields: Mapping[str, tuple[Kind, bool]],
    currency: str,
    book: Book,
    problems: Problems,
) -> dict[str, Value]:
    """One record; `named` are the fact and the place in it."""
    fact, where = named
    found: dict[str, Value] = {}
    if not isinstance(value, dict):
        problems.add(where, f"an object with {', '.join(fields)}", value)
        return found
    for name in value.keys() - fields.keys():
        problems.add(f"{where}.{name}", f"one of {', '.join(fields)}", value[name])
    for name, (kind, needed) in fields.items():
        if value.get(name) is None:
            if needed:
                problems.add(f"{where}.{name}", PARTS_OF[kind], None)
            continue
        read = READ[kind](value[name], currency)
        words = WORDS.get((fact, name)) or (tuple(book.evidence) if name == "type" else None)
        if read is None or (words and read not in words):
            expected = f"one of {', '.join(words)}" if words else PARTS_OF[kind]
            problems.add(f"{where}.{name}", expected, value[name])
        found[name] = read
    return found


def _operation(facts: dict[str, Value], problems: Problems) -> None:
    """The operation by its own name, whatever it was called."""
    name = facts.get("op.name")
    if name is None:
        if facts.get("op.actor") or facts.get("op.at"):
            problems.add("op.name", f"one of {', '.join(sorted(MAKE))}", None)
        return
    found = known_name(name)
    if found is None:
        problems.add("op.name", f"one of {', '.join(sorted(MAKE))}", name)
    facts["op.name"] = found


def _expected(rule: FactRule, currency: str = DEFAULT_CURRENCY) -> str:
    bound = "" if rule.lowest is None else f" of at least {rule.lowest}"
    above = " above zero" if rule.lowest == 1 else ", never below zero"
    example = plain_amount(80 * 10 ** minor_digits(currency), currency)
    words = {
        Kind.ENUM: f"one of {', '.join(rule.values)}",
        Kind.BOOL: "true or false",
        Kind.INT: f"a whole number{bound} and at most {MOST_COUNTED}",
        Kind.MONEY: f"an amount as a decimal string like {example}{above}",
        Kind.MOMENT: f"{PARTS_OF[Kind.MOMENT]}, or null",
        Kind.TEXT: "a text",
        Kind.LIST: f"a list out of {', '.join(rule.values)}",
        Kind.RECORD: "an object",
    }
    return words[rule.kind]


def _moment(value: Any, _: str = "") -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found.astimezone(UTC)


def _money(value: Any, currency: str) -> int | None:
    if not isinstance(value, str) or not MONEY.match(value):
        return None
    whole, _, part = value.partition(".")
    digits = minor_digits(currency)
    if part[digits:].strip("0"):
        return None
    amount = int(whole) * int(10**digits) + int(part[:digits].ljust(digits, "0") or "0")
    return amount if amount <= LARGEST_MINOR else None


def _text(value: Any, _: str) -> str | None:
    return value if isinstance(value, str) and len(value) <= 2_000 else None


def _bool(value: Any, _: str) -> bool | None:
    return value if isinstance(value, bool) else None


def _int(value: Any, _: str) -> int | None:
    return value if type(value) is int and abs(value) <= MOST_COUNTED else None


def _list(value: Any, _: str) -> tuple[Any, ...] | None:
    return tuple(value) if isinstance(value, list) and len(value) <= MOST_ENTRIES else None


def _any_record(value: Any, _: str) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


READ: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.ENUM: _text,
    Kind.BOOL: _bool,
    Kind.INT: _int,
    Kind.MONEY: _money,
    Kind.MOMENT: _moment,
    Kind.TEXT: _text,
    Kind.LIST: _list,
    Kind.RECORD: _any_record,
}
