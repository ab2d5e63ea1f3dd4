"""Nothing typed is lost: drafts, a session that ended, a case that moved on meanwhile."""

import pytest
from django.conf import settings
from django.test import Client

from fairhold.accounts.models import Person
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.store import drafts
from fairhold.store.models import Draft
from world import BUYER, ONLY, terms

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "refund_only",
    "goods": "not a number",
    "freight": "",
    "return_freight": "buyer",
    "note": "Six are missing.",
}


def refuse(case) -> str:
    return f"/disputes/{case.file.dispute.id}/refuse/"


def test_what_is_typed_is_kept_while_it_is_typed_and_there_again(visitors, case):
    client = visitors["seller"]
    assert client.post("/drafts/save", {**TYPED, "of": refuse(case)}).status_code == 204
    page = client.get(refuse(case)).content.decode()
    assert "Six are missing." in page
    assert "is back in the form" in page
    held = client.get("/drafts/", {"of": refuse(case)})
    assert "Six are missing." in held.content.decode()
    assert "attachment" in held["Content-Disposition"]
    assert visitors["buyer"].get("/drafts/", {"of": refuse(case)}).status_code == 404


def test_a_draft_is_put_away_when_it_was_sent(visitors, case):
    client = visitors["seller"]
    assert client.post(refuse(case), TYPED).status_code == 422
    assert Draft.objects.count() == 1
    fits = {**TYPED, "goods": "50", "step": "confirm"}
    assert client.post(refuse(case), fits).status_code == 302
    assert not Draft.objects.exists()


def test_a_session_that_ended_loses_nothing(case, visitors):
    stranger = Client()
    answer = stranger.post(refuse(case), TYPED)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    session = stranger.session
    assert session["typed_before_sign_in"]["fields"]["note"] == "Six are missing."
    stranger.force_login(
        Person.objects.get(role="seller"), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    assert "Six are missing." in stranger.get(refuse(case)).content.decode()


def test_what_is_typed_after_the_session_ended_is_there_after_the_sign_in(case, visitors):
    stranger = Client()
    late = {"text": "Written too late.", "of": f"/disputes/{case.file.dispute.id}/message/"}
    assert stranger.post("/drafts/save", late).status_code == 204
    stranger.force_login(
        Person.objects.get(role="seller"), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    page = stranger.get(f"/disputes/{case.file.dispute.id}/").content.decode()
    assert "Written too late." in page
    assert Client().post("/drafts/save", {"text": "x" * 200_000, "of": "/"}).status_code == 413


def test_a_case_that_moved_on_says_what_happened_and_keeps_the_words(visitors, case):
    client = visitors["seller"]
    form = client.get(refuse(case)).content.decode()
    assert f'name="seen" value="{case.file.version}"' in form
    seen = case.file.version
    case.do(BUYER, asked.WithdrawDispute())
    sent = {**TYPED, "goods": "50", "step": "confirm", "seen": str(seen)}
    answer = client.post(refuse(case), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What happened meanwhile:" in page
    assert "Six are missing." in page
    assert "Download the draft" in page


def test_a_stale_acceptance_shows_the_difference_and_moves_no_money(visitors, case):
    case.do(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 20_000)))
    place = f"/disputes/{case.file.dispute.id}/accept/buyer-1/"
    answer = visitors["seller"].post(place, {"version": "1", "step": "confirm"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "USD 165.60" in page
    assert "USD 200.00" in page
    assert case.file.dispute.closed_at is None


def test_one_goes_back_from_the_check_page_with_everything_typed(visitors, case):
    client = visitors["seller"]
    check = client.post(refuse(case), {**TYPED, "goods": "50"}).content.decode()
    assert "Six are missing." in check
    back = client.post(refuse(case), {**TYPED, "goods": "50", "step": "back"})
    assert back.status_code == 200
    assert "Six are missing." in back.content.decode()
    assert "Check before you confirm" in back.content.decode()


def test_far_too_much_is_no_draft_and_old_ones_make_room(visitors, case):
    client = visitors["seller"]
    much = {"of": "/x/", "note": "a" * drafts.LARGEST}
    assert client.post("/drafts/save", much).status_code == 413
    assert client.post("/drafts/save", {"of": "/x/"}).status_code == 204
    assert client.post("/drafts/save", {"of": "elsewhere", "a": "b"}).status_code == 204
    assert not Draft.objects.exists()
    for number in range(drafts.MOST_FOR_ONE + 3):
        drafts.keep("me", f"/{number}/", {"a": "b"}, current().clock.now())
    assert Draft.objects.filter(owner_id="me").count() <= drafts.MOST_FOR_ONE + 1


def test_a_stranger_cannot_fill_the_sessions(case):
    stranger = Client()
    stranger.post(refuse(case), {**TYPED, "note": "a" * drafts.LARGEST})
    assert "typed_before_sign_in" not in stranger.session


def test_a_message_begins_with_the_exhibit_that_is_cited(visitors, case):
    place = f"/disputes/{case.file.dispute.id}/message/"
    assert "E1: " in visitors["buyer"].get(place, {"cite": "1"}).content.decode()
    assert visitors["buyer"].get(place, {"cite": "x" * 9}).status_code == 200
