"""Where the marketplace wants to be told: endpoints over the API."""

import pytest

from fairhold.adapters import webhooks

pytestmark = pytest.mark.django_db
PUBLIC = "93.184.215.14"


def test_the_api_makes_lists_and_removes_endpoints(callers, monkeypatch):
    found = [(0, 0, 0, "", (PUBLIC, 443))]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_, **__: found)
    operator = callers["operator"]
    made = operator.post("/api/v1/webhook-endpoints", {"url": "https://shop.example/hook"})
    assert (made.status_code, made.json()["secret"][:6]) == (201, "whsec_")
    [listed] = operator.get("/api/v1/webhook-endpoints").json()["items"]
    assert "secret" not in listed
    place = f"/api/v1/webhook-endpoints/{listed['id']}"
    assert operator.send("DELETE", place).status_code == 200
    assert operator.send("DELETE", place).status_code == 404
    found[0] = (0, 0, 0, "", ("10.0.0.1", 443))
    inside = operator.post("/api/v1/webhook-endpoints", {"url": "https://inside.example/"})
    assert (inside.status_code, inside.json()["errors"][0]["pointer"]) == (422, "/url")
