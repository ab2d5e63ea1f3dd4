"""The contract of the API: idempotency, versions, pages, problems, clear words for bad input."""

import json
from datetime import timedelta

import pytest

from fairhold.core.cases.orders import commands as ordered
from fairhold.flow.desk import current
from world import DAY, Case

pytestmark = pytest.mark.django_db


def document(**changes):
    sent = (current().clock.now() - 20 * DAY).isoformat()
    party = {"email": "x@fairhold.example", "country": "MA"}
    plain = {
        "ref": "A-1",
        "ordered_at": sent,
        "currency": "JPY",
        "buyer": {"ref": "b-1", "name": "A buyer", **party},
        "seller": {"ref": "s-1", "name": "A seller", **party},
        "lines": [
            {"number": 1, "title": "Lantern", "sku": "L", "quantity": 2, "unit_price_minor": 500}
        ],
        "freight_minor": 100,
        "shipping": {"service": "Post", "promise_days": 20},
        "delivery_address": "Sendai",
        "return_address": "Shenzhen",
        "listing": {"title": "Lantern", "weight": 1.5},
        "payment": {"goods_minor": 1000, "freight_minor": 100},
        "parcels": [{"carrier": "Post", "waybill": "LX123", "dispatched_at": sent}],
    }
    return {**plain, **changes}


def test_same_order_again_gives_the_same_answer_and_another_one_is_refused(callers):
    operator = callers["operator"]
    once = document()
    first = operator.post("/api/v1/orders", once)
    again = operator.post("/api/v1/orders", once)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = operator.post("/api/v1/orders", document(freight_minor=200))
    assert (other.status_code, other.json()["type"]) == (409, "/problems/order_exists")


def test_batch_reports_each_bad_order_and_keeps_the_good_ones(callers):
    bad = document(ref="A-3", currency="dollars", freight_minor=-1)
    rows = callers["operator"].post(
        "/api/v1/orders/batch", {"orders": [document(ref="A-2"), bad, {"ref": "A-4"}]}
    )
    results = rows.json()["results"]
    assert results[0]["errors"] == []
    assert {one["pointer"] for one in results[1]["errors"]} == {"/currency", "/freight_minor"}
    assert results[2]["order_id"] is None


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"lines": []}, "lines"),
        ({"surprise": 1}, "surprise"),
        ({"ordered_at": "2026-01-01"}, "ordered_at"),
        ({"freight_minor": "100"}, "freight_minor"),
        ({"freight_minor": 1.5}, "freight_minor"),
        ({"freight_minor": True}, "freight_minor"),
        ({"ref": "with blank"}, "ref"),
        ({"buyer": {"ref": "b"}}, "buyer"),
        ({"delivery_address": "a\x00b"}, "delivery_address"),
    ],
)
def test_bad_input_names_its_field(callers, changes, pointer):
    answer = callers["operator"].post("/api/v1/orders", document(**changes))
    assert answer.status_code == 422
    assert any(pointer in one["pointer"] for one in answer.json()["errors"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"return_address": "深圳"}, "address_not_latin"),
        ({"payment": {"goods_minor": 1001, "freight_minor": 0}}, "payment_unfit"),
    ],
)
def test_what_does_not_make_sense_is_refused_with_its_citation(callers, changes, code):
    answer = callers["operator"].post("/api/v1/orders", document(**changes))
    assert answer.status_code == 422
    assert answer.json()["type"] == f"/problems/{code}"
    assert answer.json()["what_now"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b'{"a":' * 5000])
def test_what_is_not_json_is_a_problem_and_no_failure(callers, body):
    answer = callers["operator"].post("/api/v1/orders", body)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_repeated_key_gives_the_same_bytes_and_another_body_a_conflict(callers, case):
    place = f"/api/v1/disputes/{case.file.dispute.id}/messages"
    headers = {"Idempotency-Key": "k-1"}
    first = callers["buyer"].post(place, {"text": "once"}, **headers)
    again = callers["buyer"].post(place, {"text": "once"}, **headers)
    other = callers["buyer"].post(place, {"text": "twice"}, **headers)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/key_reused")


def test_a_stale_etag_is_refused_with_412(callers, case):
    place = f"/api/v1/disputes/{case.file.dispute.id}"
    etag = callers["buyer"].get(place)["ETag"]
    callers["buyer"].post(f"{place}/messages", {"text": "x"})
    answer = callers["seller"].post(f"{place}/messages", {"text": "y"}, **{"If-Match": etag})
    assert (answer.status_code, answer.json()["type"]) == (412, "/problems/version_stale")


def test_pages_follow_their_cursor_to_the_end(callers):
    for _ in range(5):
        Case().registered()
    seen, cursor = [], ""
    for _ in range(4):
        page = callers["operator"].get(f"/api/v1/orders?limit=2{cursor}").json()
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == 5
    assert callers["operator"].get("/api/v1/orders?cursor=!!").status_code == 422


def test_allowed_actions_say_until_when_and_what_silence_costs(callers, case):
    found = callers["seller"].get(f"/api/v1/disputes/{case.file.dispute.id}").json()
    accept = next(one for one in found["allowed_actions"] if one["action"] == "AcceptPlan")
    assert accept["on_silence"]["to_buyer"] == {"amount_minor": 16_560, "currency": "USD"}
    due = case.file.dispute.clock("seller_response").due_at
    assert accept["until"].startswith(due.isoformat()[:19])


def test_too_early_filing_tells_the_opening_moment(callers):
    parcel = ordered.NewParcel("Post", "LX123", (), current().clock.now() - timedelta(days=1))
    case = Case().registered(parcels=(parcel,))
    body = {
        "reason": "not_received",
        "kind": "refund_only",
        "items": [{"line": 1, "amount_minor": 100}],
        "description": "x",
        "wanted": "y",
    }
    answer = callers["buyer"].post(f"/api/v1/orders/{case.order_id}/disputes", body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/window_not_open")
    assert answer.json()["details"]["opens_at"]
    assert "AliExpress dispute handling process and guidelines" in answer.json()["citation"]


def upload(caller, content: bytes, name: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return caller.client.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Authorization": f"Bearer {caller.key}"},
    )


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def test_evidence_goes_up_and_comes_down_as_an_attachment(callers, case):
    kept = upload(callers["seller"], PNG, "../../scale\u202e.png")
    assert kept.status_code == 201, kept.content
    assert kept.json()["name"] == "scale.png"
    place = f"/api/v1/disputes/{case.file.dispute.id}"
    body = {"evidence": [kept.json()["id"]]}
    assert callers["seller"].post(f"{place}/evidence", body).status_code == 200
    got = callers["buyer"].get(f"{place}/evidence/2/content")
    assert b"".join(got.streaming_content) == PNG
    assert got["Content-Disposition"].startswith("attachment")
    assert callers["other-buyer"].get(f"{place}/evidence/2/content").status_code == 404


def test_somebody_elses_upload_cannot_be_submitted(callers, case):
    kept = upload(callers["seller"], PNG, "a.png").json()
    place = f"/api/v1/disputes/{case.file.dispute.id}/evidence"
    answer = callers["buyer"].post(place, {"evidence": [kept["id"]]})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/upload_refused")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.png"),
        (b"MZ\x90\x00" + b"\x00" * 60, "run.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.svg"),
        (b"  <html><script>x()</script></html>", "a.txt"),
        (b"PK\x03\x04" + b"\x00" * 60, "a.zip"),
    ],
)
def test_files_of_other_kinds_are_not_taken(callers, content, name):
    answer = upload(callers["buyer"], content, name)
    assert answer.status_code == 422
    assert json.loads(answer.content)["type"] in {
        "/problems/upload_refused",
        "/problems/invalid_request",
    }


def test_no_clock_can_be_moved_outside_of_test_mode(callers, order, monkeypatch):
    from dataclasses import replace

    from fairhold.api import orders

    monkeypatch.setattr(orders, "current", lambda: replace(current(), test_mode=False))
    place = f"/api/v1/orders/{order.order_id}/sandbox-clock"
    assert callers["operator"].post(place, {"seconds": 5}).status_code == 404
    assert order.file.order.sandbox_offset_seconds == 0
