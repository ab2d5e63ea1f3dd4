"""What the parcels of a case tell: the reports that count now, and the facts that follow.

A report counts while its parcel goes by the number that was looked up. Pure.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Order
from fairhold.core.logistics import combine, service
from fairhold.core.logistics.report import Direction, ParcelReport
from fairhold.core.logistics.waybill import plain
from fairhold.core.values.spelling import bare

Reports = tuple[ParcelReport, ...]


def number_of(file: CaseFile, direction: Direction, parcel: int) -> str | None:
    """The number that a parcel goes by now; None where there is no such parcel."""
    if direction is Direction.RETURN:
        leg = file.dispute.leg if file.dispute else None
        return leg.waybill if leg and parcel == 1 else None
    found = file.the_order.parcel(parcel)
    return found.waybill if found else None


def current_reports(file: CaseFile, reports: Reports | None = None) -> Reports:
    """Of the reports on this order (or of `reports`) those that count now, in a fixed order."""
    standing = file.the_order.reports if reports is None else reports
    ours = (one for one in standing if _is_current(file, one))
    return tuple(sorted(ours, key=lambda one: (one.direction.value, one.parcel)))


def _is_current(file: CaseFile, report: ParcelReport) -> bool:
    number = number_of(file, *report.name)
    return number is not None and plain(number) == plain(report.waybill)


def tracking_facts(file: CaseFile, carriers: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The facts that the parcels tell. `carriers` are those of the book whose records count.

    A state is told when every parcel was looked up: one that nobody looked up may be anywhere.
    """
    order = file.the_order
    reports = current_reports(file)
    open_to_doubt = unsure_facts(file)
    told = {
        name: value for name, value in combine.told(reports).items() if name not in open_to_doubt
    }
    if len(_outbound(reports)) < len(order.parcels):
        for name in (combine.STATE, combine.DELIVERED):
            told.pop(name, None)
    if carriers and order.parcels:
        told[combine.RECOGNISED] = all(
            _counts(order, one, reports, carriers) for one in _all(order)
        )
    yield from told.items()
    yield from _service(order, told.get(combine.DELIVERED))


def _all(order: Order) -> Iterator[tuple[int, str]]:
    return ((one.number, one.carrier) for one in order.parcels)


def _counts(
    order: Order, parcel: tuple[int, str], reports: Reports, carriers: dict[str, str]
) -> bool:
    """Whether the records of a parcel's carrier count: by the book, or by the desk's register."""
    number, carrier = parcel
    report = next((one for one in _outbound(reports) if one.parcel == number), None)
    known = report.recognised if report else None
    return bare(carrier) in carriers if known is None else known


def _outbound(reports: Reports) -> Reports:
    return tuple(one for one in reports if one.direction is Direction.OUTBOUND)


def _service(order: Order, delivered_at: datetime | None) -> Iterator[tuple[str, Any]]:
    """The service that was used, what was agreed about it, what it cost, how late it was."""
    sent = [
        service.Sent(one.service, one.service_fee_minor, one.dispatched_at) for one in order.parcels
    ]
    changed = service.method_changed(order.chosen[0].service, sent)
    if changed is None:
        return
    yield "shipment.method_changed", changed
    yield "shipment.selected_method_fee", order.agreement.freight_minor
    consent = service.consent(order.chosen, sent)
    if consent is not None:
        yield "shipment.change_consent", consent
    fee = service.fee_used(sent)
    if fee is not None:
        yield "shipment.used_method_fee", fee
    dispatched_at = order.all_dispatched_at()
    if changed and delivered_at and dispatched_at:
        promise = order.agreement.promise_days
        yield "shipment.delay_days", service.delay_days(delivered_at, dispatched_at, promise)


def unsure_facts(file: CaseFile) -> frozenset[str]:
    """The facts about parcels that a person has to look at: nothing is presumed for them."""
    order = file.the_order
    moments = [order.agreement.ordered_at]
    if order.cancellation_requested_at:
        moments.append(order.cancellation_requested_at)
    return combine.unsure(current_reports(file), moments)
