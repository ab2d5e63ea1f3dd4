"""Evidence and correspondence over the API: said, shown, proven, and nothing to the other side."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossier import full_case, picture
from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.notary.notes import signer
from fairhold.adapters.notary.witness import Witness
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.journal.merkle import consistent, included, leaf_hash
from fairhold.core.journal.note import COSIGNATURE, read, read_checkpoint
from fairhold.flow import retention
from fairhold.flow.desk import current
from fairhold.flow.sealing import leaf_bytes
from fairhold.store.log import Head
from replacing import replaced
from world import BUYER, OPERATOR, VIEWERS, Case

pytestmark = [pytest.mark.django_db]
CANARY = "SECRET-CANARY-42"
CLAIM = {"claim": "court file 7", "review_at": "2099-01-01T00:00:00Z"}


def sent(caller, content=b"hello", name="a.txt"):
    file = SimpleUploadedFile(name, content)
    headers = {"Authorization": f"Bearer {caller.key}"}
    answer = caller.client.post("/api/v1/files", {"file": file}, headers=headers)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


@pytest.fixture
def place():
    case = Case().registered().opened()
    return case, f"/api/v1/disputes/{case.file.the_dispute.id}", f"/api/v1/orders/{case.order_id}"


def test_both_sides_and_the_specialist_read_one_thread_with_receipts(callers, place):
    _, dispute, order = place
    said = {"text": "Where is it?", "tag": "objection", "language": "en"}
    callers["buyer"].post(f"{order}/messages", {**said, "evidence": [sent(callers["buyer"])]})
    answer = {"text": "On its way.", "reply_to": 1, "tag": "performance_feedback"}
    assert callers["seller"].post(f"{order}/messages", answer).status_code == 200
    callers["specialist"].post(f"{dispute}/messages", {"text": "Please send proof."})
    threads = [callers[who].get(f"{order}/messages").json() for who in ("buyer", "seller")]
    assert threads[0]["messages"] == threads[1]["messages"]
    told = [(one["sender"], one["number"], one["reply_to"]) for one in threads[0]["messages"]]
    assert told == [("buyer", 1, None), ("seller", 2, 1), ("specialist", 1, None)]
    assert threads[0]["messages"][0]["attachments"] == ["A1"]
    read_ = {one["role"]: one["entry"] for one in threads[1]["read"]}
    assert read_["buyer"] == threads[0]["messages"][-1]["entry"]
    file = callers["seller"].get(f"{order}/attachments/1/content")
    assert b"".join(file.streaming_content) == b"hello"
    assert callers["seller"].get(f"{order}/attachments/9/content").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "x", "tag": "gossip"}, "/tag"),
        ({"text": "x", "language": "english please"}, "/language"),
        ({"text": "x", "reply_to": 0}, "/reply_to"),
        ({"text": ""}, "/text"),
    ],
)
def test_a_message_that_does_not_fit_names_the_field(body, field, callers, place):
    answer = callers["buyer"].post(f"{place[2]}/messages", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == field


def test_terms_change_when_both_agree(callers, place):
    _, _, order = place
    wanted = {"note": "It will be late", "promise_days": 45, "delivery_address": "5 Quay, Tangier"}
    assert callers["seller"].post(f"{order}/changes-of-terms", wanted).status_code == 200
    own = callers["seller"].post(f"{order}/changes-of-terms/1/acceptance", {})
    assert (own.status_code, own.json()["type"]) == (422, "/problems/amendment_unfit")
    agreed = callers["buyer"].post(f"{order}/changes-of-terms/1/acceptance", {}).json()
    assert agreed["shipping"]["promise_days"] == 45
    assert agreed["amendment_version"] == 2
    callers["buyer"].post(f"{order}/changes-of-terms", wanted)
    assert callers["seller"].send("DELETE", f"{order}/changes-of-terms/2").status_code == 200


def test_what_was_said_elsewhere_is_filed_confirmed_and_contested(callers, place):
    _, dispute, _ = place
    body = {
        "channel": "third_party_im",
        "summary": "They promised half.",
        "happened_at": "2026-03-01T00:00:00Z",
        "evidence": [sent(callers["buyer"])],
    }
    [one] = callers["buyer"].post(f"{dispute}/outside", body).json()["outside"]
    assert (one["authentication"], one["exhibits"][0]["weight"]) == (
        "one_side",
        "not_confirmed_by_both_sides",
    )
    contested = callers["seller"].post(f"{dispute}/outside/1/contest", {"reasons": "not mine"})
    assert contested.json()["outside"][0]["contested"] == "not mine"
    done = callers["seller"].post(f"{dispute}/outside/1/confirmation", {}).json()
    assert done["outside"][0]["authentication"] == "both_sides"
    assert done["outside"][0]["exhibits"][0]["weight"] == "counts"


def test_files_are_described_hidden_redacted_and_withdrawn_with_a_reason(callers, place):
    case, dispute, _ = place
    handle = sent(callers["buyer"], picture(), "p.png")
    body = {"evidence": [handle], "shows": "the crack", "platform_only": True}
    own = callers["buyer"].post(f"{dispute}/evidence", body).json()["evidence"][1]
    assert (own["shows"], own["platform_only"]) == ("the crack", True)
    others = callers["seller"].get(dispute).json()["evidence"][1]
    assert others["sha256"] is others["name"] is others["shows"] is None
    assert callers["seller"].get(f"{dispute}/evidence/2/content").status_code == 404
    assert callers["seller"].get(f"{dispute}/evidence/2/custody").status_code == 404
    handle = sent(callers["buyer"], picture(4), "q.png")
    callers["buyer"].post(f"{dispute}/evidence", {"evidence": [handle]})
    boxes = {"boxes": [[0, 0, 500, 500]]}
    assert callers["buyer"].send("PUT", f"{dispute}/evidence/3/redaction", boxes).status_code == 200
    seen = callers["seller"].get(dispute).json()["evidence"][2]
    mine = callers["buyer"].get(dispute).json()["evidence"][2]
    assert (seen["media_type"], mine["media_type"]) == ("image/jpeg", "image/png")
    wrong = {"boxes": [[9, 9, 1, 1]]}
    answer = callers["buyer"].send("PUT", f"{dispute}/evidence/3/redaction", wrong)
    assert answer.json()["errors"][0]["pointer"] == "/boxes"
    other = callers["seller"].send("PUT", f"{dispute}/evidence/3/redaction", boxes)
    assert other.json()["type"] == "/problems/exhibit_unknown"
    none = callers["buyer"].send("PUT", f"{dispute}/evidence/77/redaction", boxes)
    assert none.json()["type"] == "/problems/exhibit_unknown"
    callers["buyer"].send("DELETE", f"{dispute}/evidence/3?reasons=blurred")
    assert callers["seller"].get(dispute).json()["evidence"][2]["withdrawn"] == "blurred"
    chain = callers["specialist"].get(f"{dispute}/evidence/3/custody").json()
    acts = [one["act"] for one in chain["links"]]
    assert acts == ["received", "submitted", "redacted", "withdrawn"]
    assert case.file.version


KINDS = {
    "a.txt": b"call +49 170 1234567",
    "a.png": picture(),
    "a.eml": b"From: a@b.example\nSubject: x\nDate: y\n\nagreed",
}


@pytest.mark.parametrize("name", KINDS)
def test_redacting_the_other_sides_file_tells_nothing_of_it(name, callers, place):
    _, dispute, _ = place
    handle = sent(callers["seller"], KINDS[name], name)
    callers["seller"].post(f"{dispute}/evidence", {"evidence": [handle], "platform_only": True})
    told = {
        callers["buyer"]
        .send("PUT", f"{dispute}/evidence/2/redaction", {"boxes": boxes})
        .json()["type"]
        for boxes in ([], [[0, 0, 10, 10]])
    }
    assert told == {"/problems/exhibit_unknown"}


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_names_its_field(when, callers, place):
    _, dispute, order = place
    body = {"channel": "phone_call", "summary": "x", "happened_at": when}
    answer = callers["buyer"].post(f"{dispute}/outside", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/happened_at")
    held = callers["operator"].send("PUT", f"{order}/hold", {"claim": "x", "review_at": when})
    assert (held.status_code, held.json()["errors"][0]["pointer"]) == (422, "/review_at")


def test_a_download_is_on_the_chain_of_custody(callers):
    case = full_case()
    dispute = f"/api/v1/disputes/{case.file.the_dispute.id}"
    b"".join(callers["seller"].get(f"{dispute}/evidence/1/content").streaming_content)
    links = callers["buyer"].get(f"{dispute}/evidence/1/custody").json()["links"]
    assert [(one["act"], one["role"], one["record"]) for one in links][-1] == (
        "downloaded",
        "seller",
        "C1",
    )
    assert callers["buyer"].get(f"{dispute}/evidence/99/custody").status_code == 404


def test_a_case_file_comes_without_anybody_s_help_and_verifies(callers, tmp_path):
    case = full_case()
    dispute = f"/api/v1/disputes/{case.file.the_dispute.id}"
    told = callers["buyer"].get(f"{dispute}/case-file/moment").json()
    first = b"".join(callers["buyer"].get(told["href"]).streaming_content)
    again = b"".join(callers["buyer"].get(told["href"]).streaming_content)
    assert first == again
    path = tmp_path / told["name"]
    path.write_bytes(first)
    assert len(list(verify(path, [current().proofs.signer.line()]))) == 10
    court = callers["seller"].get(f"{dispute}/case-file?forum=court&law=us")
    with zipfile.ZipFile(io.BytesIO(b"".join(court.streaming_content))) as archive:
        assert any("fre_902_14" in name for name in archive.namelist())
    for query in ("moment=1.2.3.4.1", "forum=senate", "law=mars", "moment=...."):
        answer = callers["buyer"].get(f"{dispute}/case-file?{query}")
        assert answer.status_code == 422, query


def test_planted_secrets_reach_nobody_who_may_not_see_them(callers):
    case = full_case()
    dispute = f"/api/v1/disputes/{case.file.the_dispute.id}"
    order = f"/api/v1/orders/{case.order_id}"
    digest = case.file.the_dispute.exhibits[1].sha256
    places = [dispute, f"{dispute}/timeline", f"{order}/messages", order, "/api/v1/disputes"]
    places += [f"{dispute}/evidence/{number}/custody" for number in range(1, 5)]
    for where in places:
        answer = callers["buyer"].get(where).content.decode()
        assert CANARY not in answer
        assert digest not in answer, where
    stranger = callers["other-buyer"]
    for where in [*places, f"{dispute}/case-file", f"{dispute}/evidence/1/content"]:
        if where != "/api/v1/disputes":
            assert stranger.get(where).status_code == 404


def test_anybody_can_check_the_log(callers):
    case = full_case()
    nothing = callers["anonymous"].get("/api/v1/log/checkpoint")
    assert nothing.status_code == 404
    proof = callers["buyer"].get(f"/api/v1/orders/{case.order_id}/inclusion").json()
    note = callers["anonymous"].get("/api/v1/log/checkpoint").content.decode()
    checkpoint = read_checkpoint(read(note).text)
    leaf = leaf_hash(leaf_bytes(Head(proof["order_id"], proof["entry"], proof["hash"])))
    path = [bytes.fromhex(one) for one in proof["path"]]
    assert included(leaf, proof["index"], checkpoint.size, path, checkpoint.root)
    Case().registered().opened()
    other = Case().registered()
    callers["operator"].get(f"/api/v1/orders/{other.order_id}/inclusion")
    later = read_checkpoint(
        read(callers["buyer"].get("/api/v1/log/checkpoint").content.decode()).text
    )
    query = f"/api/v1/log/consistency?old={checkpoint.size}&new={later.size}"
    steps = [bytes.fromhex(one) for one in callers["anonymous"].get(query).json()["path"]]
    assert consistent(checkpoint.size, later.size, (checkpoint.root, later.root), steps)
    wrong = callers["anonymous"].get("/api/v1/log/consistency?old=9&new=3")
    assert wrong.status_code == 422


def test_a_witness_hands_its_name_in(callers, tmp_path):
    case = full_case()
    callers["buyer"].get(f"/api/v1/orders/{case.order_id}/inclusion")
    own = signer("witness.example", bytes(32))
    published = callers["anonymous"].get("/api/v1/log/checkpoint").content.decode()
    witness = Witness(own, current().proofs.signer.line(), tmp_path / "seen")
    signed = witness.witnessed(published, lambda *_: [], 1_800_000_000).encode()
    with replaced(witnesses=(own.line(COSIGNATURE),)):
        answer = callers["anonymous"].send("POST", "/api/v1/log/cosignatures", signed)
        assert answer.json() == {"name": "witness.example", "size": 1}
    for body in (signed, b"\xff", b"x" * 30_000, b""):
        answer = callers["anonymous"].send("POST", "/api/v1/log/cosignatures", body)
        assert answer.status_code == 422


def test_a_hold_is_placed_and_lifted_by_the_operator(callers, place):
    _, _, order = place
    held = callers["operator"].send("PUT", f"{order}/hold", CLAIM).json()
    assert (held["held"], held["review_at"][:4]) == (True, "2099")
    again = callers["operator"].send("PUT", f"{order}/hold", CLAIM)
    assert again.status_code == 409
    lifted = callers["operator"].post(f"{order}/hold/release", {"reasons": "settled"}).json()
    assert lifted["held"] is False
    shown = json.dumps(callers["buyer"].get(f"{place[1]}/timeline").json())
    assert "court file 7" not in shown
    assert "legal hold" not in shown.lower()


def test_a_file_that_was_deleted_after_its_time_is_gone(callers):
    case = full_case()
    case.do(BUYER, asked.WithdrawDispute())
    retention.announce(current(), case.order_id)
    case.jump(timedelta(days=1_100))
    retention.purge(current(), case.order_id, VIEWERS[OPERATOR])
    place = f"/api/v1/disputes/{case.file.the_dispute.id}/evidence"
    answer = callers["buyer"].get(f"{place}/1/content")
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/deleted")
    assert callers["buyer"].get(f"{place}/99/content").status_code == 404
