"""The pages of what is said and shown, as people finish them, without JavaScript."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossier import full_case, picture
from fairhold.adapters.casefile.checks import verify
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.flow.sealing import drain
from fairhold.store.log import LostAppend
from web.test_pages import MOST_STATEMENTS, finish, hidden, page_of
from world import BUYER, SELLER, Case, text

pytestmark = pytest.mark.django_db
CANARY = "SECRET-CANARY-42"


def file(content=b"hello", name="a.txt"):
    return SimpleUploadedFile(name, content)


def test_a_buyer_writes_and_a_seller_reads_it_with_its_file(visitors):
    case = Case().registered()
    place = f"/orders/{case.order_id}/messages/"
    said = {"text": "Where is it?", "tag": "objection", "uploads": [file()]}
    sent = visitors["buyer"].post(f"/orders/{case.order_id}/do/message/", said)
    assert sent.headers["Location"] == place
    page = visitors["seller"].get(place).content.decode()
    assert "Where is it?" in page
    assert "objection" in page
    attached = visitors["seller"].get(f"/orders/{case.order_id}/files/1")
    assert b"".join(attached.streaming_content) == b"hello"
    assert visitors["seller"].get(f"/orders/{case.order_id}/files/2").status_code == 404
    again = visitors["buyer"].get(place).content.decode()
    assert re.search(r"Seller</dt><dd>up to entry", again)


def test_a_message_that_does_not_fit_keeps_what_was_typed(visitors):
    case = Case().registered()
    typed = {"text": "A long thought", "language": "english", "reply_to": "7"}
    answer = visitors["buyer"].post(f"/orders/{case.order_id}/do/message/", typed)
    assert answer.status_code == 422
    assert "A long thought" in answer.content.decode()
    assert "short code of a language" in answer.content.decode()
    del typed["language"]
    answer = visitors["buyer"].post(f"/orders/{case.order_id}/do/message/", typed)
    assert answer.status_code == 404
    assert "A long thought" in answer.content.decode()


def test_terms_are_proposed_checked_and_agreed(visitors):
    case = Case().registered()
    base = f"/orders/{case.order_id}/do"
    typed = {"note": "It ships later", "promise_days": "45", "delivery_address": "5 Quay, Tangier"}
    finish(visitors["seller"], f"{base}/terms/", typed)
    page = visitors["buyer"].get(f"/orders/{case.order_id}/messages/").content.decode()
    assert "It ships later" in page
    assert "45 days" in page
    check = visitors["buyer"].get(f"{base}/accept-terms/1/").content.decode()
    assert "next version" in check
    visitors["buyer"].post(f"{base}/accept-terms/1/", hidden(check))
    assert case.file.the_order.agreement.promise_days == 45
    assert visitors["buyer"].get(f"{base}/accept-terms/1/").status_code == 409
    assert visitors["buyer"].get(f"{base}/nonsense/").status_code == 404
    finish(visitors["buyer"], f"{base}/terms/", {"note": "x", "promise_days": "50"})
    check = visitors["seller"].get(f"{base}/decline-terms/2/").content.decode()
    visitors["seller"].post(f"{base}/decline-terms/2/", hidden(check))
    assert case.file.the_order.amendment is None


def test_what_was_said_elsewhere_is_brought_in_and_confirmed(visitors):
    case = Case().registered().opened()
    place = page_of(case)
    typed = {
        "channel": "email",
        "summary": "They agreed.",
        "happened_on": "2026-03-01",
        "uploads": [file(b"From: a@b.example\nSubject: x\nDate: y\n\nagreed", "m.eml")],
    }
    finish(visitors["seller"], f"{place}outside/", typed)
    page = visitors["buyer"].get(place).content.decode()
    assert "one side stands for it" in page.lower()
    assert "Does not count yet" in page
    check = visitors["buyer"].get(f"{place}confirm-outside/1/").content.decode()
    visitors["buyer"].post(f"{place}confirm-outside/1/", hidden(check))
    assert "Both sides confirmed it" in visitors["seller"].get(place).content.decode()
    call = {"channel": "phone_call", "summary": "They rang."}
    finish(visitors["seller"], f"{place}outside/", call)
    finish(visitors["buyer"], f"{place}contest-outside/2/", {"reasons": "nobody rang"})
    assert "nobody rang" in visitors["specialist"].get(place).content.decode()


def test_one_bad_file_of_several_leaves_the_others_in_the_form(visitors):
    case = Case().registered().opened()
    place = f"{page_of(case)}evidence/"
    files = [file(picture(), "a.png"), file(b"<svg/>", "b.svg"), file(b"hello", "c.txt")]
    answer = visitors["buyer"].post(place, {"uploads": files, "shows": "the lamp"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“b.svg” is none of the kinds" in page
    assert re.findall(r"data-id=.*?<bdi>(.*?)</bdi>", page) == ["a.png", "c.txt"]
    kept = re.search(r'name="upload_ids" value="([^"]+)"', page).group(1)
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    done = visitors["buyer"].post(place, {"upload_ids": kept, "key": key, "shows": "the lamp"})
    assert done.status_code == 302
    assert len(case.file.the_dispute.exhibits) == 3
    assert "the lamp" in visitors["seller"].get(page_of(case)).content.decode()


def ahead(client, content: bytes) -> str:
    """Send a file ahead of its form; its handle."""
    place = client.post("/uploads/resumable/", headers={"Upload-Length": str(len(content))})
    kind = "application/offset+octet-stream"
    start = {"Upload-Offset": "0"}
    sent = client.patch(place["Location"], content, content_type=kind, headers=start)
    return sent["Upload-Staged"]


def test_files_that_left_ahead_are_each_described(visitors):
    case = Case().registered().opened()
    handles = [ahead(visitors["buyer"], content) for content in (picture(), picture(5))]
    typed = {
        "upload_ids": ",".join(handles),
        f"shows-{handles[0]}": "the crack",
        f"kind-{handles[0]}": "defect_photo_video",
        "shows": "the box",
        "platform_only": "on",
    }
    assert visitors["buyer"].post(f"{page_of(case)}evidence/", typed).status_code == 302
    first, second = case.file.the_dispute.exhibits[1:]
    assert (first.kind, second.kind) == ("defect_photo_video", None)
    assert first.platform_only
    assert second.platform_only
    wrong = {**typed, f"kind-{handles[0]}": "nonsense"}
    answer = visitors["buyer"].post(f"{page_of(case)}evidence/", wrong)
    assert "Choose a kind from the list" in answer.content.decode()
    own = visitors["buyer"].get(page_of(case)).content.decode()
    assert "the crack" in own
    others = visitors["seller"].get(page_of(case)).content.decode()
    assert "the crack" not in others
    assert "You do not see this file" in others


def test_a_withdrawn_file_says_why_and_a_redacted_one_is_another(visitors):
    case = Case().registered().opened()
    case_place = page_of(case)
    visitors["buyer"].post(f"{case_place}evidence/", {"uploads": [file(picture(), "p.png")]})
    boxes = {"boxes": "0, 0, 500, 500"}
    assert visitors["buyer"].post(f"{case_place}redact/2/", boxes).status_code == 302
    assert case.file.the_dispute.exhibits[1].redacted
    for wrong in ("1 2 3", "a b c d", "0 0 2000 1"):
        answer = visitors["buyer"].post(f"{case_place}redact/2/", {"boxes": wrong})
        assert answer.status_code == 422
        assert "four whole numbers" in answer.content.decode()
    assert visitors["buyer"].post(f"{case_place}redact/2/", {"boxes": ""}).status_code == 422
    assert visitors["buyer"].post(f"{case_place}redact/9/", boxes).status_code == 422
    finish(visitors["buyer"], f"{case_place}withdraw-evidence/2/", {"reasons": "too dark"})
    assert "too dark" in visitors["seller"].get(case_place).content.decode()
    small = visitors["seller"].get(f"{case_place}evidence/2/small")
    assert small.headers["Content-Type"] == "image/jpeg"
    life = visitors["seller"].get(f"{case_place}evidence/2/custody/").content.decode()
    for word in ("Received", "Submitted", "Redacted", "Withdrawn", "Viewed"):
        assert f"<h3>{word}</h3>" in life
    assert visitors["seller"].get(f"{case_place}evidence/9/custody/").status_code == 404
    assert visitors["seller"].get(f"{case_place}evidence/9/small").status_code == 404


def test_a_party_gets_the_file_of_its_case_at_any_time(visitors, tmp_path):
    case = full_case()
    place = f"{page_of(case)}case-file"
    page = visitors["buyer"].get(f"{place}/").content.decode()
    assert "For a court" in page
    assert "While the dispute runs everything is kept" in page
    answer = visitors["buyer"].post(f"{place}.zip", {"forum": "court", "law": "england"})
    path = tmp_path / "x.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    assert len(list(verify(path))) == 10
    assert visitors["buyer"].post(f"{place}.zip", {"forum": "senate"}).status_code == 422
    assert visitors["buyer"].get(f"{place}.zip").status_code == 405
    case.do(BUYER, asked.WithdrawDispute())
    assert "is kept until" in visitors["buyer"].get(f"{place}/").content.decode()
    assert "is kept until" in visitors["buyer"].get(page_of(case)).content.decode()


def test_a_busy_desk_says_when_to_come_back(visitors, monkeypatch):
    case = full_case()

    def busy(*_):
        raise LostAppend("faster")

    monkeypatch.setattr("fairhold.store.custody.append", busy)
    answer = visitors["buyer"].get(f"/evidence/{case.file.the_dispute.id}/1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_planted_secrets_stand_on_no_page_of_the_other_side(visitors):
    case = full_case()
    digest = case.file.the_dispute.exhibits[1].sha256
    places = [page_of(case), f"{page_of(case)}case-file/", f"/orders/{case.order_id}/messages/"]
    places += [f"{page_of(case)}evidence/{number}/custody/" for number in (1, 3, 4)]
    for place in places:
        page = visitors["buyer"].get(place).content.decode()
        assert CANARY not in page
        assert digest not in page
    assert visitors["buyer"].get(f"/evidence/{case.file.the_dispute.id}/2").status_code == 404
    assert visitors["buyer"].get(f"{page_of(case)}evidence/2/small").status_code == 404
    assert visitors["buyer"].get(f"{page_of(case)}evidence/2/custody/").status_code == 404


def test_only_the_desk_sees_where_else_a_picture_stands(visitors):
    content = picture(2, (640, 480))
    cases = [Case().registered().opened() for _ in range(2)]
    for case in cases:
        visitors["buyer"].post(f"{page_of(case)}evidence/", {"uploads": [file(content, "p.png")]})
    drain(current())
    number = cases[0].file.the_dispute.number
    assert number in visitors["specialist"].get(page_of(cases[1])).content.decode()
    for who in ("buyer", "seller"):
        assert number not in visitors[who].get(page_of(cases[1])).content.decode()


def test_the_pages_need_few_statements(visitors, statements):
    case = full_case()
    for who in ("buyer", "specialist"):
        for place in (page_of(case), f"/orders/{case.order_id}/messages/"):
            visitors[who].get(place)
            with statements as counted:
                assert visitors[who].get(place).status_code == 200
            assert len(counted.sql) <= MOST_STATEMENTS, (place, who, len(counted.sql))


def test_a_page_of_many_messages_quotes_what_is_answered(visitors):
    case = Case().registered().opened()
    case.do(SELLER, asked.PostMessage(text("Which lamp is broken?")))
    case.do(BUYER, asked.PostMessage(text("The third."), reply_to=1))
    page = visitors["specialist"].get(f"/orders/{case.order_id}/messages/").content.decode()
    assert "In answer to message 1: Which lamp is broken?" in page
    assert io.StringIO(page).read()
