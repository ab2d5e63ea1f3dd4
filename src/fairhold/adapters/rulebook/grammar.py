"""Conditions and literals as they stand in files, and the records they become.

when:
  all:
    - tracking.state: not_found               # equal; a list means one of them
    - order.placed_at: {above: {fact: tracking.first_event_at}}
    - as_of: {above: {fact: shipment.all_dispatched_at, days_of: order.delivery_promise_days}}
    - any: [...]
    - not: {...}
"""

from datetime import UTC, date, datetime
from typing import Any

from fairhold.core.rules.conditions import AllOf, AnyOf, Condition, Not, Op, Shifted, Test
from fairhold.core.rules.vocabulary import FactRule, Kind

ORDERED = {"below": Op.BELOW, "at_most": Op.AT_MOST, "above": Op.ABOVE, "at_least": Op.AT_LEAST}
SHIFT_KEYS = {"fact", "days", "hours", "days_of"}
MOST_PARTS = 60


class GrammarError(ValueError):
    """A condition or a literal does not fit; the message says what was expected."""


def condition(raw: Any, facts: dict[str, FactRule]) -> Condition:
    """The condition that `raw` describes.

    Raises: GrammarError.
    """
    if not isinstance(raw, dict) or len(raw) != 1:
        raise GrammarError(f"expected one of all, any, not, or one fact; got {raw!r}")
    [(key, value)] = raw.items()
    if key in ("all", "any"):
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_PARTS:
            raise GrammarError(f"expected a list of conditions under {key!r}")
        parts = tuple(condition(part, facts) for part in value)
        return AllOf(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(condition(value, facts))
    if key not in facts:
        raise GrammarError(f"no fact {key!r} in this book")
    return _test(facts[key], value, facts)


def _test(rule: FactRule, value: Any, facts: dict[str, FactRule]) -> Test:
    if isinstance(value, list):
        return Test(rule.name, Op.IN, tuple(literal(one, rule) for one in value))
    if not isinstance(value, dict):
        return Test(rule.name, Op.IS, literal(value, rule))
    if len(value) != 1:
        raise GrammarError(f"expected one comparison of {rule.name}; got {sorted(value)}")
    [(word, operand)] = value.items()
    if word == "present":
        if not isinstance(operand, bool):
            raise GrammarError("expected true or false after `present`")
        return Test(rule.name, Op.PRESENT, operand)
    if word == "includes" and rule.kind is Kind.LIST and isinstance(operand, list):
        return Test(rule.name, Op.INCLUDES, literal(operand, rule))
    if word in ORDERED and rule.kind in (Kind.INT, Kind.MONEY, Kind.MOMENT):
        return Test(rule.name, ORDERED[word], _operand(operand, rule, facts))
    expected = ", ".join(["present", "includes (lists)", *ORDERED])
    raise GrammarError(f"expected one of {expected}; got {word!r} for {rule.name}")


def _operand(raw: Any, rule: FactRule, facts: dict[str, FactRule]) -> Any:
    if not isinstance(raw, dict):
        return literal(raw, rule)
    if "fact" not in raw or set(raw) - SHIFT_KEYS:
        raise GrammarError(f"expected `fact` with {sorted(SHIFT_KEYS)}; got {sorted(raw)}")
    for name, kind in ((raw["fact"], rule.kind), (raw.get("days_of"), Kind.INT)):
        if name is not None and (name not in facts or facts[name].kind is not kind):
            raise GrammarError(f"expected a fact of type {kind.value}, got {name!r}")
    spans = {key: raw.get(key, 0) for key in ("days", "hours")}
    if any(type(span) is not int for span in spans.values()):
        raise GrammarError("expected whole numbers of days and hours")
    return Shifted(raw["fact"], spans["days"], spans["hours"], raw.get("days_of"))


def literal(raw: Any, rule: FactRule, *, empty: bool = False) -> Any:
    """The value of a fact as it stands in a file. Money in rulebooks is in minor units.

    `empty`: None is allowed too, as “known to be nothing”.
    Raises: GrammarError.
    """
    if raw is None and (empty or rule.kind is Kind.MOMENT):
        return None
    found = READERS[rule.kind](raw, rule)
    if found is None:
        raise GrammarError(f"expected {expected_of(rule)} for {rule.name}; got {raw!r}")
    return found


def expected_of(rule: FactRule) -> str:
    """What a value of this fact looks like, in words."""
    if rule.kind is Kind.ENUM:
        return f"one of {', '.join(rule.values)}"
    if rule.kind is Kind.LIST and rule.values:
        return f"a list out of {', '.join(rule.values)}"
    bound = f" of at least {rule.lowest}" if rule.lowest is not None else ""
    return {"bool": "true or false", "int": "a whole number", "moment": "a moment in UTC"}.get(
        rule.kind.value, f"a {rule.kind.value}"
    ) + bound


def _enum(raw: Any, rule: FactRule) -> Any:
    return raw if isinstance(raw, str) and raw in rule.values else None


def _bool(raw: Any, _: FactRule) -> Any:
    return raw if isinstance(raw, bool) else None


def _int(raw: Any, rule: FactRule) -> Any:
    whole = type(raw) is int and (rule.lowest is None or raw >= rule.lowest)
    return raw if whole else None


def _moment(raw: Any, _: FactRule) -> Any:
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=UTC) if raw.tzinfo is None else raw.astimezone(UTC)
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day, tzinfo=UTC)
    return None


def _text(raw: Any, _: FactRule) -> Any:
    return raw if isinstance(raw, str) else None


def _list(raw: Any, rule: FactRule) -> Any:
    if not isinstance(raw, list):
        return None
    if rule.values and not all(isinstance(one, str) and one in rule.values for one in raw):
        return None
    return tuple(raw)


def _record(raw: Any, _: FactRule) -> Any:
    return raw if isinstance(raw, dict) else None


READERS = {
    Kind.ENUM: _enum,
    Kind.BOOL: _bool,
    Kind.INT: _int,
    Kind.MONEY: _int,
    Kind.MOMENT: _moment,
    Kind.TEXT: _text,
    Kind.LIST: _list,
    Kind.RECORD: _record,
}
