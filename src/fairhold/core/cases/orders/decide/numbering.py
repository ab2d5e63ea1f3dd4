"""Waybill numbers that were wrong, and numbers under which another carrier took a parcel on.

Source: "AliExpress dispute handling process and guidelines", category I, no logistics information.
"""

from datetime import datetime

from fairhold.core.cases.disputes.proof import Asking
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.decide.registering import Events
from fairhold.core.cases.orders.state import Parcel
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.logistics.waybill import plain
from fairhold.core.values.sentence import sentence

# Somebody who mistypes a number this often does not mistype it.
MOST_REPLACED, MOST_TRANSFERS = 3, 5
# The request for proof that a right number answers.
ANSWERED_BY_A_NUMBER = "valid_waybill"


def replace_waybill(
    file: CaseFile, command: asked.ReplaceWaybill, moment: Moment
) -> Events | Refusal:
    """The right number in place of a wrong one; the records of the wrong one count no more.

    Refuses: an unknown parcel, a number that is there already, too many corrections, one that comes
    after the time to supply a valid number.
    """
    parcel = file.the_order.parcel(command.parcel)
    refusal = _unfit(file, parcel, command.waybill)
    if parcel is None or refusal:
        return refusal or _unknown(command.parcel)
    if len(parcel.replaced) >= MOST_REPLACED:
        why = sentence(
            "The number has been replaced {times} times, the most possible.",
            times=len(parcel.replaced),
        )
        return Refusal(Code.LIMIT_REACHED, why, "Write a message; the other side reads it.")
    return (happened.WaybillReplaced(command.parcel, command.carrier, command.waybill, moment.now),)


def add_transfer_number(
    file: CaseFile, command: asked.AddTransferNumber, moment: Moment
) -> Events | Refusal:
    """One more number; the records of both count.

    Refuses: as for a replaced number.
    """
    parcel = file.the_order.parcel(command.parcel)
    refusal = _unfit(file, parcel, command.waybill)
    if parcel is None or refusal:
        return refusal or _unknown(command.parcel)
    if len(parcel.transfers) >= MOST_TRANSFERS:
        why = sentence(
            "The parcel has {count} transfer numbers, the most possible.",
            count=len(parcel.transfers),
        )
        return Refusal(Code.LIMIT_REACHED, why, "Write a message; the other side reads it.")
    return (
        happened.TransferNumberAdded(command.parcel, command.carrier, command.waybill, moment.now),
    )


def _unfit(file: CaseFile, parcel: Parcel | None, waybill: str) -> Refusal | None:
    if parcel is None:
        return None
    if plain(waybill) in _numbers(parcel):
        why = sentence(
            "Parcel {number} already goes by {waybill}.", number=parcel.number, waybill=waybill
        )
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    over = _time_over(file)
    if over is None:
        return None
    return Refusal(
        Code.DEADLINE_PASSED,
        sentence("The time to supply a valid number ran out at {ended}.", ended=over),
        "Write a message if there is something the platform should know.",
        clause="proof",
        field="waybill",
    )


def _numbers(parcel: Parcel) -> set[str]:
    every = (*parcel.transfers, *parcel.replaced)
    return {plain(parcel.waybill), *(plain(one.waybill) for one in every)}


def _time_over(file: CaseFile) -> datetime | None:
    """When the request for a valid number lapsed; None while another number still counts."""
    dispute = file.open_dispute
    request = dispute.proof(ANSWERED_BY_A_NUMBER) if dispute else None
    lapsed = request is not None and request.standing is Asking.LAPSED
    return request.due_at if request and lapsed else None


def _unknown(number: int) -> Refusal:
    return Refusal(
        Code.PARCEL_UNFIT,
        sentence("Expected the number of a parcel of this order, got {number}.", number=number),
        "Look the parcel up in the order.",
        field="parcel",
    )
