"""The platform puts on record what the scans of a parcel show, and every reminder."""

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.decide.registering import Events
from fairhold.core.cases.orders.evolve import reported
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.cases.tracking import current_reports, number_of
from fairhold.core.logistics.combine import changed
from fairhold.core.logistics.waybill import plain
from fairhold.core.values.sentence import sentence


def report(file: CaseFile, command: asked.ReportParcel, _: Moment) -> Events | Refusal:
    """Put a reading of a parcel on record.

    Refuses: a parcel that is not there or goes by another number now, a reading that is on record.
    """
    found = command.report
    number = number_of(file, *found.name)
    if number is None or plain(number) != plain(found.waybill):
        return Refusal(
            Code.PARCEL_UNFIT,
            sentence(
                "Expected a parcel of this order with the number {waybill}, got none.",
                waybill=found.waybill,
            ),
            "Read the order again.",
            field="parcel",
        )
    order = file.the_order
    if not command.scans and order.report(*found.name) == found:
        why = sentence("This reading is already on record.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    event = happened.ParcelReported(found, command.scans, ())
    before = current_reports(file)
    after = current_reports(file, reported(order, event).reports)
    return (happened.ParcelReported(found, command.scans, changed(before, after)),)


def nudge(file: CaseFile, command: asked.IssueNudge, moment: Moment) -> Events | Refusal:
    """Put a reminder on record, once for each parcel, kind and side.

    Refuses: a parcel that is not there, the same reminder again.
    """
    order = file.the_order
    if order.parcel(command.parcel) is None:
        why = sentence(
            "Expected the number of a parcel of this order, got {number}.", number=command.parcel
        )
        return Refusal(Code.PARCEL_UNFIT, why, "Read the order again.", field="parcel")
    same = (command.kind, command.to, command.parcel)
    if same in {(one.kind, one.to, one.parcel) for one in order.nudged}:
        why = sentence("This reminder is already on record.")
        return Refusal(Code.ALREADY_DONE, why, "Nothing needs to be done.")
    return (
        happened.NudgeIssued(
            command.kind, command.to, command.parcel, command.scans, command.sent, moment.now
        ),
    )
