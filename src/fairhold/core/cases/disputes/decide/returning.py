"""The return leg: handed over, confirmed, escalated, taken back.

Source: "AliExpress dispute handling process and guidelines", return process.
"""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import closing
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.decide.exhibits import submitted
from fairhold.core.cases.disputes.state import Leg, Outcome
from fairhold.core.cases.events import ClockEnded
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders.decide.registering import not_latin
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import NOTHING, Authority, AuthorityKind
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence
from fairhold.core.values.words import is_latin

# Somebody who mistypes a number this often does not mistype it.
MOST_CORRECTIONS = 3


def enter_waybill(
    file: CaseFile, command: asked.EnterReturnWaybill, moment: Moment
) -> Events | Refusal:
    """The buyer handed the goods over: the seller's days to confirm begin.

    Refuses: the waybill under which the seller sent the goods.
    """
    refusal = _outward(file, command.waybill)
    if refusal:
        return refusal
    return (
        happened.ReturnShipped(command.carrier, command.waybill, moment.now),
        ClockEnded("buyer_return", Ending.SATISFIED),
        moment.clock("seller_confirmation", Role.SELLER),
    )


def correct_waybill(
    file: CaseFile, command: asked.CorrectReturnWaybill, moment: Moment
) -> Events | Refusal:
    """The buyer mistyped the number: the seller's days begin anew, because only now can it look.

    In an escalated return the platform's time runs on; nobody else has to act.
    Refuses: the outward waybill, the number that is there already, one correction too many.
    """
    leg = leg_of(file)
    if (command.carrier, _bare(command.waybill)) == (leg.carrier, _bare(leg.waybill or "")):
        why = sentence(
            "The return already stands under {carrier}, {waybill}.",
            carrier=leg.carrier,
            waybill=leg.waybill,
        )
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    if leg.corrections >= MOST_CORRECTIONS:
        why = sentence(
            "The waybill has been corrected {times} times, the most that is possible.",
            times=leg.corrections,
        )
        return Refusal(Code.LIMIT_REACHED, why, "Write a message; the other side reads it.")
    refusal = _outward(file, command.waybill)
    if refusal:
        return refusal
    corrected = happened.ReturnWaybillCorrected(command.carrier, command.waybill)
    if file.the_dispute.clock("seller_confirmation") is None:
        return (corrected,)
    return (
        corrected,
        ClockEnded("seller_confirmation", Ending.SUPERSEDED),
        moment.clock("seller_confirmation", Role.SELLER),
    )


def confirm_address(
    file: CaseFile, command: asked.ConfirmReturnAddress, moment: Moment
) -> Events | Refusal:
    """The seller confirms where the goods are to go, or names another place, once.

    Another place starts the buyer's days anew: a parcel on its way to the first one is not late.
    Refuses: a second time, a local warehouse's address, an address that is not in Latin script.
    """
    leg = leg_of(file)
    if leg.local:
        return Refusal(
            Code.ADDRESS_FIXED,
            "The goods go to the marketplace's warehouse in the buyer's country.",
            "Nothing needs to be done.",
            clause="local_return",
        )
    if leg.address_confirmed_at is not None:
        return Refusal(
            Code.ADDRESS_FIXED,
            sentence(
                "You confirmed the address at {confirmed_at}.",
                confirmed_at=leg.address_confirmed_at,
            ),
            "Write a message if the goods cannot arrive there.",
            clause="return_address",
        )
    address = command.address
    if address is None:
        return (happened.ReturnAddressConfirmed(None),)
    if not is_latin(address.text):
        return not_latin("address", address)
    return (
        happened.ReturnAddressConfirmed(address.sealed()),
        ClockEnded("buyer_return", Ending.SUPERSEDED),
        moment.clock("buyer_return", Role.BUYER),
    )


def _bare(waybill: str) -> str:
    """A waybill as carriers read it: however it is spaced and whatever its case."""
    return "".join(sign for sign in waybill.upper() if sign.isalnum())


def _outward(file: CaseFile, waybill: str) -> Refusal | None:
    if _bare(waybill) not in {_bare(parcel.waybill) for parcel in file.the_order.parcels}:
        return None
    return Refusal(
        Code.WAYBILL_UNFIT,
        sentence(
            "{waybill} is the waybill under which the goods were sent to you.", waybill=waybill
        ),
        "Enter the number on the receipt of the return.",
        clause="return_waybill",
        field="waybill",
    )


def confirm(file: CaseFile, _: asked.ConfirmReturn, moment: Moment) -> Events | Refusal:
    """The goods are back: the agreed refund runs, on the authority that ordered the return.

    Refuses: an operator's confirmation where the goods go to the seller, not to a local warehouse.
    """
    leg = leg_of(file)
    if moment.actor.role is Role.OPERATOR and not leg.local:
        return Refusal(
            Code.NOT_LOCAL,
            "The goods go to the seller; a warehouse confirms only returns to a local address.",
            "Ask the seller to confirm.",
            clause="local_return",
        )
    ended = closing.end_clocks(file, Ending.SATISFIED)
    paid = closing.pay_and_close(
        file, leg.terms.refund, leg.authority, Outcome.RETURN_CONFIRMED, moment
    )
    return (happened.ReturnConfirmed(), *ended, *paid)


def escalate(file: CaseFile, command: asked.EscalateReturn, moment: Moment) -> Events | Refusal:
    """The seller asks the platform to decide.

    The thirty days stand still in the file, not in time.
    """
    exhibits = submitted(file.the_dispute.exhibits, command.evidence, moment.actor.role, moment.now)
    if isinstance(exhibits, Refusal):
        return exhibits
    running = file.the_dispute.clock("seller_confirmation")
    if running is None:
        raise LookupError(f"expected the seller's clock on order {file.order_id}, got none")
    return (
        happened.ReturnEscalated(command.reasons.sealed(), moment.now, running.due_at),
        *exhibits,
        ClockEnded("seller_confirmation", Ending.SUPERSEDED),
        moment.clock("return_entry", Role.SPECIALIST),
    )


def withdraw_escalation(
    file: CaseFile, _: asked.WithdrawEscalation, moment: Moment
) -> Events | Refusal:
    """The escalation is undone: the first thirty days decide, also when they are already over."""
    leg = leg_of(file)
    anew = moment.clock(
        "seller_confirmation",
        Role.SELLER,
        starts_at=leg.shipped_at,
        due_at=leg.confirmation_due_at,
    )
    return (happened.EscalationWithdrawn(), *closing.end_clocks(file, Ending.CANCELLED), anew)


def withdraw_dispute(file: CaseFile, _: asked.WithdrawDispute, moment: Moment) -> Events | Refusal:
    """The buyer gives up; what is held goes to the seller."""
    reference = f"{file.the_dispute.id}:withdrawal"
    authority = Authority(AuthorityKind.WITHDRAWAL, reference)
    ended = closing.end_clocks(file, Ending.CANCELLED)
    return (
        *ended,
        *closing.pay_and_close(file, NOTHING, authority, Outcome.WITHDRAWN, moment),
    )


def leg_of(file: CaseFile) -> Leg:
    """The return leg of a dispute that has one."""
    leg = file.the_dispute.leg
    if leg is None:
        raise LookupError(f"expected a return leg on order {file.order_id}, got none")
    return leg
