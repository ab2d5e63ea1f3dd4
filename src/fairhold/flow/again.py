"""Deciding again: every act in a journal put to the deciders once more, under the pinned book.

What the deciders say must be the entries that the journal holds, byte for byte. Acts of people are
rebuilt from what they led to; the words in them are not needed, their digests are. Acts of the
marketplace on the order itself are taken as given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from fairhold.core.cases.decide import decide
from fairhold.core.cases.disputes.events import RulingRecorded
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Refusal
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain, to_plain
from fairhold.core.values.roles import Actor, Role
from fairhold.flow.desk import Desk
from fairhold.flow.rebuilt import command_of
from fairhold.flow.replay import folded_on
from fairhold.store import queries


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that deciding again does not lead to, and what it leads to instead."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Replay:
    """How many acts were decided again, how many were taken as given, and what differs."""

    decided: int
    given: int
    differences: tuple[Difference, ...]


def decide_again(desk: Desk, order_id: str) -> Replay:
    """Decide every act on this order again."""
    file = CaseFile(order_id)
    decided = given = 0
    differences: list[Difference] = []
    for group in _acts(queries.entries_of(order_id)):
        events: list[Any] = [from_plain(EVENT_TYPES[entry.type], entry.payload) for entry in group]
        command = command_of(file, events, group)
        if command is None:
            given += 1
        else:
            decided += 1
            differences += _differences(desk, file, command, (events, group))
        file = folded_on(file, group)
    return Replay(decided, given, tuple(differences))


def _acts(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries, command by command."""
    group: list[Entry] = []
    for entry in entries:
        if group and entry.request:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _differences(
    desk: Desk, file: CaseFile, command: Any, act: tuple[list[Any], list[Entry]]
) -> Iterator[Difference]:
    events, group = act
    again = decide(file, command, _moment(desk, file, events, group[0]))
    first = group[0].seq
    if isinstance(again, Refusal):
        yield Difference(first, f"{type(command).__name__} is refused now: {again.why}")
        return
    if len(again) != len(group):
        told = ", ".join(type(event).__name__ for event in again)
        yield Difference(first, f"{len(group)} entries are on record, {len(again)} follow: {told}")
        return
    for entry, event in zip(group, again, strict=True):
        recorded, follows = (entry.type, entry.payload), (type(event).__name__, to_plain(event))
        if rfc8785.dumps(list(recorded)) != rfc8785.dumps(list(follows)):
            yield Difference(entry.seq, f"{entry.type} is on record, {_told(*recorded, *follows)}")


def _told(kind: str, payload: Any, other: str, follows: Any) -> str:
    """What differs between a recorded entry and the one that follows now."""
    if kind != other:
        return f"{other} follows"
    names = sorted(payload.keys() | follows.keys())
    return "; ".join(
        f"{name} was {payload.get(name)!r} and is {follows.get(name)!r}"[:200]
        for name in names
        if payload.get(name) != follows.get(name)
    )


def _moment(desk: Desk, file: CaseFile, events: list[Any], first: Entry) -> Moment:
    """The moment of the act: its time, its actor, and what was allowed to be decided alone."""
    alone = (event for event in events if isinstance(event, RulingRecorded) and event.alone)
    clauses = (told.id for event in alone for told in event.record.clauses if not told.adds)
    name = file.the_order.book
    return Moment(
        first.at,
        Actor(first.actor_id, Role(first.actor_role)),
        desk.shelf.process(name),
        desk.shelf.book(name),
        frozenset(one.partition("/")[0] for one in clauses),
    )
