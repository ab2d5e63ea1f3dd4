"""What must never be: each is a named defect, never a state that goes on."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

import pytest

from core.test_table import shipped
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.events import ReturnShipped
from fairhold.core.cases.disputes.state import Dispute, Kind
from fairhold.core.cases.evolve import InvariantBroken, check, evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.ledger.accounts import Balances
from fairhold.core.values.plain import PlainError, from_plain, to_plain
from fairhold.core.values.spans import Span, WorkCalendar, end_of
from pure import START, Pure
from world import SELLER, text


def opened() -> CaseFile:
    return Pure().registered().opened().file


def without_clocks(file: CaseFile) -> CaseFile:
    return replace(file, dispute=replace(file.dispute, clocks=()))


def untold(file: CaseFile) -> CaseFile:
    clocks = tuple(replace(one, notice_seq=None) for one in file.dispute.clocks)
    return replace(file, dispute=replace(file.dispute, clocks=clocks))


def doubled(file: CaseFile) -> CaseFile:
    return replace(file, dispute=replace(file.dispute, clocks=file.dispute.clocks * 2))


BROKEN = [
    ("accounts sum to", lambda file: replace(file, balances=replace(file.balances, buyer=0))),
    ("overdrawn", lambda file: replace(file, balances=Balances(0, -1, 0, 1))),
    ("paid in more", lambda file: replace(file, balances=Balances(-(10**9), 10**9))),
    ("recovered more", lambda file: replace(file, balances=Balances(1, 0, 0, 0, 0, 0, 0, -1))),
    ("without a clock", without_clocks),
    ("nobody was told", untold),
    ("two open clocks", doubled),
]


@pytest.mark.parametrize(("what", "change"), BROKEN)
def test_a_broken_invariant_is_named(what, change):
    with pytest.raises(InvariantBroken, match=what):
        check(change(opened()))


def test_a_closed_dispute_that_leaves_money_behind_is_a_defect():
    with pytest.raises(InvariantBroken, match="leaves money behind"):
        check(opened(), just_closed=True)


def test_an_unknown_event_is_a_defect():
    with pytest.raises(InvariantBroken, match="expected a known event, got str"):
        evolve(opened(), "something", START)


def test_what_is_not_there_is_named_with_its_order():
    empty = CaseFile("order-9")
    for read in (lambda: empty.the_order, lambda: empty.the_dispute):
        with pytest.raises(LookupError, match="order-9"):
            read()
    with pytest.raises(LookupError, match="return leg"):
        evolve(opened(), ReturnShipped("EMS", "EE1", START), START)


def test_a_return_without_its_leg_or_its_clock_is_a_defect():
    case = shipped()
    case.file = without_clocks(case.file)
    with pytest.raises(LookupError, match="seller's clock"):
        case.ask(SELLER, asked.EscalateReturn(text("x"), ()))
    case.file = replace(case.file, dispute=replace(case.file.dispute, leg=None))
    with pytest.raises(LookupError, match="return leg"):
        case.ask(SELLER, asked.ConfirmReturn())


def test_a_clock_that_does_not_stand_still_is_not_moved_by_the_end_of_a_pause():
    clock = opened().dispute.clocks[0]
    assert clock.resumed(START + timedelta(days=3)) == clock


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the codec knows."""

    day: date
    at: datetime
    kinds: tuple[Kind, ...]
    sums: dict[str, int]
    sure: bool
    note: str | None = None


def test_a_record_survives_the_way_to_plain_values_and_back():
    east = timezone(timedelta(hours=8))
    record = Record(date(2026, 3, 2), START.astimezone(east), (Kind.REFUND_ONLY,), {"a": 1}, True)
    plain = to_plain(record)
    assert (plain["day"], "note" in plain) == ("2026-03-02", False)
    assert from_plain(Record, plain) == record


@pytest.mark.parametrize(
    "change",
    [{"sure": 1}, {"unknown": 1}, {"kinds": ["gift"]}, {"at": "soon"}, {"sums": {"a": "1"}}],
)
def test_a_plain_value_that_does_not_fit_is_refused_by_name(change):
    sound = {"day": "2026-03-02", "at": START.isoformat(), "kinds": [], "sums": {}, "sure": True}
    with pytest.raises(PlainError, match="Record"):
        from_plain(Record, {**sound, **change})


def test_a_missing_field_is_refused():
    with pytest.raises(PlainError, match="Dispute"):
        from_plain(Dispute, {})


def test_a_calendar_without_working_days_is_refused_and_not_walked_for_ever():
    class Never(frozenset):
        def __contains__(self, _: object) -> bool:
            return True

    with pytest.raises(ValueError, match="working days"):
        end_of(Span(working_days=1), START, WorkCalendar("UTC", Never()))
