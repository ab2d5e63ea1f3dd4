"""Tracking over HTTP: scans in bulk, webhooks with their signatures, stories, numbers."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from fairhold.adapters.tracking.aftership import AfterShip
from fairhold.adapters.tracking.easypost import EasyPost
from fairhold.adapters.tracking.seventeentrack import SeventeenTrack
from fairhold.flow import desk as wired
from fairhold.flow.desk import current
from fairhold.store.models import TrackingScan
from flow.parcels.test_providers import payload, signed
from journeys.test_parcels import lost, scan, sent, work

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
SCANS = "/api/v1/tracking/scans"
PATHS = {"aftership": "aftership", "seventeentrack": "17track", "easypost": "easypost"}


@pytest.fixture
def providers():
    before = current()
    found = {
        "aftership": AfterShip("s3cret"),
        "17track": SeventeenTrack("s3cret"),
        "easypost": EasyPost("clé-s3cret"),
    }
    wired.install(replace(before, parcels=replace(before.parcels, webhooks=found)))
    yield
    wired.install(before)


def test_scans_come_in_many_at_a_time_each_on_its_own(callers):
    case = sent()
    good = [scan(case, "accepted"), scan(case, "delivered", 9)]
    bad = {**good[0], "weight_grams": "heavy"}
    answer = callers["operator"].post(SCANS, {"scans": [good[0], bad, good[1], good[0]]})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["taken"], told["known"], told["marked"]) == (2, 1, 0)
    assert [(one["index"], one["pointer"]) for one in told["rejected"]] == [(1, "/weight_grams")]
    again = callers["operator"].post(SCANS, {"scans": good}).json()
    assert (again["taken"], again["known"]) == (0, 2)


@pytest.mark.parametrize("body", [{}, {"scans": []}, {"scans": "x"}, {"scans": [1] * 5001}, []])
def test_a_delivery_that_is_none_is_refused_with_its_field(callers, body):
    answer = callers["operator"].post(SCANS, body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_only_keys_for_tracking_send_scans(callers):
    for who, caller in callers.items():
        status = caller.post(SCANS, {"scans": [1]}).status_code
        operator = who == "operator"
        assert status == (200 if operator else 401 if caller.key is None else 403), who


@pytest.mark.parametrize("name", PATHS)
def test_a_provider_s_webhook_is_taken_with_its_signature_and_only_with_it(
    callers, providers, name
):
    body = payload(f"{name}_delivered")
    path = f"/api/v1/tracking/webhooks/{PATHS[name]}"
    headers = signed(name, body)
    stranger = callers["anonymous"]
    forged = {key: value[:-2] + "00" for key, value in headers.items()}
    assert stranger.send("POST", path, body, **forged).status_code == 401
    assert stranger.send("POST", path, body).status_code == 401
    assert stranger.send("POST", path, body[:-1] + b" ", **headers).status_code == 401
    assert TrackingScan.objects.count() == 0
    first = stranger.send("POST", path, body, **headers)
    assert first.status_code == 200
    assert first.json()["taken"] == TrackingScan.objects.count() > 4
    again = stranger.send("POST", path, body, **headers).json()
    assert (again["taken"], again["known"]) == (0, first.json()["taken"])


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff\xfe", 400), (b"[]", 422), (b"{}", 422), (b'{"msg": 1}', 422)],
)
def test_a_signed_body_that_is_nonsense_is_a_clear_error(callers, providers, body, status):
    path = "/api/v1/tracking/webhooks/aftership"
    answer = callers["anonymous"].send("POST", path, body, **signed("aftership", body))
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_provider_that_is_not_set_up_is_not_there(callers):
    answer = callers["anonymous"].send("POST", "/api/v1/tracking/webhooks/easypost", b"{}")
    assert answer.status_code == 404


def test_a_webhook_moves_the_case_it_is_about(callers, providers):
    case = lost()
    body = json.loads(payload("aftership_delivered"))
    body["msg"]["tracking_number"] = case.file.order.parcels[0].waybill
    dispatched = case.file.order.parcels[0].dispatched_at
    for place, checkpoint in enumerate(body["msg"]["checkpoints"]):
        at = dispatched + timedelta(hours=place + 1)
        checkpoint["checkpoint_time"] = at.isoformat(timespec="seconds")
    sent_as = json.dumps(body).encode()
    path = "/api/v1/tracking/webhooks/aftership"
    headers = signed("aftership", sent_as)
    assert callers["anonymous"].send("POST", path, sent_as, **headers).status_code == 200
    work()
    told = callers["buyer"].get(f"/api/v1/orders/{case.order_id}/parcels").json()["items"]
    assert (told[0]["state"], told[0]["address"]["city"]["verdict"]) == ("delivered", "match")
    assert told[0]["route"][-1] == "Casablanca"
    assert told == callers["seller"].get(f"/api/v1/orders/{case.order_id}/parcels").json()["items"]


def test_raw_scans_are_handed_out_with_the_digests_that_the_journal_names(callers):
    case = lost()
    given = scan(case, "accepted")
    callers["operator"].post(SCANS, {"scans": [given]})
    work()
    [one] = callers["buyer"].get(f"/api/v1/orders/{case.order_id}/scans").json()["items"]
    assert (one["raw"], one["source"]) == (given, "api")
    dispute = case.file.dispute.id
    lines = callers["seller"].get(f"/api/v1/disputes/{dispute}/timeline").json()["items"]
    assert "1 new record of parcel 1: on its way" in [line["title"] for line in lines]


def test_a_number_is_examined_and_nothing_more_is_said_than_is_known(callers):
    ask = callers["seller"].get
    found = ask("/api/v1/waybills/ee%20123%20456%20785%20cn").json()
    assert (found["number"], found["standing"]) == ("EE123456785CN", "valid check digit")
    assert found["carriers"][0]["key"] == "china-post"
    assert ask("/api/v1/waybills/SF1234567890123").json()["standing"] == "plausible format"
    assert ask("/api/v1/waybills/1234567890?carrier=DHL").json()["standing"] == "impossible"
    assert ask("/api/v1/waybills/" + "9" * 61).status_code == 422


def test_a_seller_corrects_a_number_and_an_impossible_one_is_refused(callers):
    case = lost()
    path = f"/api/v1/orders/{case.order_id}/parcels/1/waybill"
    wrong = {"carrier": "China Post", "waybill": "EE123456784CN"}
    answer = callers["seller"].post(path, wrong)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/waybill")
    right = {"carrier": "China Post", "waybill": "EE123456785CN"}
    answer = callers["seller"].post(path, right)
    assert answer.json()["parcels"][0]["waybill"] == "EE123456785CN"
    slip = {"carrier": "China Post", "waybill": "ＲＲ4731Z48Z9DE"}
    answer = callers["seller"].post(path, slip)
    assert answer.json()["parcels"][0]["waybill"] == "RR473124829DE"
    assert callers["buyer"].post(path, right).status_code == 403
    nowhere = path.replace("/1/", "/9/")
    assert callers["seller"].post(nowhere, right).status_code == 422


def test_texts_without_meaning_are_listed_for_the_operator(callers):
    odd = {**scan(sent(), "accepted"), "status": None, "text": "Sang a song"}
    callers["operator"].post(SCANS, {"scans": [odd]})
    rows = callers["operator"].get("/api/v1/tracking/unmapped").json()["items"]
    assert {"source": "api", "text": "Sang a song", "times": 1} in rows
    assert callers["seller"].get("/api/v1/tracking/unmapped").status_code == 403
