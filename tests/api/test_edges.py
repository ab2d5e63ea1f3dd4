"""What reaches no operation is answered in the same shape as everything else."""

import json

import pytest

from fairhold.api.edges import LARGEST_BODY_BYTES
from fairhold.api.main import api
from fairhold.core.cases.orders import commands as ordered
from world import OPERATOR, text

pytestmark = pytest.mark.django_db


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["what_now"]
    return body["type"].removeprefix("/problems/")


def test_an_unknown_address_below_the_api_is_a_problem(client):
    assert problem(client.get("/api/v1/nowhere")) == "not_found"


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client):
    answer = client.patch("/api/v1/disputes")
    assert problem(answer) == "method_unknown"
    assert "GET" in answer.headers["Allow"]


def test_a_multipart_body_without_its_boundary_is_a_problem(callers):
    key = callers["buyer"].key
    answer = callers["buyer"].client.post(
        "/api/v1/files",
        b"x",
        content_type="multipart/form-data",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert problem(answer) in {"unreadable", "malformed_json", "invalid_request"}


def test_a_body_above_the_limit_is_refused_before_it_is_read(client):
    answer = client.generic(
        "POST", "/api/v1/files", b"x", headers={"Content-Length": str(LARGEST_BODY_BYTES + 1)}
    )
    assert problem(answer) == "body_too_large"


def test_a_json_body_above_its_limit_is_told_the_limit(callers):
    answer = callers["operator"].post("/api/v1/orders", {"ref": "x" * (9 * 1024 * 1024)})
    assert problem(answer) == "body_too_large"
    assert "8 MB" in answer.json()["detail"]


def test_a_defect_of_ours_is_a_problem_without_its_insides(callers, monkeypatch):
    def broken(*_):
        raise LookupError("a secret of the inside")

    monkeypatch.setattr("fairhold.api.disputes.cases_of", broken)
    caller = callers["buyer"]
    caller.client.raise_request_exception = False
    answer = caller.get("/api/v1/disputes")
    assert problem(answer) == "internal"
    assert b"secret" not in answer.content


def test_a_field_at_fault_is_pointed_at_inside_the_body(callers, case):
    path = f"/api/v1/disputes/{case.file.dispute.id}/messages"
    answer = callers["buyer"].post(path, {"text": ""})
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/text"]


def test_the_document_names_the_headers_of_writing_operations():
    paths = api.get_openapi_schema()["paths"]
    operation = paths["/api/v1/disputes/{dispute_id}/messages"]["post"]
    names = {one["name"] for one in operation["parameters"]}
    assert {"Idempotency-Key", "If-Match"} <= names


def test_an_order_tells_its_amendments_and_its_frozen_listing(callers, order):
    command = ordered.AmendOrder(1, None, 30, text("4 New Street, Rabat"), text("later, elsewhere"))
    order.do(OPERATOR, command)
    shown = callers["buyer"].get(f"/api/v1/orders/{order.order_id}").json()
    [amendment] = shown["amendments"]
    assert (amendment["version"], amendment["promise_days"]) == (2, 30)
    assert amendment["delivery_address"] == "4 New Street, Rabat"
    assert shown["listing"] is not None
    theirs = callers["seller"].get(f"/api/v1/orders/{order.order_id}").json()
    assert theirs["amendments"][0]["delivery_address"] is None
    assert (shown["return_address"], bool(theirs["return_address"])) == (None, True)
