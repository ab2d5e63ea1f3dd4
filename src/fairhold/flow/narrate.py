"""The history in words: one line per journal entry, for one viewer.

Pages, mails and the API tell the same story because they all read it here. Texts of people are
quoted, never mixed into a sentence.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairhold.core.cases import events as common
from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef
from fairhold.flow.narrate_inquiry import INQUIRY_SENTENCES
from fairhold.flow.narrate_parcels import PARCEL_SENTENCES
from fairhold.flow.narrate_talk import TALK_SENTENCES
from fairhold.flow.teller import Sentence, Teller, acts, plain, sides, when
from fairhold.flow.wordings import (
    ACCOUNT_NAMES,
    ENDING_WORDS,
    OUTCOMES,
    STEP_IN_REASONS,
    clock_name,
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
    """The line of one journal entry.

    Raises: KeyError for an event type without words, which a test forbids.
    """
    event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
    sentence, group = SENTENCES[type(event)]
    title = sentence(event, entry, teller)
    return Line(
        entry.seq, entry.at, _voice(event, entry), entry.type, title, _text_of(event), group
    )


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


def _moved(event: common.MoneyMoved, _: Entry, teller: Teller) -> str:
    moves = [
        f"{teller.money(one.amount_minor)} from {ACCOUNT_NAMES[one.source]} "
        f"to {ACCOUNT_NAMES[one.target]}"
        for one in event.transfers
    ]
    return f"Money moved: {'; '.join(moves)}" if moves else "No money had to move"


def _closed(event: dispute.DisputeClosed, _: Entry, teller: Teller) -> str:
    refund = teller.money(event.refund.total_minor)
    return f"The dispute is closed: {OUTCOMES[event.outcome]}. Refund to the buyer: {refund}"


def _notice(event: common.NoticeIssued, _: Entry, teller: Teller) -> str:
    about = " and ".join(clock_name(kind) for kind in event.clocks)
    return f"Notice to {sides(event.to)}" + (f", also of {about}" if about else "")


SENTENCES: dict[type, tuple[Sentence, str]] = {
    order.OrderRegistered: (plain("The order was registered"), "order"),
    order.OrderAmended: (
        lambda event, _, __: f"The order was amended; it is now version {event.version}",
        "order",
    ),
    order.PaymentCaptured: (
        lambda event, _, teller: (
            f"The buyer paid {teller.money(event.goods_minor + event.freight_minor)}; "
            "the platform holds it"
        ),
        "money",
    ),
    order.ParcelDispatched: (
        lambda event, _, __: (
            f"Parcel {event.parcel.number} was handed to {event.parcel.carrier}, "
            f"waybill {event.parcel.waybill}"
        ),
        "order",
    ),
    order.CancellationRequested: (plain("The buyer asked to cancel the order"), "order"),
    order.OrderFrozen: (plain("The order was frozen: money and clocks stand still"), "order"),
    order.OrderUnfrozen: (plain("The freeze ended: money and clocks run again"), "order"),
    order.OrderCompleted: (plain("The order was completed without a dispute"), "order"),
    order.SandboxClockMoved: (
        lambda event, _, __: f"Test mode: {event.seconds} seconds passed for this order",
        "order",
    ),
    common.ClockSet: (
        lambda event, _, __: f"A clock began: {clock_name(event.kind)}, until {when(event.due_at)}",
        "clocks",
    ),
    common.ClockEnded: (
        lambda event, _, __: (
            f"A clock {ENDING_WORDS[event.ending.value]}: {clock_name(event.kind)}"
        ),
        "clocks",
    ),
    common.ClockExtended: (
        lambda event, _, __: (
            f"Time was given back because the desk could not be reached: "
            f"{clock_name(event.kind)} now ends {when(event.due_at)}"
        ),
        "clocks",
    ),
    common.ClocksPaused: (plain("The clocks stand still"), "clocks"),
    common.ClocksResumed: (plain("The clocks run again, with the pause given back"), "clocks"),
    common.NoticeIssued: (_notice, "notices"),
    common.ReminderIssued: (
        lambda event, _, __: (
            f"Reminder to {sides(event.to)}: {clock_name(event.kind)} ends {when(event.due_at)}"
        ),
        "notices",
    ),
    common.MoneyMoved: (_moved, "money"),
    dispute.DisputeOpened: (acts("opened the dispute"), "decisions"),
    dispute.PlanProposed: (
        lambda event, _, teller: (
            f"{teller.who(event.side)} proposed a plan: {teller.terms(event.terms)}"
        ),
        "plans",
    ),
    dispute.PlanChanged: (
        lambda event, _, teller: (
            f"{teller.who(event.side)} changed a plan, now version {event.version}: "
            f"{teller.terms(event.terms)}"
        ),
        "plans",
    ),
    dispute.PlanWithdrawn: (
        lambda event, _, teller: f"{teller.who(event.side)} withdrew a plan ({event.plan})",
        "plans",
    ),
    dispute.RequestRefused: (acts("refused the buyer's request"), "plans"),
    dispute.PlanAccepted: (
        lambda event, _, teller: (
            f"{teller.who(event.side)} accepted {teller.whose(event.plan.split('-')[0])} plan, "
            f"version {event.version}"
        ),
        "plans",
    ),
    dispute.ReasonChanged: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} changed the reason to "
            f"“{event.reason.value.replace('_', ' ')}”"
        ),
        "decisions",
    ),
    dispute.UnagreedReturnRecorded: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} recorded a return that nobody agreed to: "
            f"{event.carrier}, waybill {event.waybill}"
        ),
        "decisions",
    ),
    dispute.CaseAssigned: (plain("The case was given to a specialist"), "decisions"),
    dispute.PlatformSteppedIn: (
        lambda event, _, __: f"The platform stepped in. {STEP_IN_REASONS[event.why]}",
        "decisions",
    ),
    dispute.AwardIssued: (
        lambda event, _, teller: (
            f"The platform decided: {teller.terms(event.terms)}"
            + (". Its standing plan became the decision by lapse of time" * event.by_default)
        ),
        "decisions",
    ),
    dispute.ReturnAgreed: (
        lambda event, _, teller: f"A return was settled: {teller.terms(event.leg.terms)}",
        "decisions",
    ),
    dispute.ReturnShipped: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} sent the goods back: {event.carrier}, "
            f"waybill {event.waybill}"
        ),
        "decisions",
    ),
    dispute.ReturnWaybillCorrected: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} corrected the waybill of the return: "
            f"{event.carrier}, waybill {event.waybill}"
        ),
        "decisions",
    ),
    dispute.ReturnAddressConfirmed: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} "
            + ("changed" if event.address else "confirmed")
            + " the return address"
        ),
        "decisions",
    ),
    dispute.ReturnConfirmed: (acts("confirmed that the goods are back"), "decisions"),
    dispute.ReturnEscalated: (acts("asked the platform to decide about the return"), "decisions"),
    dispute.EscalationWithdrawn: (acts("withdrew the escalation of the return"), "decisions"),
    dispute.PlatformEnteredReturn: (plain("The platform took up the return"), "decisions"),
    dispute.DisputeClosed: (_closed, "decisions"),
    **INQUIRY_SENTENCES,
    **PARCEL_SENTENCES,
    **TALK_SENTENCES,
}
