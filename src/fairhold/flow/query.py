"""Reads: a file as one viewer may see it, with its history.

No locks, a bounded number of statements.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fairhold.core.cases.disputes.options import Consequence, foresee, options, talk_options
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.events import OrderAmended
from fairhold.core.journal.chain import Entry
from fairhold.core.rules.process import Process
from fairhold.flow.access import may_know, may_see
from fairhold.flow.desk import Desk
from fairhold.flow.hidden import hidden_from
from fairhold.flow.moments import moment_at, present
from fairhold.flow.narrate import Line, group_of, tell
from fairhold.flow.replay import file_of_case
from fairhold.flow.request import Viewer
from fairhold.flow.teller import Teller
from fairhold.store import queries
from fairhold.store.load import Loaded, load, load_of_case


def erased() -> str:
    """What stands in the place of words that were deleted."""
    return _("(erased)")


# What merely follows from something that somebody did.
FOLLOWING = ("clocks", "notices")


@dataclass(frozen=True, slots=True)
class View:
    """One file as one viewer sees it at one moment.

    `entries` is its journal, `visible` what of it this viewer is told of. Words are found for the
    lines that are asked for: a long history is shown in parts.
    """

    file: CaseFile
    viewer: Viewer
    now: datetime
    process: Process
    texts: dict[str, str]
    entries: tuple[Entry, ...]
    visible: tuple[Entry, ...]
    teller: Teller
    allowed: tuple[type, ...]
    consequences: tuple[Consequence, ...]

    def text(self, ref: object) -> str:
        """The words behind a reference; erased words read as such."""
        text_id = getattr(ref, "id", None)
        return self.texts.get(text_id, erased()) if text_id else ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole history in words, oldest first."""
        return self.told(self.visible)

    def told(self, entries: Iterable[Entry]) -> tuple[Line, ...]:
        """These entries in words, in the language that is active."""
        return tuple(tell(entry, self.teller) for entry in entries)

    def news(self, after: int) -> tuple[Line, ...]:
        """What happened after the entry of that number, without what merely follows from it."""
        since = (entry for entry in self.visible if entry.seq > after)
        return self.told(entry for entry in since if group_of(entry) not in FOLLOWING)

    def quotes(self, lines: Iterable[Line]) -> dict[str, str]:
        """The words of people that these lines quote, by their id; erased ones are missing."""
        return queries.texts(line.text_id for line in lines if line.text_id)


def view_of_order(desk: Desk, order_id: str, viewer: Viewer) -> View | None:
    """The file of an order; None when there is none for this viewer."""
    return _view_of(desk, load(order_id, None), viewer, may_see)


def sums_of_order(desk: Desk, order_id: str, viewer: Viewer) -> View | None:
    """The file of an order for whoever may know what it is worth; None for everybody else.

    What the viewer may not read is for the caller to leave out: see `access.may_see`.
    """
    return _view_of(desk, load(order_id, None), viewer, may_know)


def _view_of(
    desk: Desk, loaded: Loaded, viewer: Viewer, may: Callable[[Viewer, CaseFile], bool]
) -> View | None:
    if loaded.file.order is None or not may(viewer, loaded.file):
        return None
    return seen(desk, loaded.file, viewer, present(desk, loaded.file, loaded.database_time))


def view_of_case(desk: Desk, case_id: str, viewer: Viewer) -> View | None:
    """The file of a dispute; None when there is none for this viewer."""
    view = _view_of(desk, load_of_case(case_id), viewer, may_see)
    if view is None or view.file.dispute is None:
        return None
    if view.file.dispute.id == case_id:
        return view
    return seen(desk, file_of_case(view.file.order_id, case_id), viewer, view.now)


def seen(desk: Desk, file: CaseFile, viewer: Viewer, now: datetime) -> View:
    """Put together what the viewer sees: history, texts, what may be done and what follows."""
    entries = [entry for entry in queries.entries_of(file.order_id) if entry.seq <= file.version]
    return told(desk, file, viewer, now, entries)


def told(
    desk: Desk, file: CaseFile, viewer: Viewer, now: datetime, entries: Sequence[Entry]
) -> View:
    """The view of a file whose journal has been read already."""
    rules = moment_at(desk, file, viewer.actor, now)
    process = rules.process
    teller = Teller(viewer.role, file.the_order.agreement.currency, file.the_order.book)
    hidden = hidden_from(viewer.role, entries)
    visible = tuple(entry for entry in entries if not hidden.silences(entry))
    wanted = [*_text_ids(file), *_amended_words(entries)]
    running = file.open_dispute.clocks if file.open_dispute else ()
    return View(
        file=file,
        viewer=viewer,
        now=now,
        process=process,
        texts=queries.texts(wanted),
        entries=tuple(entries),
        visible=visible,
        teller=teller,
        allowed=(*options(file, viewer.role, now), *talk_options(file, viewer.role)),
        consequences=tuple(foresee(file, clock, rules) for clock in running),
    )


def _amended_words(entries: Sequence[Entry]) -> list[str]:
    """Addresses that an order once had, with the notes; its file knows the present one only."""
    amending = [entry.payload for entry in entries if entry.type == OrderAmended.__name__]
    given = [payload.get(name) for payload in amending for name in ("delivery_address", "note")]
    return [ref["id"] for ref in given if ref]


def _text_ids(file: CaseFile) -> list[str]:
    agreement = file.the_order.agreement
    refs = [
        agreement.delivery_address,
        agreement.return_address,
        agreement.local_return_address,
        agreement.listing,
        agreement.buyer_message,
    ]
    refs += [one.name for one in file.the_order.attachments]
    if file.the_order.amendment is not None:
        refs += [file.the_order.amendment.delivery_address, file.the_order.amendment.note]
    dispute = file.dispute
    if dispute is not None:
        refs += [dispute.description, dispute.wanted, dispute.leg.address if dispute.leg else None]
        refs += [plan.terms.note for plan in dispute.plans]
        refs += [ref for one in dispute.exhibits for ref in (one.name, one.shows, one.withdrawn)]
        refs += [ref for one in dispute.outside for ref in (one.summary, one.contested)]
        refs += [finding.reasons for finding in dispute.findings]
        if dispute.departure is not None:
            refs += [dispute.departure.reasons, dispute.departure.terms.note]
    return [ref.id for ref in refs if ref is not None]
