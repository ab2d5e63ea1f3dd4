"""Facts from reports: one parcel and several, services, customs, reminders."""

from datetime import timedelta

import pytest

from fairhold.core.logistics.address import Verdict, together
from fairhold.core.logistics.combine import changed, scans_behind, told, unsure
from fairhold.core.logistics.customs import DEFAULTS
from fairhold.core.logistics.fold import fold
from fairhold.core.logistics.nudge import NudgeKind, eased, nudges
from fairhold.core.logistics.report import Basis, Direction, ReturnState
from fairhold.core.logistics.service import (
    Chosen,
    Sent,
    consent,
    delay_days,
    fee_used,
    method_changed,
)
from fairhold.core.rules.conditions import truth
from fairhold.core.rules.establish import establish
from fairhold.core.values.tri import Tri
from fairhold.flow.desk import current
from parcels import NOON, compared, reading, scan

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_an_order_is_delivered_when_every_parcel_is_else_the_worst_off_speaks():
    states = ["delivered", "held_for_pickup", "in_transit", "at_customs"]
    states += ["returned_to_sender", "not_found"]
    for place, state in enumerate(states):
        reports = [reading(one, parcel=number) for number, one in enumerate(states[: place + 1])]
        assert told(reports)["tracking.state"] == state
    assert "tracking.state" not in told([reading("delivered"), reading(None, parcel=2)])
    assert told([]) == {}


def test_the_first_record_is_the_earliest_and_the_delivery_the_latest_of_all():
    late = reading("delivered", parcel=2, first_event_at=NOON - DAY, delivered_at=NOON + DAY)
    facts = told([reading("delivered"), late])
    assert facts["tracking.first_event_at"] == NOON - DAY
    assert facts["tracking.delivered_at"] == NOON + DAY
    assert "tracking.delivered_at" not in told([late, reading("in_transit", parcel=3)])
    assert "tracking.first_event_at" not in told([reading(first_event_at=None)])


@pytest.mark.parametrize(
    ("verdicts", "one"),
    [
        ([], "not_shown"),
        (["not_shown", "not_shown"], "not_shown"),
        (["match", "not_shown"], "match"),
        (["match", "not_sure"], "not_sure"),
        (["match", "not_sure", "mismatch"], "mismatch"),
    ],
)
def test_one_mismatch_is_one_and_a_match_needs_every_parcel_that_shows_the_part(verdicts, one):
    assert together(map(Verdict, verdicts)) is Verdict(one)


def test_parts_are_facts_of_a_delivery_and_what_nobody_is_sure_of_is_none():
    there = reading("delivered", compared=compared(country="match", city="not_sure"))
    facts = told([there])
    assert (facts["tracking.country"], facts["tracking.zip"]) == ("match", "not_shown")
    assert "tracking.city" not in facts
    assert unsure([there], []) == {"tracking.city"}
    moving = reading(compared=compared(country="match", city="not_sure"))
    assert "tracking.country" not in told([moving])
    assert unsure([moving], []) == frozenset()


def test_what_nobody_is_sure_of_is_not_presumed_either():
    book = current().shelf.book(current().shelf.in_force)
    quiet = establish(book, {}, NOON, lambda _: None)
    assert quiet.facts["tracking.city"] == "not_shown"
    doubtful = establish(book, {}, NOON, lambda _: None, frozenset({"tracking.city"}))
    assert "tracking.city" not in doubtful.facts
    said = {"tracking.city": "match"}
    found = establish(book, said, NOON, lambda _: None, frozenset(said))
    assert found.facts["tracking.city"] == "match"


def test_a_first_record_without_zone_near_the_order_is_for_a_person():
    near = reading(zone_assumed=True)
    assert unsure([near], [NOON + 38 * HOUR]) == {"tracking.first_event_at"}
    assert unsure([near], [NOON + 39 * HOUR]) == frozenset()
    assert unsure([reading()], [NOON]) == frozenset()
    assert unsure([reading(first_event_at=None, zone_assumed=True)], [NOON]) == frozenset()


def test_customs_reasons_recognition_and_returns():
    assert told([reading(customs_reason="import_restriction")])["customs.reason"]
    assert "customs.reason" not in told([reading(customs_reason="duty_unpaid")])
    two = [reading(customs_reason="other"), reading(customs_reason="import_restriction", parcel=2)]
    assert "customs.reason" not in told(two)
    unknown = [reading(), reading(recognised=False, parcel=2)]
    assert told(unknown)["tracking.carrier_recognised"] is False
    assert "tracking.carrier_recognised" not in told([reading(recognised=None)])
    back = reading(None, direction=Direction.RETURN, return_state=ReturnState.SENT_BACK)
    assert told([back]) == {"return.state": "reached_city_then_sent_back"}
    nothing = reading(None, direction=Direction.RETURN, return_state=ReturnState.NONE)
    assert told([nothing]) == {}


def test_a_fact_names_the_scans_behind_it_and_what_changed_is_told():
    one = reading(basis=(Basis("tracking.state", ("a", "b")),))
    two = reading(parcel=2, basis=(Basis("tracking.state", ("b", "c")), Basis("x", ("d",))))
    assert scans_behind([one, two], "tracking.state") == ("a", "b", "c")
    assert changed([], [one]) == (
        "tracking.carrier_recognised",
        "tracking.first_event_at",
        "tracking.state",
    )
    assert changed([one], [reading("at_customs")]) == ("tracking.state",)
    assert changed([one], [one]) == ()


def sent(service: str | None, fee: int | None = None, at=NOON) -> Sent:
    return Sent(service, fee, at)


def test_the_service_used_against_the_one_chosen():
    assert method_changed("EMS", [sent(None)]) is None
    assert method_changed("Registered Air Mail", [sent("registered air-mail")]) is False
    assert method_changed("EMS", [sent("EMS"), sent("Economy")]) is True
    assert method_changed("EMS", [sent(None), sent("Economy")]) is True
    assert method_changed("EMS", [sent(None), sent("EMS")]) is None
    assert fee_used([sent("a", 100), sent("b", 250)]) == 350
    assert fee_used([sent("a", 100), sent("b")]) is None
    assert fee_used([]) is None


def test_consent_is_what_both_put_on_record_before_dispatch_or_after():
    history = [Chosen("EMS", NOON - 9 * DAY), Chosen("Economy", NOON)]
    assert consent(history, [sent("Economy", at=NOON)]) == "before_dispatch"
    assert consent(history, [sent("Economy", at=NOON - HOUR)]) == "after_dispatch"
    assert consent(history, [sent("Sea mail")]) is None
    assert consent(history, [sent("EMS")]) is None
    assert consent(history, [sent("Economy"), sent("Sea mail")]) is None


@pytest.mark.parametrize(
    ("late", "days"), [(-DAY, 0), (0 * DAY, 0), (HOUR, 1), (DAY, 1), (DAY + HOUR, 2)]
)
def test_a_day_of_delay_begun_counts_whole(late, days):
    assert delay_days(NOON + 20 * DAY + late, NOON, 20) == days


@pytest.mark.parametrize("reason", DEFAULTS)
def test_defaults_for_customs_are_those_of_the_clauses(reason):
    book = current().shelf.book(current().shelf.in_force)
    assert set(DEFAULTS) == set(book.facts["customs.reason"].values)
    facts = {
        "dispute.reason": "not_received",
        "tracking.state": "at_customs",
        "customs.document_attributes_to": "unclear",
        "customs.reason": reason,
    }
    sides = {"N-3e": "seller", "N-3e/buyer": "buyer", "N-3e/open": "undetermined"}
    for clause_id, side in sides.items():
        applies = truth(book.clause(clause_id).when, facts) is Tri.TRUE
        assert applies is (DEFAULTS[reason].side == side)


def kinds(scans, now=NOON, promised=None, usual=10 * DAY):
    found = nudges(fold(scans), now, promised, usual)
    return [(one.kind.value, one.to.value) for one in found]


def test_which_reminder_fits_a_parcel():
    assert kinds([]) == []
    assert kinds([scan("held_for_pickup")]) == [("pickup", "buyer")]
    duty = [scan("accepted", country="CN"), scan("customs_held", 5, reason="duty_unpaid")]
    assert kinds(duty) == [("duty", "seller"), ("duty", "buyer")]
    assert kinds([scan("accepted")], NOON + 11 * DAY) == [("delayed", "seller")]
    assert kinds([scan("accepted"), scan("delayed", 1)]) == [("delayed", "seller")]
    late = NOON - HOUR
    assert kinds([scan("accepted")], NOON, late) == [("delayed", "seller")]
    assert kinds([scan("accepted")], NOON, NOON + 3 * DAY) == [("promise_ending", "seller")]
    assert kinds([scan("accepted")], NOON, NOON + 4 * DAY) == []
    assert kinds([scan("delivered")], NOON + 90 * DAY, NOON) == []


def test_whether_a_reminder_helped():
    held = [scan("accepted", country="CN"), scan("customs_held", 5, reason="duty_unpaid")]
    assert not eased(NudgeKind.DUTY, fold(held))
    assert eased(NudgeKind.DUTY, fold([*held, scan("customs_out", 6)]))
    assert not eased(NudgeKind.DUTY, fold([]))
    waiting = [scan("held_for_pickup")]
    assert not eased(NudgeKind.PICKUP, fold(waiting))
    assert eased(NudgeKind.PICKUP, fold([*waiting, scan("delivered", 5)]))
    assert not eased(NudgeKind.DELAYED, fold([scan("moving")]))
    assert eased(NudgeKind.PROMISE_ENDING, fold([scan("delivered")]))
