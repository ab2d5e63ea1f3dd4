"""Webhooks out: signed, only to public addresses, counted, and given up in the open."""

import json
import socket

import httpx2
import pytest
from standardwebhooks.webhooks import Webhook

from fairhold.accounts.models import WebhookEndpoint
from fairhold.adapters import webhooks
from fairhold.adapters.webhooks import WebhookFault, public_address
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.flow.relay import MOST_ENDPOINT_FAILURES, relay
from fairhold.store.models import OutboxMessage
from world import SELLER, Case

pytestmark = pytest.mark.django_db
SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"
PUBLIC = "93.184.215.14"


@pytest.fixture
def answers(monkeypatch):
    """Endpoints answer as the test says; what they were sent is kept."""
    sent, status = [], [200]

    def take(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(status[0])

    client = httpx2.Client

    def made(**options):
        return client(transport=httpx2.MockTransport(take), **options)

    monkeypatch.setattr(webhooks.httpx2, "Client", made)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 443))]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_, **__: found)
    WebhookEndpoint.objects.create(url="https://shop.example/hook", secret=SECRET)
    return sent, status


def settled() -> Case:
    case = Case().registered().opened()
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    return case


def drain() -> None:
    while relay(current()):
        pass


def test_a_payment_is_instructed_by_a_signed_message_to_the_pinned_address(answers):
    sent, _ = answers
    case = settled()
    drain()
    kinds = [json.loads(one.content)["type"] for one in sent]
    assert kinds.count("payment.instructed") == 1
    instructed = sent[kinds.index("payment.instructed")]
    assert instructed.url.host == PUBLIC
    assert instructed.headers["host"] == "shop.example"
    content = Webhook(SECRET).verify(instructed.content, dict(instructed.headers))
    assert content["data"]["order_id"] == case.order_id
    assert sum(one["amount_minor"] for one in content["data"]["transfers"]) > 0


def test_an_endpoint_that_fails_is_tried_again_later_and_counted(answers):
    _, status = answers
    status[0] = 500
    settled()
    drain()
    waiting = OutboxMessage.objects.filter(topic="payment", done_at=None).get()
    assert (waiting.attempts, "500" in waiting.last_error) == (1, True)
    assert WebhookEndpoint.objects.get().failures > 0
    status[0] = 204
    OutboxMessage.objects.filter(done_at=None).update(next_at=current().clock.now())
    drain()
    assert not OutboxMessage.objects.filter(topic="payment", done_at=None).exists()
    assert WebhookEndpoint.objects.get().failures == 0


def test_an_endpoint_that_fails_for_good_is_switched_off(answers):
    _, status = answers
    status[0] = 500
    WebhookEndpoint.objects.update(failures=MOST_ENDPOINT_FAILURES - 1)
    Case().registered().opened()
    drain()
    assert WebhookEndpoint.objects.get().disabled_at is not None


def test_a_connection_that_breaks_is_a_fault_with_its_reason(answers, monkeypatch):
    def broken(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    monkeypatch.setattr(webhooks.httpx2, "Client", lambda **_: Broken(broken))
    with pytest.raises(WebhookFault, match="no route"):
        webhooks.send("https://shop.example/", SECRET, "msg_1", current().clock.now(), {})


class Broken:
    """A client whose every call breaks."""

    def __init__(self, call):
        self._call = call

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def post(self, *_, **__):
        return self._call(None)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "64:ff9b::7f00:1"]
)
def test_addresses_of_the_operators_own_network_are_refused(monkeypatch, address):
    found = [(0, 0, 0, "", (address, 443))]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(WebhookFault, match="private network"):
        public_address("https://inside.example/")


def test_an_address_that_no_client_can_call_is_a_fault_and_stops_nothing(monkeypatch):
    found = [(0, 0, 0, "", (PUBLIC, 443))]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(WebhookFault, match="https"):
        public_address("https://shop.example/\x07")


@pytest.mark.parametrize("url", ["http://shop.example/", "https://", "https://h:99999/", "ftp://x"])
def test_only_https_addresses_are_taken(url):
    with pytest.raises(WebhookFault, match="https"):
        public_address(url)


def test_a_host_that_is_not_there_is_named(monkeypatch):
    def nowhere(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(webhooks.socket, "getaddrinfo", nowhere)
    with pytest.raises(WebhookFault, match=r"nowhere\.example cannot be found"):
        public_address("https://nowhere.example/")


def test_a_payment_without_any_endpoint_waits_and_says_why(db):
    settled()
    drain()
    waiting = OutboxMessage.objects.filter(topic="payment").get()
    assert "no endpoint takes payment instructions" in waiting.last_error
