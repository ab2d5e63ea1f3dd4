"""The pages as people finish them: without JavaScript, checked first, nothing typed lost."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairhold.accounts.models import Person
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, State
from fairhold.store.queries import entries_of
from world import BUYER, GOODS, ONLY, RETURN, SELLER, SPECIALIST, Case, terms

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60
MOST_STATEMENTS = 12


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the check page, as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def finish(client: Client, place: str, typed: dict):
    """Fill in the form, look at the check page, confirm."""
    check = client.post(place, typed)
    assert check.status_code == 200, check.content.decode()[-3000:]
    assert "Check before you confirm" in check.content.decode()
    return client.post(place, hidden(check.content.decode()))


def page_of(case: Case) -> str:
    return f"/disputes/{case.file.dispute.id}/"


def test_buyer_files_with_a_photo_through_the_check_page(visitors, order):
    typed = {
        "reason": "not_as_agreed",
        "subcase": "short_loaded",
        "kind": "refund_only",
        "line_1": "165,60",
        "return_freight": "seller",
        "description": "Nine lamps are missing.",
        "wanted": "Their price.",
        "uploads": SimpleUploadedFile("lamps.png", PNG),
    }
    answer = finish(visitors["buyer"], f"/orders/{order.order_id}/dispute/", typed)
    assert answer.status_code == 302
    dispute = order.file.dispute
    assert dispute.request.terms.refund.total_minor == 16_560
    assert len(dispute.exhibits) == 1
    page = visitors["seller"].get(answer["Location"]).content.decode()
    assert "Your turn: accept, or refuse with a plan" in page
    assert "Nine lamps are missing." in page


def test_seller_refuses_with_a_plan(visitors, case):
    typed = {
        "kind": "refund_only",
        "goods": "110.40",
        "freight": "",
        "return_freight": "buyer",
        "note": "Six are missing.",
    }
    assert finish(visitors["seller"], f"{page_of(case)}refuse/", typed).status_code == 302
    assert case.file.dispute.plan("seller-1").terms.refund.total_minor == 11_040


def test_acceptance_shows_the_split_and_pays_it(visitors, case):
    place = f"{page_of(case)}accept/buyer-1/"
    check = visitors["seller"].get(place).content.decode()
    assert "USD 165.60 to the buyer" in check
    assert visitors["seller"].post(place, hidden(check)).status_code == 302
    assert case.file.dispute.state is State.CLOSED


def test_double_click_on_accept_is_one_agreement(visitors, case):
    place = f"{page_of(case)}accept/buyer-1/"
    fields = hidden(visitors["seller"].get(place).content.decode())
    assert visitors["seller"].post(place, fields).status_code == 302
    assert visitors["seller"].post(place, fields).status_code == 302
    assert [one.type for one in entries_of(case.order_id)].count("DisputeClosed") == 1


def test_stale_acceptance_shows_what_changed(visitors, case):
    place = f"{page_of(case)}accept/buyer-1/"
    fields = hidden(visitors["seller"].get(place).content.decode())
    case.do(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 20_000)))
    answer = visitors["seller"].post(place, fields)
    assert answer.status_code == 409
    assert "What changed" in answer.content.decode()
    assert case.file.balances.held > 0


def test_refused_form_keeps_every_word(visitors, case):
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 9_000), ()))
    typed = {
        "kind": "refund_only",
        "goods": "1.00",
        "freight": "",
        "return_freight": "buyer",
        "note": "My long explanation.",
        "step": "confirm",
    }
    answer = visitors["seller"].post(f"{page_of(case)}propose/", typed)
    assert answer.status_code == 409
    assert "My long explanation." in answer.content.decode()


@pytest.mark.parametrize("amount", ["abc", "1.234", "-5", "999999999", "1e3", "三"])
def test_amounts_that_cannot_be_are_named_at_their_field(visitors, case, amount):
    typed = {"kind": "refund_only", "goods": amount, "return_freight": "buyer", "note": "x"}
    answer = visitors["seller"].post(f"{page_of(case)}refuse/", typed)
    assert answer.status_code == 422
    assert "Please check the form" in answer.content.decode()


def test_message_and_evidence_from_the_page(visitors, case):
    place = page_of(case)
    assert visitors["buyer"].post(f"{place}message/", {"text": "Hello <b>"}).status_code == 302
    upload = {"uploads": SimpleUploadedFile("a.png", PNG)}
    assert visitors["buyer"].post(f"{place}evidence/", upload).status_code == 302
    page = visitors["seller"].get(place).content.decode()
    assert "Hello &lt;b&gt;" in page
    got = visitors["seller"].get(f"/evidence/{case.file.dispute.id}/2")
    assert got["Content-Disposition"] == 'attachment; filename="E2.png"'
    assert b"".join(got.streaming_content) == PNG


def test_return_from_waybill_to_refund(visitors, order):
    order.opened(RETURN, (Item(GOODS, 1),))
    order.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    typed = {"carrier": "EMS", "waybill": "EE987654326MA"}
    assert finish(visitors["buyer"], f"{page_of(order)}waybill/", typed).status_code == 302
    place = f"{page_of(order)}confirm-return/"
    check = visitors["seller"].get(place).content.decode()
    assert "USD 736.00 is refunded" in check
    assert visitors["seller"].post(place, hidden(check)).status_code == 302
    assert order.file.dispute.state is State.CLOSED


def test_specialist_takes_the_case_from_the_queue_and_proposes(visitors, case):
    desk = visitors["specialist"]
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 9_000), ()))
    assert case.file.dispute.number in desk.get("/queue/?view=open").content.decode()
    place = f"{page_of(case)}step-in/"
    desk.post(place, hidden(desk.get(place).content.decode()))
    typed = {
        "kind": "refund_only",
        "goods": "138.00",
        "return_freight": "buyer",
        "note": "Six are missing; three lose half their price.",
    }
    assert finish(desk, f"{page_of(case)}platform-plan/", typed).status_code == 302
    assert case.file.dispute.standing(SPECIALIST) == ()
    assert case.file.dispute.plan("platform-1").terms.refund.total_minor == 13_800


def test_acts_that_are_not_offered_say_so(visitors, case):
    for slug in ("award", "confirm-return", "withdraw-escalation"):
        answer = visitors["buyer"].get(f"{page_of(case)}{slug}/")
        assert answer.status_code == 409
        assert "cannot be done" in answer.content.decode()


def test_a_case_of_others_is_not_there(visitors, case):
    stranger = Person.objects.create_user(
        "s@x.example", None, name="s", role="buyer", opaque_id="web-s"
    )
    client = Client()
    client.force_login(stranger, backend=settings.AUTHENTICATION_BACKENDS[0])
    for place in (page_of(case), f"{page_of(case)}message/", f"/evidence/{case.file.dispute.id}/1"):
        assert client.get(place).status_code == 404
    assert client.get("/queue/").status_code == 404


def test_the_page_of_a_long_case_takes_at_most_twelve_statements(visitors, case, statements):
    for place in range(40):
        case.do(BUYER, asked.PostMessage(_words(place)))
    visitors["buyer"].get(page_of(case))
    with statements as count:
        assert visitors["buyer"].get(page_of(case)).status_code == 200
    assert len(count.sql) <= MOST_STATEMENTS


def _words(place: int):
    from world import text

    return text(f"message {place}")


def test_a_closed_dispute_shows_what_came_of_it_and_not_what_was_asked(visitors, case):
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(BUYER, asked.AcceptPlan("seller-1", 1, None))
    listed = visitors["buyer"].get("/disputes/?filter=closed").content.decode()
    assert "Refunded to the buyer" in listed
    assert "USD 50.00" in listed
    assert "USD 165.60" not in listed
    panel = visitors["buyer"].get(page_of(case)).content.decode()
    assert "The buyer got USD 50.00." in panel


def test_a_request_adds_up_piece_by_piece(visitors, case):
    page = visitors["seller"].get(page_of(case)).content.decode()
    told = re.sub(r"[\u2066-\u2069]|<[^>]+>", "", page)
    assert "9 × USD 18.40 = USD 165.60 for goods" in told
