"""The history in words: one line per journal entry, for one viewer.

Pages, mails and the API tell the same story because they all read it here. Texts of people are
quoted, never mixed into a sentence.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairhold.core.cases import events as common
from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef
from fairhold.flow import speech
from fairhold.flow.narrate_inquiry import INQUIRY_SENTENCES
from fairhold.flow.narrate_parcels import PARCEL_SENTENCES
from fairhold.flow.narrate_plans import PLAN_SENTENCES
from fairhold.flow.narrate_returns import RETURN_SENTENCES
from fairhold.flow.narrate_talk import TALK_SENTENCES
from fairhold.flow.teller import Addressed, Sentence, Teller, acts, plain, when
from fairhold.flow.wordings import (
    ACCOUNT_NAMES,
    OUTCOMES,
    STEP_IN_REASONS,
    clock_name,
    words_for,
)

BY_THE_CLOCK = (common.ClockSet, common.ClockEnded, common.NoticeIssued, common.ReminderIssued)

BY_THE_RULEBOOK = (
    dispute.ProofRequested,
    dispute.ProofGiven,
    dispute.ProofLapsed,
    dispute.ProofNoLongerNeeded,
    dispute.RulingRecorded,
    dispute.AwardIssued,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. `voice` is who speaks: buyer, seller, platform or clock."""

    seq: int
    at: datetime
    voice: str
    kind: str
    title: str
    text_id: str | None
    group: str


def tell(entry: Entry, teller: Teller) -> Line:
    """The line of one journal entry, in the language that is active.

    Raises: KeyError for an event type without words, which a test forbids.
    """
    event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
    sentence, group = SENTENCES[type(event)]
    title = sentence(event, entry, teller)
    return Line(
        entry.seq, entry.at, _voice(event, entry), entry.type, title, _text_of(event), group
    )


def group_of(entry: Entry) -> str:
    """Which part of the history an entry belongs to: `order`, `money`, `clocks` and so on."""
    return SENTENCES[EVENT_TYPES[entry.type]][1]


def _voice(event: Any, entry: Entry) -> str:
    """Who speaks: what the rulebook does by itself is the platform's, whoever gave the cause."""
    if isinstance(event, BY_THE_CLOCK):
        return "clock"
    side = getattr(event, "side", None)
    if isinstance(event, BY_THE_RULEBOOK) or side is Role.PLATFORM:
        return "platform"
    return entry.actor_role if entry.actor_role in {"buyer", "seller"} else "platform"


# Records inside events, and their text.
INSIDE = (
    ("finding", "reasons"),
    ("departure", "reasons"),
    ("outside", "summary"),
    ("amendment", "note"),
    ("hold", "claim"),
)


def _text_of(event: Any) -> str | None:
    for name in ("text", "description", "reasons", "reason", "note", "address"):
        ref = getattr(event, name, None)
        if isinstance(ref, TextRef):
            return ref.id
    for name, inside in INSIDE:
        record = getattr(event, name, None)
        if record is not None:
            return str(getattr(record, inside).id)
    terms = getattr(event, "terms", None)
    return terms.note.id if terms is not None and terms.note else None


NOTICE: Addressed = {
    "both": _("Notice to the buyer and the seller"),
    "buyer": _("Notice to the buyer"),
    "seller": _("Notice to the seller"),
    "any": _("Notice to: {side}"),
}
NOTICE_OF_CLOCKS: Addressed = {
    "both": _("Notice to the buyer and the seller, also of {clocks}"),
    "buyer": _("Notice to the buyer, also of {clocks}"),
    "seller": _("Notice to the seller, also of {clocks}"),
    "any": _("Notice to: {side}, also of {clocks}"),
}
REMINDER: Addressed = {
    "both": _("Reminder to the buyer and the seller: {clock} ends {until}"),
    "buyer": _("Reminder to the buyer: {clock} ends {until}"),
    "seller": _("Reminder to the seller: {clock} ends {until}"),
    "any": _("Reminder to: {side}. {clock} ends {until}"),
}
ENDINGS = {
    "fired": _("A clock ran out: {clock}"),
    "satisfied": _("A clock ended: done in time: {clock}"),
    "cancelled": _("A clock ended: no longer needed: {clock}"),
    "superseded": _("A clock ended: replaced: {clock}"),
}


def _moved(event: common.MoneyMoved, entry: Entry, teller: Teller) -> str:
    move = str(_("{sum} from {source} to {target}"))
    moves = [
        move.format(
            sum=teller.money(one.amount_minor),
            source=ACCOUNT_NAMES[one.source],
            target=ACCOUNT_NAMES[one.target],
        )
        for one in event.transfers
    ]
    if not moves:
        return str(_("No money had to move"))
    return str(_("Money moved: {moves}")).format(moves=speech.strung(moves))


def _closed(event: dispute.DisputeClosed, entry: Entry, teller: Teller) -> str:
    told = str(_("The dispute is closed: {outcome}. Refund to the buyer: {refund}"))
    refund = teller.money(event.refund.total_minor)
    return told.format(outcome=OUTCOMES[event.outcome], refund=refund)


def _notice(event: common.NoticeIssued, entry: Entry, teller: Teller) -> str:
    if not event.clocks:
        return teller.to(event.to, NOTICE)
    clocks = speech.listed([clock_name(kind) for kind in event.clocks])
    return teller.to(event.to, NOTICE_OF_CLOCKS, clocks=clocks)


def _reminded(event: common.ReminderIssued, entry: Entry, teller: Teller) -> str:
    clock = clock_name(event.kind)
    return teller.to(event.to, REMINDER, clock=clock, until=when(event.due_at))


def _clock_set(event: common.ClockSet, entry: Entry, teller: Teller) -> str:
    told = str(_("A clock began: {clock}, until {until}"))
    return told.format(clock=clock_name(event.kind), until=when(event.due_at))


def _clock_ended(event: common.ClockEnded, entry: Entry, teller: Teller) -> str:
    return str(ENDINGS[event.ending.value]).format(clock=clock_name(event.kind))


def _clock_extended(event: common.ClockExtended, entry: Entry, teller: Teller) -> str:
    told = str(
        _("Time was given back because the desk could not be reached: {clock} now ends {until}")
    )
    return told.format(clock=clock_name(event.kind), until=when(event.due_at))


def _amended(event: order.OrderAmended, entry: Entry, teller: Teller) -> str:
    told = str(_("The order was amended; it is now version {version}"))
    return told.format(version=event.version)


def _paid(event: order.PaymentCaptured, entry: Entry, teller: Teller) -> str:
    paid = teller.money(event.goods_minor + event.freight_minor)
    return str(_("The buyer paid {sum}; the platform holds it")).format(sum=paid)


def _dispatched(event: order.ParcelDispatched, entry: Entry, teller: Teller) -> str:
    told = str(_("Parcel {number} was handed to {carrier}, waybill {waybill}"))
    parcel = event.parcel
    return told.format(number=parcel.number, carrier=parcel.carrier, waybill=parcel.waybill)


def _moved_on(event: order.SandboxClockMoved, entry: Entry, teller: Teller) -> str:
    return ngettext(
        "Test mode: {count} second passed for this order",
        "Test mode: {count} seconds passed for this order",
        event.seconds,
    ).format(count=event.seconds)


def _reason(event: dispute.ReasonChanged, entry: Entry, teller: Teller) -> str:
    told = (
        _("You changed the reason to “{reason}”"),
        _("{side} changed the reason to “{reason}”"),
    )
    return teller.told(entry.actor_role, told, reason=words_for(event.reason.value))


def _stepped_in(event: dispute.PlatformSteppedIn, entry: Entry, teller: Teller) -> str:
    return speech.sentences([str(_("The platform stepped in")), STEP_IN_REASONS[event.why]])


SENTENCES: dict[type, tuple[Sentence, str]] = {
    order.OrderRegistered: (plain(_("The order was registered")), "order"),
    order.OrderAmended: (_amended, "order"),
    order.PaymentCaptured: (_paid, "money"),
    order.ParcelDispatched: (_dispatched, "order"),
    order.CancellationRequested: (plain(_("The buyer asked to cancel the order")), "order"),
    order.OrderFrozen: (plain(_("The order was frozen: money and clocks stand still")), "order"),
    order.OrderUnfrozen: (plain(_("The freeze ended: money and clocks run again")), "order"),
    order.OrderCompleted: (plain(_("The order was completed without a dispute")), "order"),
    order.SandboxClockMoved: (_moved_on, "order"),
    common.ClockSet: (_clock_set, "clocks"),
    common.ClockEnded: (_clock_ended, "clocks"),
    common.ClockExtended: (_clock_extended, "clocks"),
    common.ClocksPaused: (plain(_("The clocks stand still")), "clocks"),
    common.ClocksResumed: (
        plain(_("The clocks run again, with the pause given back")),
        "clocks",
    ),
    common.NoticeIssued: (_notice, "notices"),
    common.ReminderIssued: (_reminded, "notices"),
    common.MoneyMoved: (_moved, "money"),
    dispute.DisputeOpened: (
        acts(_("You opened the dispute"), _("{side} opened the dispute")),
        "decisions",
    ),
    dispute.ReasonChanged: (_reason, "decisions"),
    dispute.CaseAssigned: (plain(_("The case was given to a specialist")), "decisions"),
    dispute.PlatformSteppedIn: (_stepped_in, "decisions"),
    dispute.DisputeClosed: (_closed, "decisions"),
    **PLAN_SENTENCES,
    **RETURN_SENTENCES,
    **INQUIRY_SENTENCES,
    **PARCEL_SENTENCES,
    **TALK_SENTENCES,
}
