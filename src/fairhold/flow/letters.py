"""Notices as letters: what happened, what runs now, what follows from silence, where to go.

Times are absolute with their zone; a letter is read days later, so it never says how much is left.
"""

from dataclasses import dataclass

from fairhold.accounts.models import Party
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.events import NudgeIssued
from fairhold.core.journal.chain import Entry
from fairhold.core.values.money import Money
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import PLATFORM, Actor, Role
from fairhold.flow.access import party_of
from fairhold.flow.desk import Desk
from fairhold.flow.intake.mails import case_address
from fairhold.flow.narrate import Line
from fairhold.flow.parcels.wordings import DRAFTS
from fairhold.flow.query import View, told
from fairhold.flow.replay import fold
from fairhold.flow.request import Viewer
from fairhold.flow.retention import deletion_date
from fairhold.flow.wordings import clock_name
from fairhold.store import queries

# Lines of the journal that need no sentence of their own in a letter.
BETWEEN_THE_LINES = {"clocks", "notices"}
# Acts after which an e-mail of confirmation is worth having.
WORTH_CONFIRMING = {"MessagePosted", "PlanAccepted", "PlanProposed", "OrderAmended"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to go."""

    to: str
    subject: str
    body: str


def letter(desk: Desk, order_id: str, seq: int, recipient: str) -> Letter | None:
    """The letter of the notice that is entry `seq`, to one side.

    None where nobody can be reached.
    """
    entries = [entry for entry in queries.entries_of(order_id) if entry.seq <= seq]
    file = fold(order_id, entries)
    role = Role(recipient)
    party = Party.objects.filter(id=party_of(file, role)).first()
    if party is None:
        return None
    if entries[-1].payload.get("about") == NudgeIssued.__name__:
        return _reminder(desk, file, party, entries[-2])
    if file.dispute is None or entries[-1].case_id is None:
        return _of_order(desk, file, (role, party), entries)
    viewer = Viewer(Actor(PLATFORM.id, role), party.id)
    view = told(desk, file, viewer, entries[-1].at, entries)
    begun = max(entry.seq for entry in entries if entry.request)
    happened = [line for line in view.lines if line.seq >= begun]
    news = [line for line in happened if line.group not in BETWEEN_THE_LINES] or happened
    subject = f"[{file.dispute.number}] {_headline(news).title}"
    body = _body(desk, view, party.name, news)
    return Letter(party.email, subject[:180], body)


def _of_order(
    desk: Desk, file: CaseFile, to: tuple[Role, Party], entries: list[Entry]
) -> Letter | None:
    """The letter of a message, a change of terms or a date, on an order without an open dispute."""
    role, party = to
    viewer = Viewer(Actor(PLATFORM.id, role), party.id)
    view = told(desk, file, viewer, entries[-1].at, entries)
    begun = max(entry.seq for entry in entries if entry.request)
    happened = [line for line in view.lines if line.seq >= begun]
    news = [line for line in happened if line.group not in BETWEEN_THE_LINES]
    if not news:
        return None
    ref = file.the_order.agreement.ref
    lines = [f"Hello {party.name},", "", *(f"- {one.title}." + _quoted(view, one) for one in news)]
    lines += [
        "",
        f"Order {ref}. Read it and answer:",
        f"{desk.public_url}/orders/{file.order_id}/messages/",
    ]
    lines += [_running_head(view)]
    return Letter(party.email, f"[{ref}] {_headline(news).title}"[:180], "\n".join(lines))


def _running_head(view: View) -> str:
    """What both sides hold in their own mail: how far the record was, and its fingerprint."""
    return f"Entry {view.file.version} of the case record, fingerprint {view.file.head}."


def _confirm_by_mail(desk: Desk, view: View, news: list[Line]) -> list[str]:
    """Where something was said or agreed: that an e-mail of the other side is worth keeping."""
    if not any(line.kind in WORTH_CONFIRMING for line in news):
        return []
    address = case_address(desk, view.file.the_dispute.number)
    into = f" Forward it to {address}, or upload it." if address else " It can be uploaded."
    return [
        "",
        "Agreed on something? Ask the other side to confirm it by e-mail and keep that e-mail, and "
        f"keep your shipping receipts: a court looks at them first.{into}",
    ]


def _kept_until(desk: Desk, view: View) -> list[str]:
    """From when on the material of a closed case may go, and that a copy can be had until then."""
    date = deletion_date(desk, view.file)
    if date is None:
        return []
    until = date.strftime("%-d %B %Y")
    return [
        "",
        f"What was said and shown is kept until {until} at least. Export the file of your case "
        "before then and keep your own copy: for a court or a tribunal you cannot rely on ours.",
    ]


def _reminder(desk: Desk, file: CaseFile, party: Party, entry: Entry) -> Letter:
    """The letter of a reminder about a parcel, with a dispute or without."""
    nudge = from_plain(NudgeIssued, entry.payload)
    title, text = DRAFTS[nudge.kind, nudge.to]
    order = file.the_order
    parcel = order.parcel(nudge.parcel)
    about = f"{parcel.carrier}, {parcel.waybill}" if parcel else ""
    lines = [f"Hello {party.name},", "", text, ""]
    lines += [f"Order {order.agreement.ref}. Parcel {nudge.parcel}: {about}.", desk.public_url]
    return Letter(party.email, f"[{order.agreement.ref}] {title}"[:180], "\n".join(lines))


def _headline(news: list[Line]) -> Line:
    """What a letter is about: the end of the dispute, otherwise the first act; money comes last."""
    closing = (line for line in news if line.kind == "DisputeClosed")
    acts = (line for line in news if line.group != "money")
    return next(closing, None) or next(acts, news[0])


def _body(desk: Desk, view: View, name: str, news: list[Line]) -> str:
    dispute, agreement = view.file.the_dispute, view.file.the_order.agreement
    parts = [f"Hello {name},", ""]
    parts += [f"- {line.title}." + _quoted(view, line) for line in news]
    for found in view.consequences:
        until = found.clock.due_at.strftime("%-d %B %Y, %H:%M UTC (UTC+0)")
        rule = view.process.clock(found.clock.kind)
        parts += ["", f"Running now: {clock_name(found.clock.kind)}, until {until}."]
        parts.append(f"If nothing is done: {rule.summary}")
        if found.to_buyer_minor is not None and found.to_seller_minor is not None:
            buyer = Money(found.to_buyer_minor, agreement.currency)
            seller = Money(found.to_seller_minor, agreement.currency)
            parts.append(f"In money: {buyer} to the buyer, {seller} to the seller.")
        parts.append(f"Rule {found.clock.clause}, {rule.citation}.")
    parts += _kept_until(desk, view)
    parts += _confirm_by_mail(desk, view, news)
    parts += [
        "",
        f"Dispute {dispute.number}, order {agreement.ref}. Read it and act:",
        f"{desk.public_url}/d/{dispute.number}",
        _running_head(view),
    ]
    return "\n".join(parts)


def _quoted(view: View, line: Line) -> str:
    text = view.texts.get(line.text_id) if line.text_id else None
    return f"\n  “{text}”" if text else ""
