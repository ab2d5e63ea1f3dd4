"""The rows that a step writes, table by table. The audit makes them again to compare.

Step 6 of the write path; pure but for the shapes of the tables. No SQL here.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.outlook import next_due, waiting_on
from fairhold.core.cases.events import ClockEnded, MoneyMoved, NoticeIssued, ReminderIssued
from fairhold.core.cases.file import CaseFile
from fairhold.core.journal.chain import Entry
from fairhold.core.ledger.accounts import Account
from fairhold.core.values.plain import to_plain
from fairhold.core.values.words import Words

COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Step:
    """One decided step of one order: the file before and after, its entries and its texts.

    `events` run parallel to `entries`.
    """

    before: CaseFile
    after: CaseFile
    events: tuple[Any, ...]
    entries: tuple[Entry, ...]
    texts: tuple[Words, ...]


def entry_row(entry: Entry) -> tuple[Any, ...]:
    """The row of a journal entry."""
    return (
        entry.order_id,
        entry.seq,
        entry.case_id,
        entry.type,
        entry.actor_id,
        entry.actor_role,
        entry.at,
        COMPACT.encode(entry.payload),
        entry.request,
        entry.request_digest,
        entry.prev_hash,
        entry.hash,
    )


def order_row(step: Step) -> tuple[Any, ...]:
    """The whole row of the order after the step."""
    agreement, order = step.after.the_order.agreement, step.after.the_order
    fixed = (order.id, agreement.ref, agreement.buyer_id, agreement.seller_id)
    snapshot = _snapshot(order)
    return (*fixed, agreement.currency, order.book, *_order_changes(step.after, snapshot))


def order_change_row(step: Step) -> tuple[Any, ...]:
    """What changes in the row of a known order, and the id and version it must still have.

    The order itself changes seldom: its snapshot is None where it stays as it is.
    """
    unchanged = step.after.the_order == step.before.order
    snapshot = None if unchanged else _snapshot(step.after.the_order)
    return (*_order_changes(step.after, snapshot), step.before.order_id, step.before.version)


def _order_changes(file: CaseFile, snapshot: str | None) -> tuple[Any, ...]:
    balances = file.balances
    return (
        file.the_order.standing.value,
        file.version,
        file.head,
        file.head_at,
        file.dispute.id if file.dispute else None,
        snapshot,
        *(balances.of(account) for account in Account),
    )


def case_changed(step: Step) -> bool:
    """Whether the dispute is another one after the step."""
    return step.after.dispute is not None and step.after.dispute != step.before.dispute


def case_row(step: Step) -> tuple[Any, ...]:
    """The row of the dispute after the step."""
    dispute, agreement = step.after.the_dispute, step.after.the_order.agreement
    waiting = waiting_on(dispute)
    return (
        dispute.id,
        dispute.number,
        step.after.order_id,
        agreement.ref,
        agreement.buyer_id,
        agreement.seller_id,
        agreement.lines[0].title[:200],
        dispute.state.value,
        dispute.reason.value,
        "both" if len(waiting) > 1 else waiting[0].value if waiting else "none",
        dispute.answered_at is not None,
        next_due(dispute),
        dispute.request.terms.refund.total_minor,
        agreement.currency,
        dispute.assigned_to,
        dispute.opened_at,
        dispute.closed_at,
        _snapshot(dispute),
    )


def _snapshot(record: object) -> str:
    return COMPACT.encode(to_plain(record))


def clock_rows(step: Step) -> list[tuple[Any, ...]]:
    """Every clock that was set, changed or ended in this step, as its whole row."""
    before = {clock.seq: clock for clock in step.before.clocks()}
    after = {clock.seq: clock for clock in step.after.clocks()}
    endings = {
        event.kind: (event.ending.value, entry.seq)
        for event, entry in zip(step.events, step.entries, strict=True)
        if isinstance(event, ClockEnded)
    }
    offset = timedelta(seconds=step.after.the_order.sandbox_offset_seconds)
    moved = offset.total_seconds() != (
        step.before.order.sandbox_offset_seconds if step.before.order else 0
    )
    case_id = step.after.dispute.id if step.after.dispute else None
    rows = [
        _clock(step, case_id, clock, offset, ("open", None))
        for seq, clock in after.items()
        if moved or before.get(seq) != clock
    ]
    rows += [
        _clock(step, case_id, clock, offset, endings[clock.kind])
        for seq, clock in before.items()
        if seq not in after
    ]
    return rows


def _clock(
    step: Step,
    case_id: str | None,
    clock: Clock,
    offset: timedelta,
    ending: tuple[str, int | None],
) -> tuple[Any, ...]:
    return (
        step.after.order_id,
        clock.seq,
        case_id,
        clock.kind,
        clock.must_act.value,
        clock.starts_at,
        clock.due_at,
        clock.wake_at - offset,
        clock.default,
        clock.clause,
        clock.notice_seq,
        clock.paused_at,
        clock.extended_seconds,
        *ending,
    )


def transfer_rows(step: Step) -> list[tuple[Any, ...]]:
    """The transfers of the step, leg by leg."""
    rows = []
    for event, entry in zip(step.events, step.entries, strict=True):
        if not isinstance(event, MoneyMoved):
            continue
        authority = event.authority
        for leg, transfer in enumerate(event.transfers, start=1):
            rows.append(
                (
                    entry.order_id,
                    entry.seq,
                    leg,
                    entry.case_id,
                    transfer.source.value,
                    transfer.target.value,
                    transfer.amount_minor,
                    event.currency,
                    authority.kind.value if authority else None,
                    authority.reference if authority else None,
                    entry.at,
                )
            )
    return rows


def outbox_rows(step: Step) -> list[tuple[Any, ...]]:
    """A mail for each side that was told, an instruction for each settlement, one webhook."""
    told: list[tuple[str, Entry, str]] = []
    for event, entry in zip(step.events, step.entries, strict=True):
        if isinstance(event, NoticeIssued | ReminderIssued):
            told += [("mail", entry, side.value) for side in event.to]
        elif isinstance(event, MoneyMoved) and event.authority is not None:
            told.append(("payment", entry, "provider"))
    told.append(("webhook", step.entries[-1], "marketplace"))
    real_time = step.entries[-1].at - _sandbox_offset(step)
    return [
        (topic, entry.order_id, entry.case_id, entry.seq, recipient, real_time)
        for topic, entry, recipient in told
    ]


def _sandbox_offset(step: Step) -> timedelta:
    """How far this order's time runs ahead of real time; not zero in test mode only."""
    before = step.before.order
    return timedelta(seconds=before.sandbox_offset_seconds if before else 0)


def text_row(step: Step, text: Words) -> tuple[Any, ...]:
    """The row of a sealed text."""
    return (text.id, step.after.order_id, text.salt, text.text)
