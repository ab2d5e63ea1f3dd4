"""Notices as letters: what happened, what runs now, what follows from silence, where to go.

Times are absolute with their zone; a letter is read days later, so it never says how much is left.
It is written in the language of whoever gets it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from fairhold.accounts.models import Party
from fairhold.core.cases.disputes.options import Consequence
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.events import NudgeIssued
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import PLATFORM, Actor, Role
from fairhold.flow import speech
from fairhold.flow.access import party_of
from fairhold.flow.desk import Desk
from fairhold.flow.intake.mails import case_address
from fairhold.flow.narrate import Line
from fairhold.flow.parcels.wordings import draft
from fairhold.flow.query import View, told
from fairhold.flow.replay import fold
from fairhold.flow.request import Viewer
from fairhold.flow.retention import deletion_date
from fairhold.flow.teller import when
from fairhold.flow.wordings import clock_name
from fairhold.store import queries

# Acts after which an e-mail of confirmation is worth having.
WORTH_CONFIRMING = {"MessagePosted", "PlanAccepted", "PlanProposed", "OrderAmended"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to go."""

    to: str
    subject: str
    body: str


def letter(desk: Desk, order_id: str, seq: int, recipient: str) -> Letter | None:
    """The letter of the notice that is entry `seq`, to one side, in the language of that side.

    None where nobody can be reached.
    """
    entries = [entry for entry in queries.entries_of(order_id) if entry.seq <= seq]
    file = fold(order_id, entries)
    role = Role(recipient)
    party = Party.objects.filter(id=party_of(file, role)).first()
    if party is None:
        return None
    with translation.override(speech.offered(party.language)):
        return _written(desk, file, (role, party), entries)


def _written(
    desk: Desk, file: CaseFile, to: tuple[Role, Party], entries: list[Entry]
) -> Letter | None:
    role, party = to
    if entries[-1].payload.get("about") == NudgeIssued.__name__:
        return _reminder(desk, file, party, entries[-2])
    viewer = Viewer(Actor(PLATFORM.id, role), party.id)
    view = told(desk, file, viewer, entries[-1].at, entries)
    begun = max(entry.seq for entry in entries if entry.request)
    news = view.news(begun - 1)
    if file.dispute is None or entries[-1].case_id is None:
        return _of_order(desk, view, party, news)
    news = news or view.told(entry for entry in view.visible if entry.seq >= begun)
    subject = f"[{file.dispute.number}] {_headline(news).title}"
    return Letter(party.email, subject[:180], _body(desk, view, party.name, news))


def _of_order(desk: Desk, view: View, party: Party, news: Sequence[Line]) -> Letter | None:
    """The letter of a message, a change of terms or a date, on an order without an open dispute."""
    if not news:
        return None
    ref = view.file.the_order.agreement.ref
    lines = [
        *_greeting(party.name),
        *_told(view, news),
        "",
        _("Order {ref}. Read it and answer:").format(ref=ref),
        f"{desk.public_url}/orders/{view.file.order_id}/messages/",
        _running_head(view),
    ]
    return Letter(party.email, f"[{ref}] {_headline(news).title}"[:180], "\n".join(lines))


def _greeting(name: str) -> list[str]:
    return [_("Hello {name},").format(name=name), ""]


def _told(view: View, news: Sequence[Line]) -> list[str]:
    quotes = view.quotes(news)
    return [f"- {speech.full_stop(line.title)}" + _quoted(quotes, line) for line in news]


def _running_head(view: View) -> str:
    """What both sides hold in their own mail: how far the record was, and its fingerprint."""
    head = _("Entry {entry} of the case record, fingerprint {fingerprint}.")
    return head.format(entry=view.file.version, fingerprint=view.file.head)


def _confirm_by_mail(desk: Desk, view: View, news: Sequence[Line]) -> list[str]:
    """Where something was said or agreed: that an e-mail of the other side is worth keeping."""
    if not any(line.kind in WORTH_CONFIRMING for line in news):
        return []
    address = case_address(desk, view.file.the_dispute.number)
    advice = _(
        "Agreed on something? Ask the other side to confirm it by e-mail and keep that e-mail, and "
        "keep your shipping receipts: a court looks at them first. It can be uploaded."
    )
    if address:
        advice = _(
            "Agreed on something? Ask the other side to confirm it by e-mail and keep that e-mail, "
            "and keep your shipping receipts: a court looks at them first. Forward it to "
            "{address}, or upload it."
        ).format(address=address)
    return ["", advice]


def _kept_until(desk: Desk, view: View) -> list[str]:
    """From when on the material of a closed case may go, and that a copy can be had until then."""
    date = deletion_date(desk, view.file)
    if date is None:
        return []
    told = _(
        "What was said and shown is kept until {date} at least. Export the file of your case "
        "before then and keep your own copy: for a court or a tribunal you cannot rely on ours."
    )
    return ["", told.format(date=speech.isolated(speech.day(date, date.tzinfo)))]


def _reminder(desk: Desk, file: CaseFile, party: Party, entry: Entry) -> Letter:
    """The letter of a reminder about a parcel, with a dispute or without."""
    nudge = from_plain(NudgeIssued, entry.payload)
    title, text = draft(nudge.kind, nudge.to)
    order = file.the_order
    parcel = order.parcel(nudge.parcel)
    about = _("Order {ref}. Parcel {number}: {carrier}, {waybill}.").format(
        ref=order.agreement.ref,
        number=nudge.parcel,
        carrier=parcel.carrier if parcel else "",
        waybill=parcel.waybill if parcel else "",
    )
    lines = [*_greeting(party.name), text, "", about, desk.public_url]
    return Letter(party.email, f"[{order.agreement.ref}] {title}"[:180], "\n".join(lines))


def _headline(news: Sequence[Line]) -> Line:
    """What a letter is about: the end of the dispute, otherwise the first act; money comes last."""
    closing = (line for line in news if line.kind == "DisputeClosed")
    acts = (line for line in news if line.group != "money")
    return next(closing, None) or next(acts, news[0])


def _body(desk: Desk, view: View, name: str, news: Sequence[Line]) -> str:
    dispute, agreement = view.file.the_dispute, view.file.the_order.agreement
    parts = [*_greeting(name), *_told(view, news)]
    for found in view.consequences:
        parts += ["", *_running(view, found)]
    parts += _kept_until(desk, view)
    parts += _confirm_by_mail(desk, view, news)
    act = _("Dispute {number}, order {ref}. Read it and act:")
    parts += [
        "",
        act.format(number=dispute.number, ref=agreement.ref),
        f"{desk.public_url}/d/{dispute.number}",
        _running_head(view),
    ]
    return "\n".join(parts)


def _running(view: View, found: Consequence) -> Iterator[str]:
    """One running clock: until when, what follows from silence, in money too, and by which rule."""
    order = view.file.the_order
    rule = view.process.clock(found.clock.kind)
    running = _("Running now: {clock}, until {until} (UTC+0).")
    yield running.format(clock=clock_name(found.clock.kind), until=when(found.clock.due_at))
    summary = speech.of_book(order.book, rule.summary)
    yield _("If nothing is done: {summary}").format(summary=summary)
    if found.to_buyer_minor is not None and found.to_seller_minor is not None:
        money = (found.to_buyer_minor, found.to_seller_minor, found.fee_minor or 0)
        yield speech.in_money(order.agreement.currency, *money)
    yield _("Rule {clause}, {citation}.").format(clause=found.clock.clause, citation=rule.citation)


def _quoted(quotes: dict[str, str], line: Line) -> str:
    text = quotes.get(line.text_id) if line.text_id else None
    return f"\n  “{text}”" if text else ""
