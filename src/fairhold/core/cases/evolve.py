"""Step 5 of the write path: state = fold(events), and the checks that must hold after every step.

`evolve` is total over the event types; `check` raises InvariantBroken, which is always our defect.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from fairhold.core.cases import events as common
from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes import events as disputes
from fairhold.core.cases.disputes.evolve import DISPUTE_EVOLVERS, opened
from fairhold.core.cases.disputes.state import Dispute, State
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders import events as orders
from fairhold.core.cases.orders.evolve import ORDER_EVOLVERS, registered
from fairhold.core.cases.orders.state import Order
from fairhold.core.ledger.accounts import Balances, post

# Clocks that belong to the order; every other kind belongs to the dispute.
ORDER_CLOCKS = frozenset({"freeze_limit"})

# What happens to clocks, with what is sent about them.
CLOCK_EVENTS: tuple[type, ...] = (
    common.ClockSet,
    common.ClockEnded,
    common.ClockExtended,
    common.ClocksPaused,
    common.ClocksResumed,
    common.NoticeIssued,
    common.ReminderIssued,
)
EVENT_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *CLOCK_EVENTS,
        common.MoneyMoved,
        orders.OrderRegistered,
        disputes.DisputeOpened,
        *ORDER_EVOLVERS,
        *DISPUTE_EVOLVERS,
    )
}


class InvariantBroken(Exception):
    """A defect of ours.

    Something that must always hold does not. Rolls back and raises an alarm.
    """


def evolve(file: CaseFile, event: Any, at: datetime) -> CaseFile:
    """The file after one more event, which becomes entry `file.version + 1`."""
    seq = file.version + 1
    order, dispute, balances = _parts(file, event, at, seq)
    return CaseFile(file.order_id, order, dispute, balances, seq, file.head, at)


def _parts(
    file: CaseFile, event: Any, at: datetime, seq: int
) -> tuple[Order | None, Dispute | None, Balances]:
    """Order, dispute and balances after the event."""
    order, dispute, balances = file.order, file.dispute, file.balances
    kind = type(event)
    if kind in DISPUTE_EVOLVERS:
        dispute = DISPUTE_EVOLVERS[kind](file.the_dispute, event, at)
    elif kind in ORDER_EVOLVERS:
        order = ORDER_EVOLVERS[kind](file.the_order, event)
    elif kind is common.MoneyMoved:
        balances = post(balances, event.transfers)
    elif kind is orders.OrderRegistered:
        order = registered(file.order_id, event)
    elif kind is disputes.DisputeOpened:
        dispute = opened(event, at)
    else:
        order, dispute = _with_clocks(file, _clocks(file, event, at, seq))
    return order, dispute, balances


def _clocks(file: CaseFile, event: Any, at: datetime, seq: int) -> tuple[Clock, ...]:
    """The open clocks after an event about clocks or notices."""
    clocks = file.clocks()
    match event:
        case common.ClockSet():
            return (*clocks, _started(event, seq))
        case common.ClockEnded(kind=kind):
            return tuple(clock for clock in clocks if clock.kind != kind)
        case common.ClockExtended():
            return tuple(_extended(clock, event) for clock in clocks)
        case common.ClocksPaused(kinds=kinds):
            return tuple(
                replace(clock, paused_at=at) if clock.kind in kinds else clock for clock in clocks
            )
        case common.ClocksResumed(kinds=kinds):
            return tuple(clock.resumed(at) if clock.kind in kinds else clock for clock in clocks)
        case common.ReminderIssued(kind=kind):
            return tuple(
                replace(clock, remind_at=None) if clock.kind == kind else clock for clock in clocks
            )
        case common.NoticeIssued():
            return tuple(
                clock if clock.notice_seq else replace(clock, notice_seq=seq) for clock in clocks
            )
        case _:
            raise InvariantBroken(f"expected a known event, got {type(event).__name__}")


def _started(event: common.ClockSet, seq: int) -> Clock:
    return Clock(
        seq=seq,
        kind=event.kind,
        must_act=event.must_act,
        starts_at=event.starts_at,
        due_at=event.due_at,
        default=event.default,
        clause=event.clause,
        remind_at=event.remind_at,
    )


def _extended(clock: Clock, event: common.ClockExtended) -> Clock:
    if clock.kind != event.kind:
        return clock
    given_back = clock.extended_seconds + event.seconds
    later = clock.later(event.due_at - clock.due_at)
    return replace(later, extended_seconds=given_back)


def _with_clocks(file: CaseFile, clocks: tuple[Clock, ...]) -> tuple[Order | None, Dispute | None]:
    order, dispute = file.order, file.dispute
    of_order = tuple(clock for clock in clocks if clock.kind in ORDER_CLOCKS)
    of_dispute = tuple(clock for clock in clocks if clock.kind not in ORDER_CLOCKS)
    if order is not None and of_order != order.clocks:
        order = replace(order, clocks=of_order)
    if dispute is not None and of_dispute != dispute.clocks:
        dispute = replace(dispute, clocks=of_dispute)
    return order, dispute


def check(file: CaseFile, *, just_closed: bool = False) -> None:
    """What must hold after every step, whatever was decided.

    `just_closed`: the step closed a dispute, so nothing may be held; a later payment may be.

    Raises: InvariantBroken, naming the order and what does not hold.
    """
    emptied = not just_closed or file.balances.held == 0
    for holds, what in [*_invariants(file), (emptied, "a closed dispute leaves money behind")]:
        if not holds:
            raise InvariantBroken(f"order {file.order_id} at entry {file.version}: {what}")


def _invariants(file: CaseFile) -> list[tuple[bool, str]]:
    balances, order, dispute = file.balances, file.the_order, file.dispute
    kinds = [clock.kind for clock in file.clocks()]
    closed = dispute is not None and dispute.state is State.CLOSED
    return [
        (balances.total() == 0, f"accounts sum to {balances.total()}, expected 0"),
        (not balances.overdrawn(), f"overdrawn: {balances.overdrawn()}"),
        (
            -balances.buyer <= order.paid_minor,
            "the buyer paid in more than was captured",
        ),
        (balances.buyer <= 0, "the buyer recovered more than was paid"),
        (len(kinds) == len(set(kinds)), f"two open clocks of one kind: {kinds}"),
        (not (closed and dispute and dispute.clocks), "a closed dispute has an open clock"),
        (
            all(clock.notice_seq for clock in file.clocks()),
            "a clock runs that nobody was told of",
        ),
        (
            dispute is None or closed or bool(dispute.clocks),
            "an open dispute without a clock could stay open for ever",
        ),
    ]
