"""Custody: whoever is shown evidence leaves a trace, and every exhibit has its chain.

What is sent in, withdrawn, redacted or deleted is an act on the case and stands in the journal;
what is only looked at stands in the chain of custody. The page of an exhibit shows both as one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.journal.chain import Entry
from fairhold.core.journal.custody import Act, Custody
from fairhold.flow.desk import Desk
from fairhold.flow.query import View
from fairhold.flow.request import Busy, Viewer
from fairhold.store import custody
from fairhold.store.log import LostAppend

RECEIVED, SUBMITTED, WITHDRAWN, REDACTED, NAMED, DELETED = (
    "received",
    "submitted",
    "withdrawn",
    "redacted",
    "named",
    "deleted",
)
OF_ONE_EXHIBIT = {
    "EvidenceWithdrawn": WITHDRAWN,
    "EvidenceRedacted": REDACTED,
    "EvidenceNamed": NAMED,
}


@dataclass(frozen=True, slots=True)
class Link:
    """One event in the life of an exhibit. `record` says where it stands: J12 or C3."""

    at: datetime
    act: str
    who: str
    role: str
    way: str
    record: str
    hash: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown: the exhibit's name (E3, A1, case), the digest of the bytes, and how."""

    exhibit: str
    sha256: str
    act: Act
    way: str
    case_id: str | None = None


ONE_LOOK = timedelta(hours=1)


def note(desk: Desk, order_id: str, viewer: Viewer, shown: Shown) -> Custody:
    """Put on record that somebody was shown something, before the first byte leaves.

    Small pictures that one viewer is shown again within the hour are one event.
    Raises: Busy where many look at the same case at once.
    """
    event = Custody(
        order_id=order_id,
        seq=0,
        case_id=shown.case_id,
        exhibit=shown.exhibit,
        sha256=shown.sha256,
        act=shown.act.value,
        actor_id=viewer.actor.id,
        actor_role=viewer.role.value,
        at=desk.clock.now(),
        way=shown.way,
        salt=desk.ids.salt(),
        prev_hash="",
    )
    if shown.act is Act.VIEWED and custody.seen_since(event, event.at - ONE_LOOK):
        return event
    try:
        return custody.append(event)
    except LostAppend as lost:
        raise Busy(str(lost)) from lost


def life_of(view: View, exhibit: Exhibit) -> list[Link]:
    """Everything that happened to one exhibit of the dispute in view, oldest first."""
    name = f"E{exhibit.number}"
    dispute = view.file.the_dispute
    links = [
        link
        for entry in view.entries
        if entry.case_id == dispute.id or entry.type == "MaterialPurged"
        for link in _from_journal(entry, exhibit)
    ]
    events = custody.events_of(view.file.order_id)
    seen = (one for one in events if one.case_id == dispute.id and one.exhibit == name)
    links += [
        Link(one.at, one.act, one.actor_id, one.actor_role, one.way, f"C{one.seq}", one.hash)
        for one in seen
    ]
    return sorted(links, key=lambda link: link.at)


def _from_journal(entry: Entry, exhibit: Exhibit) -> list[Link]:
    def link(act: str, at: datetime) -> Link:
        return Link(
            at, act, entry.actor_id, entry.actor_role, "the case", f"J{entry.seq}", entry.hash
        )

    if entry.type == "EvidenceSubmitted":
        mine = any(one["number"] == exhibit.number for one in entry.payload["exhibits"])
        received = [link(RECEIVED, exhibit.received_at)] if exhibit.received_at else []
        return [*received, link(SUBMITTED, entry.at)] if mine else []
    if entry.type == "MaterialPurged" and exhibit.sha256 in entry.payload["files"]:
        return [link(DELETED, entry.at)]
    act = OF_ONE_EXHIBIT.get(entry.type)
    return [link(act, entry.at)] if act and entry.payload["exhibit"] == exhibit.number else []
