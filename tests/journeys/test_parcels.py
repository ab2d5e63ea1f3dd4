"""What parcels do to cases: from a scan that comes in to money that moves, on the write path."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Outcome, Reason, State
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags, Line, Unit
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.report import Direction, FlagCode
from fairhold.core.values.roles import Role
from fairhold.flow import desk as wired
from fairhold.flow.audit import audit
from fairhold.flow.desk import current
from fairhold.flow.parcels.intake import take_own
from fairhold.flow.parcels.room import Nudging
from fairhold.flow.parcels.rounds import look_at_parcels
from fairhold.flow.parcels.story import stories
from fairhold.flow.parcels.telling import raw
from fairhold.store.models import OutboxMessage
from fairhold.store.queries import entries_of
from world import (
    BUYER,
    DAY,
    FREIGHT,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    VIEWERS,
    Case,
    text,
)

PLATFORM = Role.PLATFORM
pytestmark = [pytest.mark.django_db, pytest.mark.engines]
PLACE = '{"country": "MA", "city": "Casablanca", "consignee": "Amina Kadiri"}'
EVERYTHING = (Item(GOODS, 1), Item(FREIGHT))


def scan(case: Case, what: str, days: float = 1, **more):
    """A scan some days after dispatch."""
    [parcel] = case.file.order.parcels
    place = more.pop("place", {"country": "MA", "city": "Casablanca"})
    return {
        "waybill": more.pop("waybill", parcel.waybill),
        "at": (parcel.dispatched_at + timedelta(days=days)).isoformat(),
        "status": what,
        "place": place,
        **more,
    }


def come_in(*scans):
    """Scans come in and the worker looks at the parcels."""
    desk = current()
    found = take_own(desk, list(scans), "api", desk.clock.now())
    assert found.rejected == ()
    work()


def work():
    for _ in range(20):
        if look_at_parcels(current()) == 0:
            return
    raise AssertionError("the worker does not come to rest")


def number() -> str:
    """A number of its own for each case: tests share the store."""
    from fairhold.core.logistics.check_digits import s10_digit

    serial = f"{int(current().ids.salt()[:8], 16) % 10**8:08d}"
    return f"LX{serial}{s10_digit(serial)}CN"


def sent(**changes) -> Case:
    case = Case()
    parcel = ordered.NewParcel("China Post", number(), (), current().clock.now() - 20 * DAY)
    given = {"parcels": (parcel,), "delivery_place": text(PLACE)}
    return case.registered(**{**given, **changes})


def lost(**changes) -> Case:
    return sent(**changes).opened(ONLY, EVERYTHING, Reason.NOT_RECEIVED, evidence=())


def worry_free(**changes) -> Case:
    return lost(flags=Flags(worry_free=True), **changes)


def facts(case: Case) -> dict[str, str]:
    from fairhold.flow.ruling import ruling_of

    return ruling_of(current(), case.file, current().clock.now()).known.facts


def test_a_worry_free_parcel_is_decided_by_its_scans_and_nobody_else():
    case = worry_free()
    come_in(
        scan(case, "accepted", place={"country": "CN", "city": "Shenzhen"}),
        scan(case, "delivered", 12, signatory="KADIRI AMINA"),
    )
    [plan] = case.file.dispute.standing(PLATFORM)
    assert plan.terms.refund.total_minor == 0
    case.pass_time(4 * DAY)
    dispute = case.file.dispute
    assert (dispute.outcome, dispute.paid_back.total_minor) == (Outcome.AWARDED, 0)
    [ruling] = [one for one in entries_of(case.order_id) if one.type == "RulingRecorded"][:1]
    told = {f["name"]: f for c in ruling.payload["record"]["clauses"] for f in c["facts"]}
    city = told["tracking.city"]
    assert (city["value"], city["origin"]) == ('"match"', "carrier_record")
    assert set(city["scans"]) <= {one["scan"] for one in raw(case.file, VIEWERS[BUYER])["items"]}
    assert city["scans"]


def test_a_worry_free_parcel_that_goes_back_is_refunded_without_a_person():
    case = worry_free()
    come_in(scan(case, "accepted"), scan(case, "returning", 9))
    case.pass_time(4 * DAY)
    case.pass_time(4 * DAY)
    assert case.file.dispute.outcome is Outcome.AWARDED
    assert case.file.dispute.paid_back.total_minor == GOODS + FREIGHT


def test_a_signatory_nobody_can_be_sure_of_waits_for_a_person():
    case = worry_free()
    come_in(scan(case, "accepted"), scan(case, "delivered", 12, signatory="FRONT DESK"))
    assert case.file.dispute.standing(PLATFORM) == ()
    known = facts(case)
    assert known["tracking.city"] == "match"
    assert "tracking.signatory" not in known
    finding = asked.RecordFinding("tracking.signatory", '"match"', (), text("the porter's list"))
    case.do(SPECIALIST, finding)
    assert facts(case)["tracking.signatory"] == "match"


def test_new_scans_on_an_open_case_are_told_to_both_sides_where_a_fact_changed():
    case = lost()
    case.do(SPECIALIST, asked.StepIn())
    come_in(scan(case, "accepted", place={"country": "CN"}))
    told = OutboxMessage.objects.filter(order_id=case.order_id, topic="mail").count()
    come_in(scan(case, "noted", 2), scan(case, "accepted", place={"country": "CN"}))
    come_in(scan(case, "moving", 3))
    same = OutboxMessage.objects.filter(order_id=case.order_id, topic="mail").count()
    assert same == told
    come_in(scan(case, "customs_held", 4, text="Held by customs"))
    now = OutboxMessage.objects.filter(order_id=case.order_id, topic="mail").count()
    # Both hear that the parcel is at customs and that the buyer's paper is asked for.
    assert now == told + 2
    assert [one.name for one in case.file.dispute.requests] == ["customs_document"]
    reports = [one for one in entries_of(case.order_id) if one.type == "ParcelReported"]
    assert "tracking.state" in reports[-1].payload["changed"]
    named = [digest for one in reports for digest in one.payload["scans"]]
    assert len(named) == len(set(named)) == 4


def test_a_plan_of_the_machine_is_taken_back_when_new_scans_lead_elsewhere():
    case = worry_free()
    come_in(scan(case, "accepted"))
    [plan] = case.file.dispute.standing(PLATFORM)
    assert plan.terms.refund.total_minor == GOODS + FREIGHT
    come_in(scan(case, "delivered", 12))
    [plan] = case.file.dispute.standing(PLATFORM)
    assert (plan.id, plan.terms.refund.total_minor) == ("platform-2", 0)
    assert case.file.dispute.plan("platform-1").withdrawn_at is not None


def flagged_for_a_person(case: Case) -> None:
    assert case.file.dispute.standing(PLATFORM) == ()
    assert case.file.dispute.state is State.REVIEWING


def test_the_delivery_of_somebody_else_s_parcel_decides_nothing_by_itself():
    other = sent()
    come_in(scan(other, "accepted"), scan(other, "delivered", 9))
    case = worry_free()
    theirs = other.file.order.parcels[0].waybill
    case.do(SELLER, ordered.AddTransferNumber(1, "China Post", theirs))
    work()
    codes = {flag.code for flag in case.file.order.reports[0].flags}
    assert {FlagCode.NUMBER_TRANSFERRED, FlagCode.NUMBER_SHARED} <= codes
    flagged_for_a_person(case)
    assert FlagCode.NUMBER_SHARED in {flag.code for flag in other.file.order.reports[0].flags}
    # Records of strangers are for the desk's staff.
    assert raw(case.file, VIEWERS[SELLER])["items"] == []
    assert len(raw(case.file, VIEWERS[SPECIALIST])["items"]) == 2


def test_a_weight_that_cannot_hold_the_goods_is_for_a_person():
    lamp = Line(1, "LED desk lamp", "L1", Unit.PIECE, 40, 1, 1_840, 700)
    case = worry_free(lines=(lamp,))
    come_in(scan(case, "accepted"), scan(case, "delivered", 9, weight_grams=20))
    assert FlagCode.TOO_LIGHT in {flag.code for flag in case.file.order.reports[0].flags}
    flagged_for_a_person(case)


def test_a_record_that_names_only_its_day_decides_nothing_about_the_order_s_time():
    case = worry_free()
    day = case.file.order.agreement.ordered_at.date().isoformat()
    early = {**scan(case, "accepted"), "at": day}
    come_in(early, scan(case, "delivered", 9))
    flagged_for_a_person(case)


def test_an_address_of_text_alone_makes_nobody_sure():
    case = worry_free(delivery_place=None)
    come_in(scan(case, "accepted"), scan(case, "delivered", 9))
    flagged_for_a_person(case)


def test_an_impossible_number_is_flagged_without_a_single_record():
    wrong = ordered.NewParcel("China Post", "LX123456784CN", (), current().clock.now() - 20 * DAY)
    case = lost(parcels=(wrong,))
    work()
    codes = {flag.code for flag in case.file.order.reports[0].flags}
    assert FlagCode.NUMBER_IMPOSSIBLE in codes


def test_a_scan_that_comes_while_a_parcel_is_read_is_not_forgotten():
    from fairhold.store import parcels

    case = lost()
    case.do(SELLER, ordered.AddTransferNumber(1, "La Poste", number()))
    work()
    [news] = {parcels.News(case.order_id, Direction.OUTBOUND, 1)}
    seen = parcels.counts(news)
    late = case.file.order.parcels[0].transfers[0].waybill
    take_own(current(), [scan(case, "accepted", waybill=late)], "api", current().clock.now())
    parcels.looked_at(news, seen, None, wanted=True)
    assert news in parcels.with_news(current().clock.now(), 100)


def test_a_correction_of_the_carrier_takes_the_delivery_back():
    case = lost()
    case.do(SPECIALIST, asked.StepIn())
    come_in(scan(case, "accepted"), scan(case, "delivered", 9, event_id="77"))
    assert facts(case)["tracking.state"] == "delivered"
    come_in(scan(case, "delivered", 9, event_id="77", withdrawn=True))
    assert facts(case)["tracking.state"] == "in_transit"


def test_records_older_than_the_order_and_numbers_of_two_orders_are_flagged():
    one = lost()
    [parcel] = one.file.order.parcels
    again = ordered.NewParcel("China Post", parcel.waybill, (), current().clock.now() - 20 * DAY)
    two = lost(parcels=(again,))
    come_in(scan(one, "accepted", -9))
    codes = {flag.code for flag in two.file.order.reports[0].flags}
    assert {FlagCode.BEFORE_ORDER, FlagCode.NUMBER_SHARED} <= codes


def test_a_right_number_in_place_of_a_wrong_one_is_judged_by_its_own_records():
    case = lost()
    case.do(SPECIALIST, asked.StepIn())
    come_in(scan(case, "not_found"))
    assert case.file.dispute.proof("valid_waybill").standing == "open"
    right = number()
    case.do(SELLER, ordered.ReplaceWaybill(1, "China Post", right))
    assert case.file.dispute.proof("valid_waybill").standing == "given"
    assert "tracking.state" not in facts(case)
    come_in(scan(case, "accepted", waybill=right), scan(case, "delivered", 9, waybill=right))
    assert facts(case)["tracking.state"] == "delivered"
    wrong_again = ordered.ReplaceWaybill(1, "China Post", right)
    assert case.refused(SELLER, wrong_again) == "already_done"
    assert case.refused(BUYER, ordered.ReplaceWaybill(1, "EMS", number())) == "not_allowed"


def test_a_number_that_comes_too_late_is_not_taken():
    case = lost()
    case.do(SPECIALIST, asked.StepIn())
    come_in(scan(case, "not_found"))
    case.pass_time(3 * DAY + timedelta(seconds=1))
    late = ordered.ReplaceWaybill(1, "China Post", number())
    assert case.refused(SELLER, late) == "deadline_passed"


def test_a_transfer_number_s_records_count_beside_the_first():
    case = lost()
    other = number()
    come_in(scan(case, "accepted"))
    case.do(SELLER, ordered.AddTransferNumber(1, "La Poste", other))
    come_in(scan(case, "delivered", 9, waybill=other))
    assert case.file.order.reports[0].state is ParcelState.DELIVERED
    for _ in range(4):
        case.do(OPERATOR, ordered.AddTransferNumber(1, "La Poste", number()))
    sixth = ordered.AddTransferNumber(1, "La Poste", number())
    assert case.refused(OPERATOR, sixth) == "limit_reached"


def test_the_promise_is_waited_for_and_the_case_is_looked_at_again_when_it_ends():
    case = worry_free(promise_days=40)
    come_in(scan(case, "accepted"), scan(case, "moving", 5))
    clock = case.file.dispute.clock("delivery_promise")
    [parcel] = case.file.order.parcels
    assert clock.due_at == parcel.dispatched_at + 40 * DAY
    assert case.file.dispute.clock("platform_proposal").due_at == clock.due_at + 14 * DAY
    case.pass_time(20 * DAY + timedelta(seconds=5))
    dispute = case.file.dispute
    assert (dispute.state, dispute.clock("delivery_promise")) == (State.REVIEWING, None)
    [plan] = dispute.standing(PLATFORM)
    assert plan.terms.refund.total_minor == GOODS + FREIGHT


def test_a_parcel_that_arrives_ends_the_waiting_for_the_promise():
    case = lost(promise_days=40)
    case.do(SPECIALIST, asked.StepIn())
    come_in(scan(case, "accepted"))
    assert case.file.dispute.clock("delivery_promise") is not None
    come_in(scan(case, "delivered", 15))
    assert case.file.dispute.clock("delivery_promise") is None


def test_a_return_that_reached_the_city_and_went_back_is_a_fact():
    case = sent().opened(RETURN, (Item(GOODS, 1),))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    back = number()
    case.do(BUYER, asked.EnterReturnWaybill("Poste Maroc", back))
    china = {"country": "CN", "city": "Shenzhen"}
    come_in(
        scan(case, "accepted", 20, waybill=back),
        scan(case, "attempted", 20.1, waybill=back, place=china),
        scan(case, "returning", 20.2, waybill=back, place=china),
    )
    [report] = [one for one in case.file.order.reports if one.direction == "return"]
    assert report.return_state == "reached_city_then_sent_back"
    assert FlagCode.RETURN_SENT_BACK in {flag.code for flag in report.flags}
    case.do(SELLER, asked.EscalateReturn(text("nothing came"), ()))
    case.do(SPECIALIST, asked.StepIn())
    assert facts(case)["return.state"] == "reached_city_then_sent_back"
    assert [one.name for one in case.file.dispute.requests] == ["postal_statement"]


def test_both_sides_read_the_same_story_and_only_the_desk_its_flags():
    case = lost()
    come_in(scan(case, "accepted", -9), scan(case, "moving", 3, text="Departed"))
    told = {role: stories(current(), case.file, VIEWERS[role]) for role in (BUYER, SELLER)}
    # Reminders are for the side that can do something; everything else is the same.
    [story], [theirs] = (
        [replace(one, nudges=()) for one in told[role]] for role in (BUYER, SELLER)
    )
    assert story == theirs
    assert [one.kind.value for one in story.happenings] == ["moving", "accepted"]
    assert (story.flags, [stop.name for stop in story.stops]) == ((), ["Casablanca"])
    [seen] = stories(current(), case.file, VIEWERS[SPECIALIST])
    assert "before_order" in [flag.code for flag in seen.flags]


@pytest.fixture
def sending():
    before = current()
    wired.install(replace(before, parcels=replace(before.parcels, nudging=Nudging.SEND)))
    yield
    wired.install(before)


def test_reminders_are_suggested_once_and_stand_on_record():
    case = sent()
    come_in(scan(case, "accepted"), scan(case, "held_for_pickup", 9))
    come_in(scan(case, "noted", 10))
    assert [(one.kind, one.to, one.sent) for one in case.file.order.nudged] == [
        ("pickup", "buyer", False)
    ]
    assert not OutboxMessage.objects.filter(order_id=case.order_id, topic="mail").exists()


def test_reminders_are_mailed_where_the_operator_says_so(sending, mailoutbox):
    from fairhold.accounts.models import Party
    from fairhold.flow.relay import relay

    Party.objects.get_or_create(
        id="party-buyer",
        defaults={
            "kind": "buyer",
            "ref": "b",
            "name": "A buyer",
            "email": "b@x.example",
            "country": "MA",
        },
    )
    case = sent()
    come_in(scan(case, "accepted"), scan(case, "held_for_pickup", 9))
    relay(current())
    [letter] = [one for one in mailoutbox if case.ref in one.subject]
    assert "waits for you" in letter.subject
    assert case.file.order.parcels[0].waybill in letter.body


def test_of_an_order_that_nobody_disputes_only_what_stands_otherwise_goes_on_record():
    def entries() -> list[int]:
        return [
            len(one.payload["scans"])
            for one in entries_of(case.order_id)
            if one.type == "ParcelReported"
        ]

    case = sent()
    come_in(scan(case, "accepted"))
    come_in(scan(case, "moving", 2))
    come_in(scan(case, "moving", 3))
    assert entries() == [1]
    case.opened(ONLY, EVERYTHING, Reason.NOT_RECEIVED, evidence=())
    work()
    assert entries() == [1, 2]


def test_ten_thousand_scans_of_one_parcel_go_on_record_by_digest():
    case = lost()
    come_in(*(scan(case, "moving", 1 + n / 5000, event_id=str(n)) for n in range(1_200)))
    reports = [one for one in entries_of(case.order_id) if one.type == "ParcelReported"]
    assert sum(len(one.payload["scans"]) for one in reports) == 1_200
    assert max(len(one.payload["scans"]) for one in reports) == 500


def test_the_audit_misses_a_scan_that_is_gone():
    case = lost()
    come_in(scan(case, "accepted"))
    assert not [one for one in audit().findings if one.order_id == case.order_id]
    from django.db import connection

    from fairhold.store import triggers
    from fairhold.store.models import TrackingScan

    with connection.cursor() as cursor:
        for statement in triggers.removals(connection.vendor, triggers.SCANS):
            cursor.execute(statement)
        digest = raw(case.file, VIEWERS[BUYER])["items"][0]["scan"]
        TrackingScan.objects.filter(digest=digest).update(raw="{}")
        [finding] = [one for one in audit().findings if one.order_id == case.order_id]
        for statement in triggers.statements(connection.vendor, triggers.SCANS):
            cursor.execute(statement)
    assert digest[:12] in finding.what
