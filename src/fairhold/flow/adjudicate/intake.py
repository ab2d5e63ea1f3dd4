"""Step 1 of a question: one JSON object to typed facts, or everything that is wrong with it.

Money arrives as a decimal string in the order's currency and becomes minor units.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fairhold.core.rules.book import Book
from fairhold.core.rules.vocabulary import FactRule, Kind, Value
from fairhold.core.values.money import LARGEST_MINOR, minor_digits
from fairhold.flow.adjudicate.operations import MAKE, known_name

KEYS = {"id", "as_of", "rulebook", "facts"}
# What a sample carries beside the question; it is not part of it.
ASIDE = {"family", "title", "story", "expected", "acceptable", "clauses", "tags"}
MONEY = re.compile(r"^\d{1,13}(\.\d{1,4})?$")
MOST_ENTRIES = 500
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
        shown = repr(given)
        self.lines.append(f"{self.id}: {name}: expected {expected}, got {shown[:80]}")


def question(raw: Any, place: int, book: Book) -> Question | Problems:
    """The question that `raw` asks, or every problem with it."""
    problems = Problems(f"case {place}")
    if not isinstance(raw, dict):
        problems.add("case", "a JSON object", raw)
        return problems
    if isinstance(raw.get("id"), str) and raw["id"].strip():
        problems.id = raw["id"][:80]
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
    _impossible(facts, problems)
    _operation(facts, problems)
    if problems.lines or as_of is None:
        return problems
    return Question(problems.id, as_of, named, facts, currency)


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
            found[name] = _value(rule, value, currency, problems)
    return found


def _empty(rule: FactRule, problems: Problems) -> Value:
    """Null: nothing was recorded, for facts where nothing can be recorded."""
    if rule.kind in (Kind.BOOL, Kind.INT, Kind.MONEY):
        problems.add(rule.name, _expected(rule), None)
    return None


def _value(rule: FactRule, value: Any, currency: str, problems: Problems) -> Value:
    if rule.name in RECORDS:
        return _records(rule, value, currency, problems)
    found = READ[rule.kind](value, currency)
    unfit = (
        found is None
        or (rule.kind is Kind.ENUM and found not in rule.values)
        or (rule.lowest is not None and found < rule.lowest)
        or (rule.kind is Kind.LIST and not _listed(rule, found))
    )
    if rule.name == "order.currency" and not re.fullmatch(r"[A-Z]{3}", str(value)):
        problems.add(rule.name, "an ISO 4217 code", value)
    elif unfit:
        problems.add(rule.name, _expected(rule), value)
    return found


def _listed(rule: FactRule, found: tuple[Any, ...]) -> bool:
    return all(isinstance(one, str) and (not rule.values or one in rule.values) for one in found)


def _records(rule: FactRule, value: Any, currency: str, problems: Problems) -> Value:
    """A record, or a list of records, field by field."""
    fields = RECORDS[rule.name]
    if rule.kind is Kind.RECORD:
        return _record(rule.name, rule.name, value, fields, currency, problems)
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        problems.add(rule.name, f"a list of at most {MOST_ENTRIES} entries", value)
        return None
    return tuple(
        _record(rule.name, f"{rule.name}[{place}]", one, fields, currency, problems)
        for place, one in enumerate(value)
    )


def _record(
    fact: str,
    where: str,
    value: Any,
    fields: Mapping[str, tuple[Kind, bool]],
    currency: str,
    problems: Problems,
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if not isinstance(value, dict):
        problems.add(where, f"an object with {', '.join(fields)}", value)
        return found
    for name in value.keys() - fields.keys():
        problems.add(f"{where}.{name}", f"one of {', '.join(fields)}", value[name])
    for name, (kind, needed) in fields.items():
        if value.get(name) is None:
            if needed:
                problems.add(f"{where}.{name}", f"a {kind.value}", None)
            continue
        read = READ[kind](value[name], currency)
        words = WORDS.get((fact, name))
        if read is None or (words and read not in words):
            expected = f"one of {', '.join(words)}" if words else f"a {kind.value}"
            problems.add(f"{where}.{name}", expected, value[name])
        found[name] = read
    return found


def _impossible(facts: Mapping[str, Value], problems: Problems) -> None:
    """Combinations that cannot be."""
    goods, freight, total = (
        facts.get(f"order.{name}") for name in ("goods_amount", "freight_amount", "total_paid")
    )
    parts = [one for one in (goods, freight) if one is not None]
    if total is not None and len(parts) == 2 and sum(parts) != total:
        problems.add("order.total_paid", "goods_amount plus freight_amount", total)
    asked, paid = facts.get("dispute.requested_amount"), facts.get("order.total_paid")
    filing = facts.get("op.name") == "file_dispute"
    if asked is not None and paid is not None and asked > paid and not filing:
        problems.add("dispute.requested_amount", "at most order.total_paid", asked)
    plans = {one.get("id") for one in facts.get("dispute.plans") or ()}
    accepted = facts.get("dispute.accepted_plan_id")
    if accepted is not None and plans and accepted not in plans:
        problems.add("dispute.accepted_plan_id", "the id of one of dispute.plans", accepted)


def _operation(facts: dict[str, Value], problems: Problems) -> None:
    """The operation by its own name, whatever it was called."""
    name = facts.get("op.name")
    if name is None:
        return
    found = known_name(name)
    if found is None:
        problems.add("op.name", f"one of {', '.join(sorted(MAKE))}", name)
    facts["op.name"] = found


def _expected(rule: FactRule) -> str:
    bound = "" if rule.lowest is None else f" of at least {rule.lowest}"
    words = {
        Kind.ENUM: f"one of {', '.join(rule.values)}",
        Kind.BOOL: "true or false",
        Kind.INT: f"a whole number{bound}",
        Kind.MONEY: "an amount as a decimal string like 80.00",
        Kind.MOMENT: "a moment in UTC like 2025-03-11T00:00:00Z, or null",
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
    return found.astimezone(UTC) if found.tzinfo else None


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
    return value if type(value) is int and abs(value) < 10**12 else None


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
