"""The words of the history for what parcels did: numbers, readings, reminders."""

from typing import Any

from fairhold.core.cases.orders import events as happened
from fairhold.core.journal.chain import Entry
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import Direction, ParcelReport, ReturnState
from fairhold.flow.teller import Sentence, Teller, addressed

STATES = {
    ParcelState.NOT_FOUND: "the carrier does not know the number",
    ParcelState.IN_TRANSIT: "on its way",
    ParcelState.AT_CUSTOMS: "at customs",
    ParcelState.DELIVERED: "delivered",
    ParcelState.RETURNED_TO_SENDER: "sent back to the sender",
    ParcelState.HELD_FOR_PICKUP: "waiting to be picked up",
}
RETURN_STATES = {
    ReturnState.NONE: "nothing is known yet",
    ReturnState.IN_TRANSIT: "on its way",
    ReturnState.DELIVERED: "delivered",
    ReturnState.UNDELIVERABLE: "cannot be delivered",
    ReturnState.HELD_CN_CUSTOMS: "held by the customs of the seller’s country",
    ReturnState.SENT_BACK: "reached the seller’s city and was sent back",
}
NUDGES = {
    NudgeKind.DELAYED: "the parcel is late",
    NudgeKind.DUTY: "customs waits for duty to be paid",
    NudgeKind.PICKUP: "the parcel waits to be picked up",
    NudgeKind.PROMISE_ENDING: "the promised time is nearly over",
}


def state_words(report: ParcelReport) -> str:
    """Where a parcel is, in words."""
    if report.return_state is not None:
        return RETURN_STATES[report.return_state]
    return STATES[report.state] if report.state else "nothing is known yet"


def parcel_name(direction: Direction, number: int) -> str:
    """What a parcel is called."""
    return "the return" if direction is Direction.RETURN else f"parcel {number}"


def _reported(event: happened.ParcelReported, _: Entry, __: Teller) -> str:
    report = event.report
    new = len(event.scans)
    records = f"{new} new record{'' if new == 1 else 's'} of" if new else "The records of"
    return f"{records} {parcel_name(*report.name)}: {state_words(report)}"


def _nudged(event: happened.NudgeIssued, _: Entry, teller: Teller) -> str:
    how = "Reminder" if event.sent else "Suggestion"
    name = parcel_name(Direction.OUTBOUND, event.parcel)
    return f"{how} to {addressed(event.to, teller)} about {name}: {NUDGES[event.kind]}"


def _numbered(words: str) -> Sentence:
    def sentence(event: Any, entry: Entry, teller: Teller) -> str:
        who = teller.who(entry.actor_role)
        return f"{who} {words} parcel {event.parcel}: {event.carrier}, {event.waybill}"

    return sentence


PARCEL_SENTENCES: dict[type, tuple[Sentence, str]] = {
    happened.WaybillReplaced: (_numbered("corrected the number of"), "parcels"),
    happened.TransferNumberAdded: (_numbered("added a transfer number to"), "parcels"),
    happened.ParcelReported: (_reported, "parcels"),
    happened.NudgeIssued: (_nudged, "parcels"),
}
