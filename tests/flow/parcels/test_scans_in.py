"""Scans as they come in: kept once, as received, each standing or falling alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from fairhold.adapters.tracking import Record
from fairhold.adapters.tracking.normal import digest_of
from fairhold.core.cases.orders.commands import NewParcel
from fairhold.core.logistics.scan import ScanKind
from fairhold.flow.desk import current
from fairhold.flow.parcels.intake import MOST_AT_ONCE, take, take_own
from fairhold.store import scans
from fairhold.store.models import ParcelRow, TrackingScan
from parcels import WAYBILL
from world import Case

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
NOW = datetime(2026, 2, 20, tzinfo=UTC)
ONE = {
    "waybill": WAYBILL,
    "carrier": "China Post",
    "at": "2026-02-10T12:00:00+08:00",
    "text": "Shipment picked up",
    "place": {"country": "China", "city": "Shenzhen"},
}


def send(*raws, now=NOW):
    return take_own(current(), list(raws), "api", now)


def kept(number=WAYBILL):
    return scans.scans_of([number])


def test_a_scan_is_kept_as_it_came_with_its_digest_and_its_meaning():
    assert send(ONE).taken == 1
    [one] = kept()
    assert json.loads(one.raw) == ONE
    assert one.scan.digest == digest_of(WAYBILL, "api", one.raw)
    assert (one.scan.kind, one.mark, one.source) == (ScanKind.ACCEPTED, None, "api")
    assert one.scan.at == datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
    assert (one.scan.offset_minutes, one.scan.place.country) == (480, "CN")
    assert one.received_at == NOW


def test_the_same_scan_again_is_known_whatever_the_order_of_its_keys():
    again = dict(reversed(ONE.items()))
    found = send(ONE, again, ONE)
    assert (found.taken, found.known) == (1, 2)
    assert (send(ONE).taken, len(kept())) == (0, 1)


def test_raw_scans_are_never_changed_nor_taken_away():
    send(ONE)
    for change in (
        lambda: TrackingScan.objects.update(kind="delivered"),
        lambda: TrackingScan.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"waybill": None}, "/waybill"),
        ({"waybill": "??"}, "/waybill"),
        ({"waybill": "???"}, "/waybill"),
        ({"waybill": 5}, "/waybill"),
        ({"weight_grams": -1}, "/weight_grams"),
        ({"weight_grams": 1.5}, "/weight_grams"),
        ({"status": "teleported"}, "/status"),
        ({"place": "Shenzhen"}, "/place"),
        ({"place": {"planet": "Mars"}}, "/place/planet"),
        ({"colour": "red"}, "/colour"),
        ({"text": "x" * 1001}, "/text"),
        ({"at": 5}, "/at"),
        ({"withdrawn": True}, "/"),
    ],
)
def test_an_unfit_scan_is_named_by_field_and_holds_up_no_other(change, pointer):
    found = send({**ONE, "text": "Delivered"}, {**ONE, **change}, ONE)
    assert found.taken == 2
    [wrong] = found.rejected
    assert (wrong.index, wrong.pointer) == (1, pointer)
    assert wrong.detail


def test_signs_that_no_database_keeps_are_kept_in_the_raw_record_alone():
    told = {"message": "Shipment \ud800 picked\0up"}
    record = Record(WAYBILL, told, told["message"], "2026-02-10T12:00:00Z", signatory="A\ud800")
    assert take(current(), [record], "easypost", NOW).taken == 1
    [one] = kept()
    assert json.loads(one.raw) == told
    assert (one.scan.text, one.scan.signatory) == ("Shipment ? pickedup", "A?")
    [wrong] = send({**ONE, "text": "\ud800"}).rejected
    assert wrong.pointer == "/text"


def test_a_record_is_taken_back_whenever_that_was():
    send({**ONE, "event_id": "7"}, {**ONE, "event_id": "7", "at": None, "withdrawn": True})
    assert {one.scan.kind.value for one in kept()} == {"accepted", "withdrawn"}


@pytest.mark.parametrize("nonsense", [None, 5, "scan", [], {}])
def test_nonsense_is_rejected_and_nothing_else_is_lost(nonsense):
    found = send(nonsense, ONE)
    assert (found.taken, len(found.rejected)) == (1, 1)


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({"text": "The parcel sang a song"}, "no_meaning"),
        ({"at": None}, "no_time"),
        ({"at": "soon enough"}, "no_time"),
        ({"at": "1066-10-14T09:00:00Z"}, "no_time"),
        ({"at": "2026-02-21T02:00:01Z"}, "ahead"),
        ({"at": "2026-02-21T02:00:00Z"}, None),
    ],
)
def test_what_cannot_be_read_is_kept_and_marked_never_guessed(change, mark):
    found = send({**ONE, **change})
    [one] = kept()
    assert (found.taken, one.mark) == (1, mark)
    assert (one.scan.kind is ScanKind.UNMAPPED) is (mark is not None)


@pytest.mark.parametrize(
    ("at", "place", "utc", "offset", "assumed"),
    [
        ("2026-02-10T12:00:00", {"country": "CN"}, "04:00", 480, False),
        ("2026-07-10T12:00:00", {"country": "ES", "city": "Madrid"}, "10:00", 120, False),
        ("2026-02-10T12:00:00", {"country": "US", "city": "Denver"}, "19:00", -420, False),
        ("2026-02-10T12:00:00", {"country": "US"}, "12:00", 0, True),
        ("2026-02-10T12:00:00", None, "12:00", 0, True),
        ("2026-02-10", {"country": "CN"}, "16:00", 480, True),
        ("20260210", {"country": "CN"}, "16:00", 480, True),
        ("2026-02-10T12:00:00Z", {"country": "CN"}, "12:00", 480, False),
        ("2026-02-10T12:00:00+05:30", {"country": "CN"}, "06:30", 330, False),
    ],
)
def test_local_times_get_the_zone_of_their_place_or_say_that_it_is_assumed(
    at, place, utc, offset, assumed
):
    given = {**ONE, "at": at, "place": place}
    send(given, now=datetime(2026, 8, 1, tzinfo=UTC))
    [one] = kept()
    told = (one.scan.at.strftime("%H:%M"), one.scan.offset_minutes, one.scan.zone_assumed)
    assert told == (utc, offset, assumed)


def test_the_carrier_s_own_word_counts_where_its_text_has_no_meaning():
    send({**ONE, "text": "Vorgang 17", "status": "delivered"})
    [one] = kept()
    assert (one.scan.kind, one.mark) == (ScanKind.DELIVERED, None)


def test_customs_without_a_country_is_nobody_s_customs():
    send({**ONE, "text": "Held by customs", "place": None})
    assert kept()[0].scan.kind is ScanKind.UNMAPPED
    send({**ONE, "text": "Held by customs", "waybill": "RR473124829DE"})
    assert kept("RR473124829DE")[0].scan.kind is ScanKind.CUSTOMS_HELD


def test_parcels_that_go_by_the_number_have_news_and_others_have_none(db):
    case = Case().registered()
    other = Case().registered(parcels=(_parcel("RR473124829DE"),))
    before = {row.order_id: row.changed for row in ParcelRow.objects.all()}
    send({**ONE, "waybill": "lx 123456785 cn"}, {**ONE, "text": "Delivered"})
    after = {row.order_id: row.changed for row in ParcelRow.objects.all()}
    assert after[case.order_id] == before[case.order_id] + 1
    assert after[other.order_id] == before[other.order_id]


def _parcel(waybill):
    return NewParcel("Deutsche Post", waybill, (), current().clock.now() - timedelta(days=20))


def test_texts_without_meaning_are_reported_the_most_frequent_first():
    odd = {**ONE, "text": "Sang a song"}
    send(odd, {**odd, "at": "2026-02-11T12:00:00Z"}, {**ONE, "text": "Danced"})
    assert list(scans.unmapped()) == [("api", "Sang a song", 2), ("api", "Danced", 1)]


def test_ten_thousand_scans_of_one_parcel_come_in_and_are_told():
    many = [
        {**ONE, "at": f"2026-02-{1 + n // 1440 % 19:02d}T{n // 60 % 24:02d}:{n % 60:02d}:00Z"}
        | {"event_id": str(n)}
        for n in range(10_000)
    ]
    for begin in range(0, len(many), MOST_AT_ONCE):
        assert send(*many[begin : begin + MOST_AT_ONCE]).rejected == ()
    assert len(kept()) == 10_000
