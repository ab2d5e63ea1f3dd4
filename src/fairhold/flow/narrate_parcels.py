"""The words of the history for what parcels did: numbers, readings, reminders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairhold.core.cases.orders import events as happened
from fairhold.core.journal.chain import Entry
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import Direction, ParcelReport, ReturnState
from fairhold.flow.labels import Labels
from fairhold.flow.teller import Addressed, Sentence, Teller, Told

STATES = Labels(
    {
        ParcelState.NOT_FOUND: _("the carrier does not know the number"),
        ParcelState.IN_TRANSIT: _("on its way"),
        ParcelState.AT_CUSTOMS: _("at customs"),
        ParcelState.DELIVERED: _("delivered"),
        ParcelState.RETURNED_TO_SENDER: _("sent back to the sender"),
        ParcelState.HELD_FOR_PICKUP: _("waiting to be picked up"),
    }
)
RETURN_STATES = Labels(
    {
        ReturnState.NONE: _("nothing is known yet"),
        ReturnState.IN_TRANSIT: _("on its way"),
        ReturnState.DELIVERED: _("delivered"),
        ReturnState.UNDELIVERABLE: _("cannot be delivered"),
        ReturnState.HELD_CN_CUSTOMS: _("held by the customs of the seller’s country"),
        ReturnState.SENT_BACK: _("reached the seller’s city and was sent back"),
    }
)
NUDGES = Labels(
    {
        NudgeKind.DELAYED: _("the parcel is late"),
        NudgeKind.DUTY: _("customs waits for duty to be paid"),
        NudgeKind.PICKUP: _("the parcel waits to be picked up"),
        NudgeKind.PROMISE_ENDING: _("the promised time is nearly over"),
    }
)


REMINDER: Addressed = {
    "you": _("Reminder to you about parcel {number}: {what}"),
    "buyer": _("Reminder to the buyer about parcel {number}: {what}"),
    "seller": _("Reminder to the seller about parcel {number}: {what}"),
    "any": _("Reminder about parcel {number}: {what}. To: {side}"),
}
SUGGESTION: Addressed = {
    "you": _("Suggestion to you about parcel {number}: {what}"),
    "buyer": _("Suggestion to the buyer about parcel {number}: {what}"),
    "seller": _("Suggestion to the seller about parcel {number}: {what}"),
    "any": _("Suggestion about parcel {number}: {what}. To: {side}"),
}
CORRECTED: Told = (
    _("You corrected the number of parcel {number}: {carrier}, {waybill}"),
    _("{side} corrected the number of parcel {number}: {carrier}, {waybill}"),
)
ADDED: Told = (
    _("You added a transfer number to parcel {number}: {carrier}, {waybill}"),
    _("{side} added a transfer number to parcel {number}: {carrier}, {waybill}"),
)


def state_words(report: ParcelReport) -> str:
    """Where a parcel is, in words."""
    if report.return_state is not None:
        return RETURN_STATES[report.return_state]
    return STATES[report.state] if report.state else nothing_known()


def nothing_known() -> str:
    """What is said of a parcel without a report."""
    return str(_("nothing is known yet"))


def parcel_name(direction: Direction, number: int) -> str:
    """What a parcel is called."""
    if direction is Direction.RETURN:
        return str(_("the return"))
    return str(_("parcel {number}")).format(number=number)


def _reported(event: happened.ParcelReported, entry: Entry, teller: Teller) -> str:
    direction, number = event.report.name
    state, new = state_words(event.report), len(event.scans)
    if direction is Direction.RETURN:
        told = _records_of_the_return(new)
    else:
        told = _records_of_a_parcel(new)
    return told.format(count=new, number=number, state=state)


def _records_of_the_return(new: int) -> str:
    if not new:
        return str(_("The records of the return: {state}"))
    return ngettext(
        "{count} new record of the return: {state}",
        "{count} new records of the return: {state}",
        new,
    )


def _records_of_a_parcel(new: int) -> str:
    if not new:
        return str(_("The records of parcel {number}: {state}"))
    return ngettext(
        "{count} new record of parcel {number}: {state}",
        "{count} new records of parcel {number}: {state}",
        new,
    )


def _nudged(event: happened.NudgeIssued, entry: Entry, teller: Teller) -> str:
    told = REMINDER if event.sent else SUGGESTION
    return teller.to((event.to,), told, number=event.parcel, what=NUDGES[event.kind])


def _corrected(event: happened.WaybillReplaced, entry: Entry, teller: Teller) -> str:
    named = {"number": event.parcel, "carrier": event.carrier, "waybill": event.waybill}
    return teller.told(entry.actor_role, CORRECTED, **named)


def _added(event: happened.TransferNumberAdded, entry: Entry, teller: Teller) -> str:
    named = {"number": event.parcel, "carrier": event.carrier, "waybill": event.waybill}
    return teller.told(entry.actor_role, ADDED, **named)


PARCEL_SENTENCES: dict[type, tuple[Sentence, str]] = {
    happened.WaybillReplaced: (_corrected, "parcels"),
    happened.TransferNumberAdded: (_added, "parcels"),
    happened.ParcelReported: (_reported, "parcels"),
    happened.NudgeIssued: (_nudged, "parcels"),
}
