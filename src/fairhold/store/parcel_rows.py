"""The numbers that a step gives to parcels, as rows. Step 6 of the write path."""

from collections.abc import Iterator
from typing import Any

from fairhold.core.cases.disputes.events import DisputeClosed, DisputeOpened
from fairhold.core.cases.file import CaseFile
from fairhold.core.logistics.report import Direction
from fairhold.core.logistics.waybill import plain
from fairhold.store.rows import Step

CURRENT, TRANSFER, REPLACED = "current", "transfer", "replaced"
Row = tuple[Any, ...]


def parcel_rows(step: Step) -> list[Row]:
    """Every number that is new or stands otherwise; all of them when a dispute began or ended.

    A row that is written again counts as news: the worker looks at the parcel.
    """
    before, after = step.before, step.after
    turned = any(isinstance(event, DisputeOpened | DisputeClosed) for event in step.events)
    if before.order is not None and not turned and _same(before, after):
        return []
    known = set() if turned or before.order is None else set(_numbers(before))
    return [row for row in _numbers(after) if row not in known]


def _same(before: CaseFile, after: CaseFile) -> bool:
    return before.the_order.parcels == after.the_order.parcels and _leg(before) == _leg(after)


def _leg(file: CaseFile) -> tuple[str | None, str | None]:
    leg = file.dispute.leg if file.dispute else None
    return (leg.carrier, leg.waybill) if leg else (None, None)


def _numbers(file: CaseFile) -> Iterator[Row]:
    for parcel in file.the_order.parcels:
        name = (file.order_id, Direction.OUTBOUND.value, parcel.number)
        yield (*name, plain(parcel.waybill), parcel.carrier, CURRENT)
        for one in parcel.transfers:
            yield (*name, plain(one.waybill), one.carrier, TRANSFER)
        for one in parcel.replaced:
            yield (*name, plain(one.waybill), one.carrier, REPLACED)
    carrier, waybill = _leg(file)
    if waybill is not None:
        name = (file.order_id, Direction.RETURN.value, 1)
        yield (*name, plain(waybill), carrier or "", CURRENT)
