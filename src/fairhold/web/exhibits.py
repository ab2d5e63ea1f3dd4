"""The evidence of a case as a page shows it: what is known of each file, and whether it counts."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.weighing import Weight, weigh
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.evidence.outside import Outside
from fairhold.core.values.roles import Role
from fairhold.flow import speech
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.sightings import Sighting, sightings
from fairhold.flow.wordings import AUTHENTICATION_WORDS, CHANNEL_WORDS
from fairhold.store import files
from fairhold.store.models import KnownFile

SCANS = {
    "clean": _("The virus scan found nothing"),
    "not_scanned": _("Not scanned for viruses"),
}
IGNORED = {
    Weight.UNCONFIRMED: _("Does not count yet: said elsewhere, and not both sides confirmed it."),
    Weight.CONTESTED: _("Does not count: it was said elsewhere, and one side contests it."),
    Weight.PLATFORM_ONLY: _("For the platform only: it cannot be the only ground of a decision."),
}


@dataclass(frozen=True, slots=True)
class FileCard:
    """One exhibit. `hidden`: the viewer sees no more than that it is there."""

    exhibit: Exhibit
    hidden: bool
    name: str
    shows: str
    withdrawn: str
    scan: str
    taken: tuple[tuple[str, str], ...]
    picture: bool
    size: int
    kind: str
    ignored: str
    sightings: tuple[Sighting, ...]

    @property
    def redacted(self) -> bool:
        """Whether the other side sees a copy."""
        return self.exhibit.redacted is not None


@dataclass(frozen=True, slots=True)
class OutsideCard:
    """One exchange from elsewhere, in words."""

    outside: Outside
    channel: str
    summary: str
    standing: str
    contested: str
    counts: bool
    mine_to_answer: bool


TAKEN = {
    "time": _("Taken"),
    "zone": _("Zone"),
    "place": _("Place"),
    "maker": _("Maker"),
    "camera": _("Camera"),
}


def file_cards(view: View) -> list[FileCard]:
    """Every exhibit of the dispute in view; sightings in other cases for the desk alone."""
    dispute, role = view.file.the_dispute, view.viewer.role
    if not dispute.exhibits:
        return []
    known = files.known(one.shown_to(role).sha256 for one in dispute.exhibits)
    desk = role in (Role.SPECIALIST, Role.OPERATOR)
    found = sightings(view.file.order_id, dispute, known) if desk else ()
    weights = weigh(dispute, current().shelf.book(view.file.the_order.book))
    return [_card(view, one, known, weights[one.number], found) for one in dispute.exhibits]


def kind_in_words(view: View, kind: str | None) -> str:
    """What a kind of evidence is called; nothing where none was named."""
    name = view.file.the_order.book
    found = current().shelf.book(name).evidence.get(kind or "")
    return speech.of_book(name, found.meaning) if found else (kind or "").replace("_", " ")


def _card(
    view: View,
    one: Exhibit,
    known: dict[str, KnownFile],
    weight: Weight,
    found: tuple[Sighting, ...],
) -> FileCard:
    role = view.viewer.role
    seen, copy = one.seen_by(role), one.shown_to(role)
    row = known.get(copy.sha256) if seen else None
    taken = json.loads(row.metadata) if row else {}
    return FileCard(
        exhibit=one,
        hidden=not seen,
        name=view.text(one.name) if seen else "",
        shows=view.text(one.shows) if seen and one.shows else "",
        withdrawn=view.text(one.withdrawn) if seen and one.withdrawn else "",
        scan=str(SCANS.get(row.scan, "") if row else SCANS["not_scanned"]),
        taken=tuple((str(TAKEN[name]), value) for name, value in taken.items() if name in TAKEN),
        picture=bool(row and row.width),
        size=copy.size,
        kind=kind_in_words(view, one.kind) if seen else "",
        ignored=str(IGNORED.get(weight, "")),
        sightings=tuple(two for two in found if two.exhibit == one.number),
    )


def outside_cards(view: View) -> list[OutsideCard]:
    """Every exchange from elsewhere, and whether the viewer is asked to confirm it."""
    role = view.viewer.role
    return [
        OutsideCard(
            outside=one,
            channel=str(CHANNEL_WORDS[one.channel]),
            summary=view.text(one.summary),
            standing=str(AUTHENTICATION_WORDS[one.authentication]),
            contested=view.text(one.contested) if one.contested else "",
            counts=one.authentication.value == "both_sides",
            mine_to_answer=role not in one.confirmed_by,
        )
        for one in view.file.the_dispute.outside
    ]
