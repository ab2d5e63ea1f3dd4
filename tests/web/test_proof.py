"""Proof asked for, statements, departures, the decision notice: as people and machines see them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api.conftest import callers  # noqa: F401 - a fixture
from dossier import upload
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Subcase
from web.test_pages import PNG, finish, hidden, page_of
from world import (
    BUYER,
    DAY,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    Case,
    terms,
    text,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
KINDS = (
    "single_item_weight_photo",
    "packed_parcel_weight_photo",
    "shipping_receipt",
    "carrier_weight_certificate",
)


def short() -> Case:
    """Pieces are missing; the platform has asked the seller for four documents."""
    case = Case().registered().opened(subcase=Subcase.SHORT_LOADED)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    return case


def lapsed() -> Case:
    """The documents did not come, and a specialist has counted."""
    case = short().pass_time(3 * DAY + SECOND)
    found = asked.RecordFinding("goods.quantity_received_pieces", "30", (1,), text("counted"))
    case.do(SPECIALIST, found)
    return case


def test_the_seller_sees_each_document_what_is_missing_until_when_and_what_follows(
    visitors,
):
    case = short()
    page = visitors["seller"].get(page_of(case)).content.decode()
    assert "Documents the platform asks for" in page
    assert "From you: The four weight documents; each of them is needed." in page
    assert page.count("Missing</span>") == 4
    assert "If they come" in page
    assert 'href="#clock-proof.weight"' in page
    assert (
        "From the seller: The four weight" in visitors["buyer"].get(page_of(case)).content.decode()
    )


def test_before_a_file_is_submitted_the_form_says_what_it_meets_and_what_is_still_missing(
    visitors,
):
    case = short()
    place = f"{page_of(case)}prove/weight/"
    upload = {"uploads": SimpleUploadedFile("a.png", PNG), "kind": KINDS[0]}
    check = visitors["seller"].post(place, upload).content.decode()
    assert "It counts as: One item on a scale." in check
    assert check.count("Still missing until") == 3
    assert visitors["seller"].post(place, hidden(check)).status_code == 302
    for kind in KINDS[1:]:
        upload = {"uploads": SimpleUploadedFile(f"{kind}.png", PNG), "kind": kind}
        assert finish(visitors["seller"], place, upload).status_code == 302
    page = visitors["buyer"].get(page_of(case)).content.decode()
    assert "Came in time" in page
    assert "The documents asked for came in time (weight)" in page


def test_what_may_be_asked_is_told_before_it_is_and_what_is_there_is_named(visitors):
    case = Case().registered().opened(subcase=Subcase.SHORT_LOADED)
    case.do(SELLER, asked.AddEvidence(upload(b"40 g", kind="single_item_weight_photo")))
    page = visitors["seller"].get(page_of(case)).content.decode()
    listed = page[page.index('id="checklist"') : page.index("</details>")]
    assert "What may be asked of you in a case like this: 1 thing" in listed
    assert "The four weight documents; each of them is needed." in listed
    assert listed.count("Not here yet") == 3
    assert "There:" in listed
    assert "the share of the missing pieces is refunded" in listed
    kinds = re.findall(r'<option value="(\w+)">', page)
    assert {*kinds[:4]} == {*KINDS}
    assert 'id="checklist"' not in visitors["specialist"].get(page_of(case)).content.decode()
    assert 'id="checklist"' not in visitors["seller"].get(page_of(short())).content.decode()


def test_the_last_step_of_a_filing_tells_what_may_be_asked(visitors):
    order = Case().registered()
    sent = {"reason": "not_as_agreed", "subcase": "damaged", "kind": "refund_only", "at": "2"}
    place = f"/orders/{order.order_id}/dispute/"
    step = visitors["buyer"].post(place, {**sent, "line_1": "5.00"}).content.decode()
    assert "Evidence of the buyer or the carrier for who caused the damage." in step


def test_the_form_of_a_request_is_its_own_sides_alone(visitors):
    case = short()
    upload = {"uploads": SimpleUploadedFile("a.png", PNG), "kind": "shipping_receipt"}
    for who, request in (("buyer", "weight"), ("seller", "nothing")):
        place = f"{page_of(case)}prove/{request}/"
        assert visitors[who].get(place).status_code == 404
        assert visitors[who].post(place, upload).status_code == 404
    page = visitors["seller"].get(f"{page_of(case)}prove/weight/").content.decode()
    assert "each of them is needed. Until" in page


def test_a_file_that_is_there_is_named_and_counts(visitors):
    case = short()
    seller = visitors["seller"]
    seller.post(f"{page_of(case)}evidence/", {"uploads": SimpleUploadedFile("a.png", PNG)})
    place = f"{page_of(case)}name/2/"
    assert seller.get(place).status_code == 200
    assert seller.post(place, {"kind": "shipping_receipt"}).status_code == 302
    assert "Shows: " in seller.get(page_of(case)).content.decode()


def test_both_sides_say_what_they_know_and_what_is_alike_is_agreed(visitors):
    case = lapsed().pass_time(timedelta(0))
    place = f"{page_of(case)}state/goods-quantity_received_pieces/"
    for who in ("buyer", "seller"):
        assert "Say what you know" in visitors[who].get(page_of(case)).content.decode()
        assert visitors[who].post(place, {"value": "31"}).status_code == 302
    page = visitors["specialist"].get(page_of(case)).content.decode()
    assert "The buyer says: 31. The seller says: 31." in page
    for fact in ("no-fact", "order-total_paid"):
        answer = visitors["buyer"].post(f"{page_of(case)}state/{fact}/", {"value": "1.00"})
        assert answer.status_code == 404


def test_a_plan_beside_the_rulebook_is_checked_explained_and_agreed_by_a_second_person(
    visitors,
):
    case = lapsed()
    place = f"{page_of(case)}platform-plan/"
    typed = {
        "kind": "refund_only",
        "goods": "100.00",
        "return_freight": "seller",
        "note": "because",
    }
    refused = visitors["specialist"].post(place, typed)
    assert (refused.status_code, b"The rulebook leads to" in refused.content) == (422, True)
    typed["departs"] = "Boxes were soaked."
    check = visitors["specialist"].post(place, typed).content.decode()
    assert "A second person has to agree before anything is put up." in check
    done = finish(visitors["specialist"], place, typed)
    assert done.status_code == 302
    shown = visitors["buyer"].get(page_of(case)).content.decode()
    assert ("Boxes were soaked." in shown, "second person" in shown) == (False, False)
    waiting = visitors["operator"].get(page_of(case)).content.decode()
    assert "Boxes were soaked." in waiting
    confirm = visitors["operator"].get(f"{page_of(case)}confirm-departure/").content.decode()
    for told in (
        "Boxes were soaked.",
        "What both sides read: because",
        "In money: USD 100.00 to the buyer",
    ):
        assert told in confirm
    assert (
        visitors["operator"].post(f"{page_of(case)}confirm-departure/", hidden(confirm)).status_code
        == 302
    )
    notice = visitors["seller"].get(f"{page_of(case)}decision/").content.decode()
    assert "Boxes were soaked." in notice
    assert "Put up by two persons of the desk." in notice


def test_the_decision_notice_names_rules_facts_proof_and_what_would_have_changed_it(
    visitors,
):
    case = lapsed()
    assert visitors["buyer"].get(f"{page_of(case)}decision/").status_code == 404
    form = visitors["specialist"].get(f"{page_of(case)}platform-plan/").content.decode()
    assert 'value="189.00"' in form
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 18_900)))
    assert "Why the platform’s plan" in visitors["buyer"].get(page_of(case)).content.decode()
    for who in ("buyer", "seller", "specialist"):
        page = visitors[who].get(f"{page_of(case)}decision/").content.decode()
        assert "The buyer gets USD 189.00; nothing is sent back." in page
        assert "Rule A-5a" in page
        assert "presumed, because the proof did not come in time" in page
        assert "found by a specialist" in page
        assert "Did not come in time" in page
        assert "If the seller had shown this" in page
    case.pass_time(3 * DAY + SECOND)
    case.do(SPECIALIST, asked.IssueAward(terms(ONLY, 18_900)))
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    assert "Closed: the platform decided. The buyer gets USD 189.00 back." in page


def ruled() -> Case:
    """The platform has put up what the rulebook leads to; nobody has accepted it yet."""
    case = lapsed()
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 18_900, note="by weight")))
    return case


def test_an_agreement_on_another_plan_than_the_platforms_is_nobodys_decision(visitors):
    case = ruled()
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    assert "How it ended" in page
    assert "The two sides ended it themselves" in page
    for told in ("specialist of the desk", "by weight", "USD 189.00", "The rules it rests on"):
        assert told not in page, told


def test_an_agreement_on_the_platforms_plan_is_told_with_its_reasons(visitors):
    case = ruled()
    for side in (BUYER, SELLER):
        case.do(side, asked.AcceptPlan("platform-1", 1, None))
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    for told in ("How it ended", "Both sides accepted the plan of the platform.", "by weight"):
        assert told in page, told
    assert "Decided by" not in page


def test_whoever_set_the_amount_is_named(visitors):
    case = lapsed()
    plan = terms(ONLY, 1_000, note="a part")
    case.do(SPECIALIST, asked.ProposePlatformPlan(plan, text("soaked")))
    case.do(OPERATOR, asked.ConfirmDeparture())
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    assert "Two persons of the desk set the amount. By the rulebook it would have been" in page
    assert "USD 189.00" in page
    assert "A program worked out" not in page


def test_a_fact_that_was_found_says_what_and_asks_nobody_to_show_it(visitors):
    page = visitors["seller"].get(page_of(lapsed())).content.decode()
    turns_on = page[page.index('id="points"') :]
    found = turns_on[: turns_on.index("</li>")]
    assert "The desk found: <strong>30</strong>" in found
    assert "You have to show it." not in found


def test_the_panel_shows_the_clock_of_whoever_is_waited_for(visitors):
    case = short()
    page = visitors["specialist"].get(page_of(case)).content.decode()
    panel = page[page.index('class="turn') : page.index("</section>")]
    due = min(one.due_at for one in case.file.the_dispute.clocks if one.must_act is SELLER)
    assert "Waiting for the seller" in panel
    assert f'data-deadline="{due.isoformat()}"' in panel


def test_a_return_that_is_agreed_is_not_called_over(visitors):
    case = Case().registered().opened(RETURN, (Item(GOODS, 1),))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    assert "What was agreed" in page
    assert "The return comes next." in page
    assert "over on this platform" not in page


def test_an_end_without_a_ruling_says_so(visitors):
    case = Case().registered().opened().pass_time(5 * DAY + SECOND)
    page = visitors["seller"].get(f"{page_of(case)}decision/").content.decode()
    assert "the seller did not answer in time" in page
    assert "Ended without a ruling." in page


def test_letters_tell_each_side_what_is_asked_of_whom(visitors):
    from fairhold.flow.desk import current
    from fairhold.flow.letters import letter
    from fairhold.store.models import OutboxMessage

    case = short()
    notice = (
        OutboxMessage.objects.filter(order_id=case.order_id, topic="mail").order_by("id").last()
    )
    body = letter(current(), case.order_id, notice.seq, "seller").body
    assert "The platform asks you for documents by" in body
    assert "weigh" in body


def test_the_api_tells_requests_takes_statements_and_gives_the_decision(callers):  # noqa: F811
    case = short()
    dispute = f"/api/v1/disputes/{case.file.dispute.id}"
    seller = callers["seller"]
    [need] = seller.get(f"{dispute}/requests").json()["items"]
    assert (need["request"]["standing"], need["missing"]) == ("open", list(KINDS))
    assert need["if_given"]["release_minor"] == case.file.order.paid_minor
    stated = seller.post(
        f"{dispute}/statements", {"fact": "goods.quantity_received_pieces", "value": 30}
    ).json()
    assert stated["statements"][0]["value"] == 30
    wrong = seller.post(
        f"{dispute}/statements", {"fact": "goods.quantity_received_pieces", "value": "x"}
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/value")
    assert seller.get(f"{dispute}/decision").status_code == 404
    case.pass_time(3 * DAY + SECOND)
    case.do(
        SPECIALIST, asked.RecordFinding("goods.quantity_received_pieces", "30", (), text("counted"))
    )
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 18_900)))
    told = seller.get(f"{dispute}/decision").json()
    assert (told["final"], told["record"]["clauses"][0]["id"]) == (False, "A-5a")
    assert told["explanation"]["grounds"][0]["facts"][-1]["origin"]


def test_the_api_carries_departures_and_carriers_records(callers):  # noqa: F811
    case = short()
    dispute = f"/api/v1/disputes/{case.file.dispute.id}"
    operator = callers["operator"]
    specialist = callers["specialist"]
    record = {"fact": "tracking.first_event_at", "value": "2026-03-01T08:00:00Z", "reasons": "scan"}
    assert operator.post(f"{dispute}/findings", record).status_code == 200
    case.pass_time(3 * DAY + SECOND)
    plan = {"kind": "refund_only", "goods_minor": 100, "note": "because"}
    refused = specialist.send("PUT", f"{dispute}/platform-plan", plan)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/departure_unexplained")
    waiting = specialist.send(
        "PUT", f"{dispute}/platform-plan", {**plan, "departs": "soaked"}
    ).json()
    assert (waiting["departure"]["reasons"], waiting["plans"][-1]["side"]) == ("soaked", "seller")
    own = specialist.post(f"{dispute}/departure/confirmation", {})
    assert own.json()["type"] == "/problems/second_person_needed"
    put_up = operator.post(f"{dispute}/departure/confirmation", {}).json()
    assert put_up["plans"][-1]["side"] == "platform"
    seller = callers["seller"]
    assert seller.get(dispute).json()["departure"] is None
