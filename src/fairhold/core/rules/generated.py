"""Conditions written out as Python functions, once, when a book is loaded. They say what `truth`
says, only faster.

Every condition becomes two plain expressions: whether it is certain, and whether it is possible.
Certain is true, not possible is false, and what is possible but not certain is unknown; both can be
put together part by part. Conditions that begin alike share the reading of their first part.

The text is made of places in a closed grammar and of numbered constants; no word of a rulebook
stands in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, cast

from fairhold.core.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Facts,
    Op,
    Shifted,
    Test,
    facts_of,
    later,
)

Holds = Callable[[Facts], bool | None]
# Of each group in which something is true or unknown: its number, and the places of both.
Reads = Callable[[Facts], Iterator[tuple[int, list[int], list[int]]]]
# Conditions by their place, each with the parts of it that are still to be written.
Entries = list[tuple[int, tuple[Condition, ...]]]
Local = dict[str, str]
SIGNS = {Op.BELOW: "<", Op.AT_MOST: "<=", Op.ABOVE: ">", Op.AT_LEAST: ">="}
MISSING = object()


@dataclass(frozen=True, slots=True)
class Rails:
    """A condition as two expressions of Python."""

    certain: str
    possible: str


class Writer:
    """Writes functions over facts: local names for facts, global ones for constants."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"M": MISSING, "moved": moved}
        self._numbers = count()

    def constant(self, value: Any) -> str:
        """The name of a constant."""
        name = f"k{next(self._numbers)}"
        self.names[name] = value
        return name

    def begun(self, title: str, facts: Sequence[str]) -> tuple[list[str], Local]:
        """The first lines of a function over `facts`, and the name of each fact in it."""
        local = {fact: f"f{place}" for place, fact in enumerate(facts)}
        lines = [f"def {title}(facts):", "    get = facts.get"]
        lines += [f"    {name} = get({self.constant(fact)}, M)" for fact, name in local.items()]
        return lines, local

    def finished(self, lines: Sequence[str], titles: Sequence[str]) -> list[Any]:
        """The functions with these titles that the lines define."""
        code = compile("\n".join(lines), "<conditions of a rulebook>", "exec")
        exec(code, self.names)  # noqa: S102 - written in this file, out of a closed grammar
        return [self.names[title] for title in titles]


def holding(conditions: Sequence[Condition]) -> list[Holds]:
    """For each condition the function that says whether it holds; None for unknown."""
    writer, titles = Writer(), [f"holds{place}" for place in range(len(conditions))]
    lines: list[str] = []
    for title, condition in zip(titles, conditions, strict=True):
        begun, local = writer.begun(title, facts_of(condition))
        both = rails(condition, local, writer)
        lines += [*begun, f"    if {both.certain}: return True"]
        lines += [f"    return None if {both.possible} else False"]
    return writer.finished(lines, titles)


def reading(groups: Sequence[Sequence[Condition]]) -> Reads:
    """One function that reads group after group, and tells of those where something may hold."""
    writer = Writer()
    lines, local = writer.begun("reads", ())
    lines += ["    true, unknown = [], []"]
    for number, group in enumerate(groups):
        facts = dict.fromkeys(name for one in group for name in facts_of(one))
        for fact in (name for name in facts if name not in local):
            local[fact] = f"f{len(local)}"
            lines.append(f"    {local[fact]} = get({writer.constant(fact)}, M)")
        entries = [(place, _parts(one)) for place, one in enumerate(group)]
        lines += _written(entries, "True", local, writer)
        lines += ["    if true or unknown:"]
        lines += [f"        yield {number}, true, unknown", "        true, unknown = [], []"]
    return cast("Reads", writer.finished(lines, ["reads"])[0])


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _written(entries: Entries, before: str, local: Local, writer: Writer) -> Iterator[str]:
    """The lines that read these conditions; `before` says whether what they share is certain."""
    for alike in _runs(entries):
        parts = alike[0][1]
        if len(alike) == 1:
            both = rails(AllOf(parts), local, writer)
            certain = _joined("and", [before, both.certain])
            yield f"    if {both.possible}:"
            yield f"        (true if {certain} else unknown).append({alike[0][0]})"
            continue
        first = rails(parts[0], local, writer)
        rest = [(place, left[1:]) for place, left in alike]
        yield f"    if {first.possible}:"
        inner = _written(rest, _joined("and", [before, first.certain]), local, writer)
        yield from ("    " + line for line in inner)


def _runs(entries: Entries) -> Iterator[Entries]:
    """Neighbours that begin with the same part."""
    run: Entries = []
    for entry in entries:
        if run and (not entry[1] or not run[0][1] or entry[1][0] != run[0][1][0]):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def rails(condition: Condition, local: Local, writer: Writer) -> Rails:
    """The two expressions of a condition."""
    match condition:
        case Test():
            return _test(condition, local, writer)
        case AllOf(parts) | AnyOf(parts):
            word = "and" if isinstance(condition, AllOf) else "or"
            both = [rails(part, local, writer) for part in parts]
            return Rails(
                _joined(word, [one.certain for one in both]),
                _joined(word, [one.possible for one in both]),
            )
    inner = rails(condition.part, local, writer)
    return Rails(f"(not {inner.possible})", f"(not {inner.certain})")


def _joined(word: str, parts: Sequence[str]) -> str:
    telling = [part for part in parts if part != "True"] or ["True"]
    return telling[0] if len(telling) == 1 else f"({f' {word} '.join(telling)})"


def _test(test: Test, local: Local, writer: Writer) -> Rails:
    name, op, operand = local[test.fact], test.op, test.operand
    if op is Op.PRESENT:
        if operand:
            return Rails(f"({name} is not None and {name} is not M)", f"({name} is not None)")
        return Rails(f"({name} is None)", f"({name} is None or {name} is M)")
    if op in (Op.IS, Op.IN):
        wanted = tuple(operand) if op is Op.IN else (operand,)
        certain, possible = writer.constant(wanted), writer.constant((*wanted, MISSING))
        return Rails(f"({name} in {certain})", f"({name} in {possible})")
    if op is Op.INCLUDES:
        known = f"({name} is not None and {writer.constant(frozenset(operand))}.issubset({name}))"
        return _once_given([name], known)
    return _ordered(test, local, writer)


def _ordered(test: Test, local: Local, writer: Writer) -> Rails:
    name, sign = local[test.fact], SIGNS[test.op]
    if not isinstance(test.operand, Shifted):
        if test.operand is None:
            return _once_given([name], "False")
        other = writer.constant(test.operand)
        return _once_given([name], f"({name} is not None and {name} {sign} {other})")
    base, days_of = test.operand.fact, test.operand.days_of
    read = [name, local[base], *([local[days_of]] if days_of else [])]
    days = local[days_of] if days_of else str(test.operand.days)
    there = " and ".join(f"{one} is not None" for one in read)
    other = f"moved({local[base]}, {days}, {test.operand.hours})"
    return _once_given(read, f"({there} and {name} {sign} {other})")


def _once_given(names: Sequence[str], known: str) -> Rails:
    """A test that is unknown as long as one of these facts is."""
    given = " and ".join(f"{one} is not M" for one in names)
    missing = " or ".join(f"{one} is M" for one in names)
    return Rails(f"({given} and {known})", f"({missing} or {known})")


def moved(base: Any, days: int, hours: int) -> Any:
    """A moment moved by days and hours; anything else as it is."""
    return later(base, days, hours) if isinstance(base, datetime) else base
