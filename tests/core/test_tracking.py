"""What parcels tell of a case: numbers that change, reports on record, the service used."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.test_inquiry import lapse, lost, ruling
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.facts import facts_of, source_of
from fairhold.core.cases.events import NoticeIssued
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Content, Line, Unit
from fairhold.core.cases.tracking import current_reports, number_of, tracking_facts
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import Basis, Direction, Flag, FlagCode
from fairhold.core.rules.record import Origin
from fairhold.flow import desk as wired
from fairhold.flow.desk import current
from parcels import WAYBILL, compared, reading
from pure import Pure
from world import (
    BUYER,
    DAY,
    FREIGHT,
    GOODS,
    ONLY,
    OPERATOR,
    SELLER,
    SPECIALIST,
    SYSTEM,
    order_command,
    terms,
    text,
)

ONE, TWO = "EE123456785CN", "EE473124829CN"


def book():
    return current().shelf.book(current().shelf.in_force)


def told(case: Pure) -> dict:
    return facts_of(case.file, book())


def report(case: Pure, **changes) -> Pure:
    given = reading(**{"first_event_at": case.now, **changes})
    return case.do(SYSTEM, ordered.ReportParcel(given, ("a" * 64,)))


def test_a_number_is_corrected_three_times_and_no_more():
    case = Pure().registered()
    for number in (ONE, TWO, "RR473124829DE"):
        case.do(SELLER, ordered.ReplaceWaybill(1, "EMS", number))
    parcel = case.file.order.parcel(1)
    assert [one.waybill for one in parcel.replaced] == [WAYBILL, ONE, TWO]
    assert (parcel.carrier, parcel.entered_at) == ("EMS", case.now)
    assert case.code(SELLER, ordered.ReplaceWaybill(1, "EMS", "RR1")) == "limit_reached"
    assert case.code(SELLER, ordered.ReplaceWaybill(1, "EMS", ONE)) == "already_done"


@pytest.mark.parametrize("command", [ordered.ReplaceWaybill, ordered.AddTransferNumber])
def test_a_number_needs_a_parcel(command):
    assert Pure().registered().code(SELLER, command(7, "EMS", ONE)) == "parcel_unfit"


def test_a_report_counts_while_the_parcel_goes_by_its_number():
    case = report(Pure().registered())
    assert told(case)["tracking.state"] == "in_transit"
    case.do(SELLER, ordered.ReplaceWaybill(1, "EMS", ONE))
    assert current_reports(case.file) == ()
    assert "tracking.state" not in told(case)
    stale = ordered.ReportParcel(reading(), ())
    assert case.code(SYSTEM, stale) == "parcel_unfit"
    assert case.code(SYSTEM, ordered.ReportParcel(reading(parcel=9), ())) == "parcel_unfit"
    back = ordered.ReportParcel(reading(direction=Direction.RETURN), ())
    assert case.code(SYSTEM, back) == "parcel_unfit"
    assert number_of(case.file, Direction.RETURN, 1) is None


def test_the_same_reading_again_is_refused_and_new_scans_are_not():
    case = report(Pure().registered())
    same = case.file.order.reports[0]
    assert case.code(SYSTEM, ordered.ReportParcel(same, ())) == "already_done"
    assert case.code(SYSTEM, ordered.ReportParcel(same, ("b" * 64,))) is None


def test_nobody_but_the_platform_reports_or_reminds():
    case = Pure().registered()
    for role in (BUYER, SELLER, OPERATOR):
        assert case.code(role, ordered.ReportParcel(reading(), ())) == "not_allowed"


def test_both_sides_are_told_only_where_a_fact_of_a_dispute_changed():
    def notices(case: Pure) -> int:
        return sum(isinstance(event, NoticeIssued) for event, _ in case.events)

    quiet = Pure().registered()
    assert notices(report(quiet)) == 0
    case = lost()
    before = notices(case)
    report(case)
    assert notices(case) == before + 1
    again = replace(case.file.order.reports[0], records=2)
    case.do(SYSTEM, ordered.ReportParcel(again, ("b" * 64,)))
    assert notices(case) == before + 1


def test_a_fact_of_a_parcel_names_the_carrier_s_records_behind_it():
    case = report(lost(), basis=(Basis("tracking.state", ("a" * 64,)),))
    source = source_of(case.file, book(), "tracking.state")
    assert (source.origin, source.scans) == (Origin.CARRIER, ("a" * 64,))
    assert source_of(case.file, book(), "order.placed_at").origin is Origin.ORDER


def test_a_part_nobody_is_sure_of_waits_for_a_person():
    parts = compared(country="match", city="not_sure")
    case = report(lost(), state="delivered", compared=parts)
    asks = ruling(case)
    assert not asks.decided
    assert "tracking.city" in [one.name for one in asks.wanted]


def test_a_first_record_without_zone_near_the_order_is_left_to_a_person():
    case = lost()
    near = case.file.order.agreement.ordered_at - timedelta(hours=3)
    report(case, first_event_at=near, zone_assumed=True)
    asks = ruling(case)
    assert "tracking.first_event_at" not in asks.known.facts
    assert not asks.decided


def test_a_state_is_told_when_every_parcel_was_looked_up():
    half = (Content(1, 20),)
    command = order_command("T-1")
    sent = command.parcels[0].dispatched_at
    parcels = (
        ordered.NewParcel("China Post", WAYBILL, half, sent),
        ordered.NewParcel("China Post", ONE, half, sent),
    )
    case = report(Pure().registered(parcels=parcels), state="delivered")
    assert "tracking.state" not in told(case)
    assert "tracking.delivered_at" not in told(case)
    report(case, state="at_customs", parcel=2, waybill=ONE)
    assert told(case)["tracking.state"] == "at_customs"


@pytest.mark.parametrize(
    ("carrier", "recognised", "counts"),
    [
        ("China Post", None, True),
        ("Nobody's Cart", None, False),
        ("Nobody's Cart", True, True),
        ("China Post", False, False),
    ],
)
def test_whose_records_count_by_the_book_or_by_the_desk_s_register(carrier, recognised, counts):
    sent = order_command("T-1").parcels[0].dispatched_at
    case = Pure().registered(parcels=(ordered.NewParcel(carrier, WAYBILL, (), sent),))
    assert told(case)["tracking.carrier_recognised"] is (carrier == "China Post")
    if recognised is not None:
        report(case, recognised=recognised)
    assert told(case)["tracking.carrier_recognised"] is counts


def test_without_a_register_nobody_asks_whose_records_count():
    case = report(Pure().registered(), recognised=None)
    assert "tracking.carrier_recognised" not in dict(tracking_facts(case.file, {}))


def test_the_promise_is_waited_for_also_where_a_plan_is_on_the_table():
    case = lost(promise_days=60)
    report(case, state="not_found", first_event_at=None)
    lapse(case)
    whole = asked.ProposePlatformPlan(terms(ONLY, GOODS, FREIGHT))
    case.do(SPECIALIST, whole)
    assert case.file.dispute.clock("platform_proposal") is None
    report(case)
    clock = case.file.dispute.clock("delivery_promise")
    assert clock.due_at == case.file.order.all_dispatched_at() + 60 * DAY
    case.do(OPERATOR, ordered.AmendOrder(1, None, 70, None, text("both agree")))
    report(case, records=3)
    later = case.file.dispute.clock("delivery_promise")
    assert later.due_at == clock.due_at + 10 * DAY


def test_a_flag_on_the_records_of_a_standing_plan_gives_the_award_to_a_person():
    there = compared(country="match", city="match")
    case = lost()
    before = current()
    wired.install(replace(before, alone=frozenset({"N-2a"})))
    try:
        report(case, state="delivered", compared=there)
        assert case.file.dispute.clock("proposal_phase") is not None
        flags = (Flag(FlagCode.TOO_LIGHT),)
        report(case, state="delivered", compared=there, flags=flags)
        assert len(case.file.dispute.standing(SYSTEM)) == 1
        lapse(case)
    finally:
        wired.install(before)
    assert case.file.dispute.outcome is None
    assert case.file.dispute.clock("award") is not None


def by(service: str | None, fee: int | None = None) -> Pure:
    """An order whose parcel went by this service."""
    sent = order_command("T-1").parcels[0].dispatched_at
    parcel = ordered.NewParcel("China Post", WAYBILL, (), sent, service, fee)
    return Pure().registered(parcels=(parcel,))


def test_the_service_that_was_used_and_what_it_cost():
    assert "shipment.method_changed" not in told(by(None))
    same = told(by("registered airmail", 1500))
    assert same["shipment.method_changed"] is False
    assert same["shipment.selected_method_fee"] == FREIGHT
    assert same["shipment.used_method_fee"] == 1500
    other = told(by("Economy"))
    assert other["shipment.method_changed"] is True
    assert "shipment.used_method_fee" not in other
    assert "shipment.change_consent" not in other


def test_how_late_another_service_made_the_goods():
    case = by("Economy")
    dispatched = case.file.order.all_dispatched_at()
    late = dispatched + 20 * DAY + timedelta(hours=25)
    report(case, state="delivered", delivered_at=late)
    assert told(case)["shipment.delay_days"] == 2
    same = by("Registered air mail")
    report(same, state="delivered", delivered_at=late)
    assert "shipment.delay_days" not in told(same)


def test_consent_is_an_amendment_on_record():
    case = by("Economy")
    amend = ordered.AmendOrder(1, "Economy", None, None, text("cheaper, both agree"))
    case.do(OPERATOR, amend)
    facts = told(case)
    assert facts["shipment.method_changed"] is True
    assert facts["shipment.change_consent"] == "after_dispatch"
    assert [one.service for one in case.file.order.chosen] == ["Registered air mail", "Economy"]
    case.do(OPERATOR, ordered.AmendOrder(2, None, 30, None, text("later")))
    assert len(case.file.order.services) == 2


def test_the_parts_of_an_address_go_with_the_address():
    place = text('{"country": "MA"}')
    case = Pure().registered(delivery_place=place)
    assert case.file.order.agreement.delivery_place.id == place.id
    moved = ordered.AmendOrder(1, None, None, text("elsewhere"), text("moved"))
    case.do(OPERATOR, moved)
    assert case.file.order.agreement.delivery_place is None
    again = text('{"country": "ES"}')
    case.do(OPERATOR, ordered.AmendOrder(2, None, None, None, text("so it is"), again))
    assert case.file.order.agreement.delivery_place.id == again.id


def test_a_reminder_goes_once_to_a_side_about_a_parcel():
    case = Pure().registered()
    nudge = ordered.IssueNudge(NudgeKind.PICKUP, BUYER, 1, (), sent=True)
    case.do(SYSTEM, nudge)
    assert isinstance(case.events[-1][0], NoticeIssued)
    assert case.code(SYSTEM, nudge) == "already_done"
    assert case.code(SYSTEM, replace(nudge, parcel=3)) == "parcel_unfit"
    quiet = replace(nudge, kind=NudgeKind.DELAYED, sent=False)
    case.do(SYSTEM, quiet)
    assert not isinstance(case.events[-1][0], NoticeIssued)
    assert case.file.order.nudged[0].at == case.now


def test_a_line_may_say_what_it_weighs():
    line = Line(1, "LED desk lamp", "L1", Unit.PIECE, 40, 1, 1_840, 750)
    assert Pure().registered(lines=(line,)).file.order.agreement.lines[0].unit_grams == 750
