"""The one thread of an order: its chat and the messages of its disputes, as everybody sees it."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.journal.chain import Entry
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.query import View, erased
from fairhold.store import queries, receipts

MESSAGES = {"MessagePosted": "dispute", "MessageWritten": "chat"}
READERS = (Role.BUYER, Role.SELLER, Role.SPECIALIST)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message: E3 of a dispute, or A1 of the chat with the name it came with."""

    name: str
    number: int
    called: str
    of_dispute: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `number` counts within its `place` (chat, or one dispute); `quoted` is the
    message it answers, shortened.
    """

    entry: int
    place: str
    number: int
    at: datetime
    role: str
    mine: bool
    tag: str | None
    language: str | None
    reply_to: int | None
    quoted: str
    text: str
    attached: tuple[Attached, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Up to which entry somebody in a role has read, and when."""

    role: str
    entry: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything said on an order, oldest first."""

    said: tuple[Said, ...]
    receipts: tuple[Receipt, ...]


LONGEST_QUOTE = 160


def thread_of(view: View) -> Thread:
    """The thread of the order in view."""
    entries = [entry for entry in view.entries if entry.type in MESSAGES]
    words = queries.texts(entry.payload["text"]["id"] for entry in entries)
    said: list[Said] = []
    counted: dict[str, int] = {}
    texts: dict[tuple[str, int], str] = {}
    for entry in entries:
        place = entry.case_id or "" if MESSAGES[entry.type] == "dispute" else "chat"
        counted[place] = counted.get(place, 0) + 1
        text = words.get(entry.payload["text"]["id"], erased())
        texts[place, counted[place]] = text
        quoted = texts.get((place, entry.payload.get("reply_to") or 0), "")
        said.append(_said(view, entry, (place, counted[place]), (text, quoted)))
    read = receipts.receipts(view.file.order_id)
    found = tuple(Receipt(role.value, *read.get(role.value, (0, None))) for role in READERS)
    return Thread(tuple(said), found)


def _said(view: View, entry: Entry, named: tuple[str, int], words: tuple[str, str]) -> Said:
    place, number = named
    text, quoted = words
    payload = entry.payload
    return Said(
        entry=entry.seq,
        place=place,
        number=number,
        at=entry.at,
        role=entry.actor_role,
        mine=entry.actor_role == view.viewer.role.value,
        tag=payload.get("tag"),
        language=payload.get("language"),
        reply_to=payload.get("reply_to"),
        quoted=quoted[:LONGEST_QUOTE],
        text=text,
        attached=tuple(_attached(view, one) for one in payload.get("attachments") or ()),
        hash=entry.hash,
    )


def _attached(view: View, one: object) -> Attached:
    if isinstance(one, int):
        return Attached(f"E{one}", one, "", of_dispute=True)
    number = one["number"] if isinstance(one, dict) else 0
    files = view.file.the_order.attachments
    called = next((view.text(file.name) for file in files if file.number == number), "")
    return Attached(f"A{number}", number, called, of_dispute=False)


def read_up_to(desk: Desk, view: View) -> None:
    """Put down that the viewer has the thread before its eyes; nothing for roles without a say."""
    last = max((one.seq for one in view.entries if one.type in MESSAGES), default=0)
    if last and view.viewer.role in READERS:
        receipts.move(view.file.order_id, view.viewer.role.value, last, desk.clock.now())
