"""What is looked at before it is sent: files, what follows, the notice, what cannot be done."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from test_pages import PNG, finish, hidden, page_of
from test_proof import lapsed

from dossier import upload
from fairhold.core.cases.disputes.commands import RefuseAndPropose
from fairhold.store.models import Draft, StagedUpload
from fairhold.web.acts import talk
from fairhold.web.acts.fields import MoneyField
from fairhold.web.viewing import ENOUGH
from world import ONLY, SELLER, terms

pytestmark = pytest.mark.django_db
CHECK = "<h1>Check before you confirm</h1>"
NOBODYS = "01a22940-10db-7166-8163-d9ca259bb034"
FILING = {
    "reason": "not_as_agreed",
    "subcase": "short_loaded",
    "kind": "refund_only",
    "line_1": "20.00",
    "return_freight": "seller",
    "description": "Some are missing.",
    "wanted": "Their price.",
}


def photo(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG + name.encode())


def listed(page: str) -> list[str]:
    return re.findall(r"<bdi>([^<]+\.png)</bdi>", page)


def test_the_check_page_lists_the_files_and_one_can_be_left_out(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    buyer = visitors["buyer"]
    check = buyer.post(place, {**FILING, "uploads": [photo("a.png"), photo("b.png")]})
    assert listed(check.content.decode()) == ["a.png", "b.png"]
    sent = hidden(check.content.decode())
    form = buyer.post(place, {**sent, "step": "back"}).content.decode()
    assert listed(form) == ["a.png", "b.png"]
    first = re.search(r'name="leave_out" value="([^"]+)"', form).group(1)
    again = buyer.post(place, {**sent, "step": "", "leave_out": first}).content.decode()
    assert listed(again) == ["b.png"]
    assert buyer.post(place, hidden(again)).status_code == 302
    assert len(order.file.the_dispute.exhibits) == 1


def test_a_wrong_answer_costs_no_file(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    wrong = {**FILING, "line_1": "much", "uploads": [photo("a.png")]}
    answer = visitors["buyer"].post(place, wrong)
    assert answer.status_code == 422
    assert listed(answer.content.decode()) == ["a.png"]
    kept = re.search(r'name="upload_ids" value="([^"]+)"', answer.content.decode()).group(1)
    assert finish(visitors["buyer"], place, {**FILING, "upload_ids": kept}).status_code == 302


def test_a_file_that_is_no_longer_kept_is_asked_for_again(visitors, order):
    gone = {**FILING, "upload_ids": NOBODYS}
    answer = visitors["buyer"].post(f"/orders/{order.order_id}/dispute/", gone)
    assert (answer.status_code, "no longer kept" in answer.content.decode()) == (422, True)


def test_what_would_be_refused_is_refused_before_anybody_confirms(visitors, case):
    finish(visitors["buyer"], f"{page_of(case)}withdraw/", {})
    plan = {"kind": "refund_only", "goods": "1.00", "return_freight": "seller", "note": "Too late"}
    answer = visitors["seller"].post(f"{page_of(case)}refuse/", plan)
    assert answer.status_code == 409
    assert CHECK not in answer.content.decode()
    assert "Too late" in answer.content.decode()


def test_a_party_cannot_let_the_platform_pay_for_the_way_back(visitors, case):
    plan = {"kind": "return_and_refund", "goods": "1.00", "return_freight": "platform"}
    answer = visitors["seller"].post(f"{page_of(case)}refuse/", plan)
    assert (answer.status_code, b"Select a valid choice" in answer.content) == (422, True)


def test_a_filing_is_offered_only_to_whoever_can_file_now(visitors, case, order):
    answers = {
        "seller": visitors["seller"].get(f"/orders/{order.order_id}/dispute/"),
        "with a dispute": visitors["buyer"].get(f"/orders/{case.order_id}/dispute/"),
    }
    assert {name: one.status_code for name, one in answers.items()} == dict.fromkeys(answers, 409)
    assert visitors["buyer"].get(f"/orders/{order.order_id}/dispute/").status_code == 200


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("seller", "accept/nonsense/", 404),
        ("seller", "accept/seller-1/", 409),
        ("seller", "change/buyer-1/", 404),
        ("buyer", "name/77/", 404),
        ("seller", "redact/1/", 404),
        ("seller", "withdraw-evidence/1/", 404),
        ("seller", "confirm-outside/5/", 404),
    ],
)
def test_nothing_is_offered_on_what_is_not_there_or_not_ones_own(
    visitors, case, who, place, status
):
    case.do(SELLER, RefuseAndPropose(terms(ONLY, 5_000), upload(b"weighed")))
    answer = visitors[who].get(f"{page_of(case)}{place}")
    assert answer.status_code == status
    assert CHECK not in answer.content.decode()


def test_the_desk_reads_the_whole_notice_before_it_is_sent(visitors):
    case = lapsed()
    place = f"{page_of(case)}platform-plan/"
    typed = {"kind": "refund_only", "return_freight": "seller", "note": "By weight."}
    form = visitors["specialist"].get(place).content.decode()
    typed["goods"] = re.search(r'name="goods" value="([^"]*)"', form).group(1)
    check = visitors["specialist"].post(place, typed).content.decode()
    assert "This is the notice as both sides will read it." in check
    assert "The rules it rests on" in check
    assert "By weight." in check
    assert not case.file.the_dispute.plan("platform-1")


def test_an_open_page_says_that_its_reader_is_signed_out(client, case):
    place = f"{page_of(case)}pulse/1"
    answer = client.get(place, headers={"HX-Current-URL": f"https://desk.example{page_of(case)}"})
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page) == (ENOUGH, False)
    assert "You are signed out" in page
    assert f"next={page_of(case)}" in page


def test_an_open_page_asks_for_news_at_little_cost(visitors, case, statements):
    version = case.file.version
    place = f"{page_of(case)}pulse"
    with statements:
        assert visitors["buyer"].get(f"{place}/{version}").status_code == 204
    assert len(statements.sql) <= 3
    moved = visitors["buyer"].get(f"{place}/{version - 1}")
    assert (moved.status_code, b"moved on" in moved.content) == (ENOUGH, True)
    assert visitors["buyer"].get(f"/disputes/{NOBODYS}/pulse/{version}").status_code == 404


def test_a_sign_of_presence_needs_a_person_and_a_case(client, visitors, case):
    place = f"/queue/{case.file.the_dispute.id}/presence"
    assert client.post(place).status_code == 401
    assert visitors["specialist"].post(place).status_code == 200
    assert visitors["specialist"].post(f"/queue/{NOBODYS}/presence").status_code == 404


@pytest.mark.parametrize(
    ("currency", "typed", "minor"),
    [
        ("USD", "1,000.50", 100_050),
        ("USD", "1.000,50", 100_050),
        ("USD", "1 000,50", 100_050),
        ("USD", "1,234,567", 123_456_700),
        ("USD", "\u0661\u0662\u066b\u0665\u0660", 1_250),
        ("JPY", "1,250", 1_250),
        ("KWD", "1,250", 1_250),
        ("USD", "1,250", None),
        ("USD", "1.2.3", None),
        ("USD", "-5", None),
    ],
)
def test_amounts_are_read_the_way_people_write_them(currency, typed, minor):
    field = MoneyField(currency=currency, most_minor=10**9)
    if minor is None:
        with pytest.raises(ValidationError, match=r"Enter a number like|digits after the point"):
            field.clean(typed)
    else:
        assert field.clean(typed) == minor


def test_a_file_of_the_last_step_is_kept_once(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    sent = {**FILING, "at": "3", "uploads": [photo("a.png")]}
    check = visitors["buyer"].post(place, sent).content.decode()
    assert listed(check) == ["a.png"]
    assert StagedUpload.objects.count() == 1
    wrong = {**FILING, "at": "3", "description": "", "uploads": [photo("b.png")]}
    step = visitors["buyer"].post(place, wrong)
    assert (step.status_code, listed(step.content.decode())) == (422, ["b.png"])


def test_a_step_back_keeps_the_files_that_were_chosen(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    back = {**FILING, "at": "3", "step": "earlier", "uploads": [photo("a.png"), photo("b.png")]}
    step = visitors["buyer"].post(place, back).content.decode()
    assert "Step 3 of 5" in step
    kept = re.search(r'name="upload_ids" value="([^"]+)"', step).group(1).split(",")
    assert len(kept) == 2
    out = {**FILING, "at": "3", "step": "earlier", "upload_ids": ",".join(kept)}
    step = visitors["buyer"].post(place, {**out, "leave_out": kept[0]}).content.decode()
    assert re.search(r'name="upload_ids" value="([^"]+)"', step).group(1) == kept[1]
    drawing = SimpleUploadedFile("c.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    told = visitors["buyer"].post(place, {**out, "uploads": [drawing]})
    assert (told.status_code, b"Step 4 of 5" in told.content) == (422, True)
    assert b"c.svg" in told.content


def test_more_files_than_are_taken_at_once_are_named(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    many = [photo(f"{number}.png") for number in range(11)]
    wrong = {**FILING, "line_1": "much", "uploads": many}
    page = visitors["buyer"].post(place, wrong).content.decode()
    assert "10.png: not taken, 10 files are the most at once." in page
    assert StagedUpload.objects.count() == 10


def test_a_file_that_a_form_does_not_take_is_an_error_and_no_defect(visitors, case):
    answer = visitors["seller"].post(
        f"{page_of(case)}accept/buyer-1/", {"version": "1", "upload_ids": NOBODYS}
    )
    assert (answer.status_code, "no longer kept" in answer.content.decode()) == (422, True)


def test_nobody_outside_is_asked_before_an_act_is_confirmed(visitors, case, monkeypatch):
    verified = []
    monkeypatch.setattr(talk, "seen_among", lambda *_: verified.append("now"))
    mail = SimpleUploadedFile("a.eml", b"From: a@b.example\nSubject: x\nDate: y\n\nagreed")
    typed = {"channel": "email", "summary": "Three are missing, they say.", "uploads": [mail]}
    place = f"{page_of(case)}outside/"
    check = visitors["buyer"].post(place, typed)
    assert CHECK in check.content.decode()
    assert verified == []
    sent = hidden(check.content.decode())
    assert visitors["buyer"].post(place, sent).status_code == 302
    assert verified == ["now"]


def test_a_departure_is_said_to_wait_and_not_to_be_done(visitors):
    case = lapsed()
    place = f"{page_of(case)}platform-plan/"
    typed = {"kind": "refund_only", "goods": "1.00", "return_freight": "seller", "note": "a part"}
    assert finish(visitors["specialist"], place, {**typed, "departs": "soaked"}).status_code == 302
    page = visitors["specialist"].get(page_of(case)).content.decode()
    assert "It waits for a second person of the desk." in page
    assert "Done: " not in page


def test_a_bad_file_leaves_one_in_the_step_where_it_was_chosen(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    drawing = SimpleUploadedFile("c.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    sent = {**FILING, "at": "3", "uploads": [photo("a.png"), drawing]}
    step = visitors["buyer"].post(place, sent)
    page = step.content.decode()
    assert (step.status_code, "Step 4 of 5" in page, listed(page)) == (422, True, ["a.png"])


def test_a_filing_that_was_left_goes_on_where_it_was_with_its_files(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    typed = {**FILING, "at": "3", "description": "", "uploads": [photo("a.png")]}
    assert visitors["buyer"].post(place, typed).status_code == 422
    again = visitors["buyer"].get(place).content.decode()
    assert "Step 4 of 5" in again
    assert listed(again) == ["a.png"]
    held = visitors["buyer"].get("/drafts/", {"of": place}).content.decode()
    assert "upload_ids" not in held


def test_the_check_page_is_the_last_step_and_leaves_out_what_was_not_asked(visitors, order):
    place = f"/orders/{order.order_id}/dispute/"
    lost = {**FILING, "reason": "not_received", "subcase": "", "at": "3"}
    check = visitors["buyer"].post(place, lost).content.decode()
    assert "Step 5 of 5" in check
    assert "what exactly?" not in check
    assert "return freight" not in check


@pytest.mark.parametrize(
    ("typed", "told"),
    [("20.005", "This currency has 2 digits after the point"), ("9" * 24, "Enter an amount up to")],
)
def test_a_number_that_does_not_fit_is_told_apart_from_no_number(typed, told):
    with pytest.raises(ValidationError, match=told):
        MoneyField(currency="USD", most_minor=10**9).clean(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"line_1": "5.00", "freight": "2"}, "Together USD 7.00 of USD 756.00 that is held."),
        ({"line_1": "5.00", "freight": "much"}, ""),
        ({"line_1": ""}, ""),
    ],
)
def test_the_sum_of_a_filing_runs_along_while_it_is_typed(visitors, order, typed, told):
    place = f"/orders/{order.order_id}/dispute/?total"
    answer = visitors["buyer"].post(place, {**FILING, **typed})
    assert (answer.status_code, answer.content.decode()) == (200, told)
    assert answer["Content-Type"].startswith("text/plain")
    assert not Draft.objects.exists()
