"""The history in words: one line per journal entry, for one viewer.

Pages, mails and the API tell the same story because they all read it here. Texts of people are
quoted, never mixed into a sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairhold.core.cases import events as common
from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.disputes.state import Kind, Terms
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.core.values.money import Money
from fairhold.core.values.plain import from_plain
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef
from fairhold.flow.wordings import (
    ACCOUNT_NAMES,
    CLOCK_NAMES,
    ENDING_WORDS,
    OUTCOMES,
    STEP_IN_REASONS,
)

BY_THE_CLOCK = (common.ClockSet, common.ClockEnded, common.NoticeIssued, common.ReminderIssued)


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


@dataclass(frozen=True, slots=True)
class Teller:
    """What every sentence needs: the viewer's role and the currency of the order."""

    viewer: Role
    currency: str

    def who(self, role: Role | str) -> str:
        """“You”, or the side's name, at the beginning of a sentence."""
        return "You" if str(role) == self.viewer.value else f"The {_spoken(role)}"

    def whose(self, role: Role | str) -> str:
        """“your”, or “the buyer's”."""
        return "your" if str(role) == self.viewer.value else f"the {_spoken(role)}'s"

    def money(self, amount_minor: int) -> str:
        """The amount with its currency."""
        return str(Money(amount_minor, self.currency))

    def terms(self, terms: Terms) -> str:
        """The terms of a plan in one phrase."""
        refund = self.money(terms.refund.total_minor)
        if terms.kind is Kind.REFUND_ONLY:
            return f"refund of {refund}, the buyer keeps the goods"
        payer = terms.return_freight.value if terms.return_freight else "buyer"
        return f"refund of {refund} after the goods are returned, {payer} pays the return freight"


def tell(entry: Entry, teller: Teller) -> Line:
    """The line of one journal entry.

    Raises: KeyError for an event type without words, which a test forbids.
    """
    event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
    sentence, group = SENTENCES[type(event)]
    voice = entry.actor_role if entry.actor_role in {"buyer", "seller"} else "platform"
    if isinstance(event, BY_THE_CLOCK):
        voice = "clock"
    title = sentence(event, entry, teller)
    return Line(entry.seq, entry.at, voice, entry.type, title, _text_of(event), group)


def _text_of(event: Any) -> str | None:
    for name in ("text", "description", "reasons", "reason", "note", "address"):
        ref = getattr(event, name, None)
        if isinstance(ref, TextRef):
            return ref.id
    finding = getattr(event, "finding", None)
    if finding is not None:
        return str(finding.reasons.id)
    terms = getattr(event, "terms", None)
    return terms.note.id if terms is not None and terms.note else None


def _spoken(role: Role | str) -> str:
    return str(role).replace("_", " ")


def _when(moment: datetime) -> str:
    return moment.strftime("%-d %B %Y, %H:%M UTC")


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
    about = " and ".join(CLOCK_NAMES[kind] for kind in event.clocks)
    return f"Notice to {_sides(event.to)}" + (f", also of {about}" if about else "")


def _sides(roles: tuple[Role, ...]) -> str:
    return " and ".join(f"the {side.value}" for side in roles)


def _acts(words: str) -> Callable[[Any, Entry, Teller], str]:
    return lambda event, entry, teller: f"{teller.who(entry.actor_role)} {words}"


def _fact(name: str) -> str:
    return name.replace(".", ", ").replace("_", " ")


def _found(value: str) -> str:
    words = {"true": "so", "false": "not so", "null": "nothing"}
    return words.get(value, value.strip('"').replace("_", " "))


def _over(exhibits: tuple[int, ...]) -> str:
    return f" (over {', '.join(f'E{one}' for one in exhibits)})" if exhibits else ""


def _plain(words: str) -> Callable[[Any, Entry, Teller], str]:
    return lambda event, entry, teller: words


Sentence = Callable[[Any, Entry, Teller], str]
SENTENCES: dict[type, tuple[Sentence, str]] = {
    order.OrderRegistered: (_plain("The order was registered"), "order"),
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
    order.CancellationRequested: (_plain("The buyer asked to cancel the order"), "order"),
    order.OrderFrozen: (_plain("The order was frozen: money and clocks stand still"), "order"),
    order.OrderUnfrozen: (_plain("The freeze ended: money and clocks run again"), "order"),
    order.OrderCompleted: (_plain("The order was completed without a dispute"), "order"),
    order.SandboxClockMoved: (
        lambda event, _, __: f"Test mode: {event.seconds} seconds passed for this order",
        "order",
    ),
    common.ClockSet: (
        lambda event, _, __: (
            f"A clock began: {CLOCK_NAMES[event.kind]}, until {_when(event.due_at)}"
        ),
        "clocks",
    ),
    common.ClockEnded: (
        lambda event, _, __: (
            f"A clock {ENDING_WORDS[event.ending.value]}: {CLOCK_NAMES[event.kind]}"
        ),
        "clocks",
    ),
    common.ClockExtended: (
        lambda event, _, __: (
            f"Time was given back because the desk could not be reached: "
            f"{CLOCK_NAMES[event.kind]} now ends {_when(event.due_at)}"
        ),
        "clocks",
    ),
    common.ClocksPaused: (_plain("The clocks stand still"), "clocks"),
    common.ClocksResumed: (_plain("The clocks run again, with the pause given back"), "clocks"),
    common.NoticeIssued: (_notice, "notices"),
    common.ReminderIssued: (
        lambda event, _, __: (
            f"Reminder to {_sides(event.to)}: {CLOCK_NAMES[event.kind]} ends {_when(event.due_at)}"
        ),
        "notices",
    ),
    common.MoneyMoved: (_moved, "money"),
    dispute.DisputeOpened: (_acts("opened the dispute"), "decisions"),
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
    dispute.RequestRefused: (_acts("refused the buyer's request"), "plans"),
    dispute.PlanAccepted: (
        lambda event, _, teller: (
            f"{teller.who(event.side)} accepted {teller.whose(event.plan.split('-')[0])} plan, "
            f"version {event.version}"
        ),
        "plans",
    ),
    dispute.MessagePosted: (_acts("wrote a message"), "messages"),
    dispute.EvidenceSubmitted: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} submitted evidence: "
            + ", ".join(f"E{one.number}" for one in event.exhibits)
        ),
        "evidence",
    ),
    dispute.EvidenceWithdrawn: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} withdrew evidence E{event.exhibit}; "
            "it stays on record as withdrawn"
        ),
        "evidence",
    ),
    dispute.FindingRecorded: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} found a fact: {_fact(event.finding.fact)} is "
            f"{_found(event.finding.value)}" + _over(event.finding.exhibits)
        ),
        "decisions",
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
    dispute.CaseAssigned: (_plain("The case was given to a specialist"), "decisions"),
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
    dispute.ReturnConfirmed: (_acts("confirmed that the goods are back"), "decisions"),
    dispute.ReturnEscalated: (_acts("asked the platform to decide about the return"), "decisions"),
    dispute.EscalationWithdrawn: (_acts("withdrew the escalation of the return"), "decisions"),
    dispute.PlatformEnteredReturn: (_plain("The platform took up the return"), "decisions"),
    dispute.DisputeClosed: (_closed, "decisions"),
}
