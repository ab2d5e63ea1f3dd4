"""Three providers by webhook, one that is asked: formats, signatures, faults."""

import base64
import hashlib
import hmac
import json
import threading
import unicodedata
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from fairhold.adapters.tracking import TrackingFault
from fairhold.adapters.tracking.aftership import AfterShip
from fairhold.adapters.tracking.asking import SeventeenTrackSource
from fairhold.adapters.tracking.easypost import EasyPost
from fairhold.adapters.tracking.normal import normalised
from fairhold.adapters.tracking.seventeentrack import SeventeenTrack
from fairhold.core.cases.disputes.commands import WithdrawDispute
from fairhold.core.cases.orders.commands import NewParcel
from fairhold.core.logistics.fold import fold
from fairhold.flow import desk as wired
from fairhold.flow.desk import current
from fairhold.flow.parcels.asking import Pacing, ask_sources
from fairhold.store.scans import scans_of
from journeys.test_parcels import come_in, lost, scan
from parcels import NOON
from world import BUYER, Case

PAYLOADS = Path(__file__).parents[2] / "logistics/provider_payloads"
PROVIDERS = {
    "aftership": AfterShip("s3cret"),
    "seventeentrack": SeventeenTrack("s3cret"),
    "easypost": EasyPost("clé-s3cret"),
}


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def read(name: str):
    provider = PROVIDERS[name.split("_", maxsplit=1)[0]]
    meanings = current().parcels.meanings
    now = NOON + timedelta(days=365)
    records = provider.records(json.loads(payload(name)))
    return [normalised(one, provider.name, meanings, now) for one in records]


@pytest.mark.parametrize(
    ("name", "number", "events", "state"),
    [
        ("aftership_delivered", "LX123456785CN", 7, "delivered"),
        ("aftership_customs", None, 6, "at_customs"),
        ("seventeentrack_delivered", None, 8, "delivered"),
        ("seventeentrack_returned", None, 9, "returned_to_sender"),
        ("easypost_delivered", "1Z999AA10123456784", 6, "delivered"),
        ("easypost_failure", None, 5, "in_transit"),
    ],
)
def test_the_events_of_a_delivery_are_read_with_time_place_and_meaning(name, number, events, state):
    normal = read(name)
    assert len(normal) == events
    assert number is None or {one.number for one in normal} == {number}
    story = fold(one.scan for one in normal)
    assert story.state == state
    mapped = [one for one in normal if one.mark is None]
    assert len(mapped) >= events - 3
    assert all(one.scan.at.tzinfo for one in normal)


def test_who_signed_is_known_where_the_provider_says_it():
    assert fold(one.scan for one in read("aftership_delivered")).delivered.signatory == "S BENALI"
    assert fold(one.scan for one in read("easypost_delivered")).delivered.signatory == "R EXAMPLE"


def signed(name: str, body: bytes) -> dict[str, str]:
    """The headers of each provider, made as its documents say and not by our code."""
    if name == "aftership":
        mac = hmac.new(b"s3cret", body, hashlib.sha256).digest()
        return {"aftership-hmac-sha256": base64.b64encode(mac).decode()}
    if name == "seventeentrack":
        return {"sign": hashlib.sha256(body + b"/s3cret").hexdigest()}
    key = unicodedata.normalize("NFKD", "clé-s3cret").encode()
    return {"x-hmac-signature": "hmac-sha256-hex=" + hmac.new(key, body, "sha256").hexdigest()}


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_signature_is_right_for_these_bytes_and_no_others(name):
    provider, body = PROVIDERS[name], payload(f"{name}_delivered")
    headers = signed(name, body)
    assert provider.verified(headers, body)
    assert not provider.verified(headers, body + b" ")
    assert not provider.verified({}, body)
    assert not provider.verified({key: "x" + value[1:] for key, value in headers.items()}, body)


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize("body", [{}, [], None, "x", {"msg": 5}, {"data": []}, {"result": 1}])
def test_a_body_in_another_format_says_what_is_missing(name, body):
    with pytest.raises(TrackingFault, match="expected a number"):
        list(PROVIDERS[name].records(body))


@pytest.mark.parametrize("weight", [1e999, 1e30, -5, True, "heavy", None])
def test_a_weight_that_no_parcel_has_is_none(weight):
    body = json.loads(payload("easypost_delivered"))
    body["result"]["weight"] = weight
    assert {one.weight_grams for one in PROVIDERS["easypost"].records(body)} == {None}


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_signature_of_strange_signs_is_wrong_and_no_more(name):
    body = payload(f"{name}_delivered")
    odd = {key: value + "é\ud800" for key, value in signed(name, body).items()}
    assert not PROVIDERS[name].verified(odd, body)


def test_a_number_that_the_provider_was_never_given_is_handed_over_and_not_called_unknown(fake):
    stranger = {"number": "X1", "error": {"code": -18019902, "message": "not registered"}}
    answer = json.dumps({"code": 0, "data": {"accepted": [], "rejected": [stranger]}}).encode()
    server = fake((200, answer), (200, b'{"code": 0, "data": {}}'))
    assert list(server.source.look_up([("X1", None)])) == []
    assert [path for path, *_ in server.asked] == [
        "/track/v2.2/gettrackinfo",
        "/track/v2.2/register",
    ]


def test_what_a_user_typed_is_no_record_of_a_carrier():
    body = json.loads(payload("aftership_delivered"))
    for checkpoint in body["msg"]["checkpoints"]:
        checkpoint["source"] = "user"
    assert list(PROVIDERS["aftership"].records(body)) == []


def test_events_of_a_test_mode_count_only_in_test_mode():
    body = {**json.loads(payload("easypost_delivered")), "mode": "test"}
    assert list(PROVIDERS["easypost"].records(body)) == []
    assert len(list(EasyPost("x", test_mode=True).records(body))) == 6


def test_a_number_that_no_carrier_knows_is_told_as_such():
    body = {"data": {"number": "X1", "track_info": {"latest_status": {"status": "NotFound"}}}}
    [one] = PROVIDERS["seventeentrack"].records(body)
    meanings = current().parcels.meanings
    assert fold([normalised(one, "17track", meanings, NOON).scan]).state == "not_found"
    stopped = {"data": {"number": "X1"}}
    assert list(PROVIDERS["seventeentrack"].records(stopped)) == []


class Fake:
    """A server in the recorded format of the provider; answers in turn what it was told."""

    def __init__(self, *answers: tuple[int, bytes]) -> None:
        self.answers, self.asked = list(answers), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append((self.path, self.headers["17token"], json.loads(body)))
                status, answer = outer.answers.pop(0)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.source = SeventeenTrackSource(
            f"http://127.0.0.1:{self.server.server_address[1]}", "the-key"
        )

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def fake():
    made = []

    def make(*answers):
        made.append(Fake(*answers))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_provider_is_asked_in_its_own_format(fake):
    server = fake((200, payload("seventeentrack_gettrackinfo")))
    records = list(server.source.look_up([("LX123456785CN", "China Post")]))
    path, key, asked = server.asked[0]
    assert (path, key) == ("/track/v2.2/gettrackinfo", "the-key")
    assert asked == [{"number": "LX123456785CN"}]
    assert len({one.number for one in records}) == 2
    assert [one.code for one in records if not one.time][-1] == "NotFound_Other"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ((429, b""), 429),
        ((500, b"oops"), 500),
        ((200, b"not json"), 502),
        ((200, b"[]"), 502),
        ((200, b'{"code": -18010002}'), 502),
        ((302, b""), 302),
    ],
)
def test_an_answer_that_is_none_is_a_fault_with_its_status(fake, answer, status):
    with pytest.raises(TrackingFault) as fault:
        list(fake(answer).source.look_up([("X1", None)]))
    assert fault.value.status == status


def test_nobody_there_is_a_fault_too(fake):
    server = fake()
    server.close()
    with pytest.raises(TrackingFault, match="no answer"):
        list(server.source.look_up([("X1", None)]))


def test_pauses_double_up_to_an_hour_and_end_when_it_goes_well():
    pacing, pauses = Pacing(), []
    for _ in range(10):
        pacing.failed(NOON)
        pauses.append((pacing.wait_until - NOON).total_seconds())
    assert pauses[:3] == [30, 60, 120]
    assert max(pauses) == pauses[-1] == 3840
    assert pacing.waits(NOON)
    assert not pacing.waits(NOON + timedelta(hours=2))
    pacing.went_well()
    assert not pacing.waits(NOON)


def test_each_carrier_has_a_budget_of_its_own_for_each_minute():
    pacing = Pacing()
    assert [pacing.within("EMS", 2, NOON) for _ in range(3)] == [True, True, False]
    assert pacing.within("UPS", 2, NOON)
    assert not pacing.within("EMS", 2, NOON + timedelta(seconds=59))
    assert pacing.within("EMS", 2, NOON + timedelta(seconds=60))


@pytest.fixture
def asked(db, fake):
    """A desk that asks a fake provider, which answers what it is told."""
    before = current()

    def wire(*answers, budget=30):
        server = fake(*answers)
        parcels = replace(before.parcels, source=server.source, budget=budget)
        wired.install(replace(before, parcels=parcels))
        return server

    yield wire
    wired.install(before)


def answer_for(number: str) -> bytes:
    """The recorded answer, about this number."""
    told = json.loads(payload("seventeentrack_gettrackinfo"))
    told["data"]["accepted"][0]["number"] = number
    return json.dumps(told).encode()


@pytest.mark.engines
def test_parcels_are_asked_after_and_what_comes_is_kept(asked):
    case = Case().registered()
    waybill = case.file.order.parcels[0].waybill
    server, pacing = asked((200, answer_for(waybill))), Pacing()
    assert ask_sources(current(), pacing) == 1
    assert server.asked[0][2] == [{"number": waybill}]
    assert len(scans_of([waybill])) > 2
    # Not again before the time for it has come.
    assert ask_sources(current(), pacing) == 0


def test_a_provider_that_wants_to_be_left_alone_is_left_alone_and_nothing_is_lost(asked):
    case = Case().registered()
    waybill = case.file.order.parcels[0].waybill
    server, pacing = asked((429, b""), (200, answer_for(waybill))), Pacing()
    assert ask_sources(current(), pacing) == 0
    assert ask_sources(current(), pacing) == 0
    assert len(server.asked) == 1
    pacing.wait_until = None
    assert ask_sources(current(), pacing) == 1
    assert len(server.asked) == 2


def test_a_carrier_s_budget_holds_its_parcels_back_for_the_minute(asked):
    sent = current().clock.now() - timedelta(days=20)
    for serial in ("EE123456785CN", "EE473124829CN", "RR473124829DE"):
        Case().registered(parcels=(NewParcel("EMS", serial, (), sent),))
    server = asked((200, payload("seventeentrack_gettrackinfo")), budget=2)
    assert ask_sources(current(), Pacing()) == 2
    assert len(server.asked[0][2]) == 2


def test_a_parcel_that_arrived_is_not_asked_after_while_nobody_disputes_it(asked):
    case = lost()
    arrived = scan(case, "accepted"), scan(case, "delivered", 9)
    server = asked((200, payload("seventeentrack_gettrackinfo")))
    case.do(BUYER, WithdrawDispute())
    come_in(*arrived)
    assert ask_sources(current(), Pacing()) == 0
    assert server.asked == []


def test_without_a_provider_nobody_is_asked(db):
    assert ask_sources(current(), Pacing()) == 0
