"""Pages around the cases: settings, languages, help, rules, status, welcome, seller's desk."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from fairhold.accounts.models import Person
from fairhold.adapters.languages import OFFERED
from fairhold.core.cases.orders import commands as ordered
from fairhold.flow.desk import current
from fairhold.store.models import Beat, Opinion, Outage
from world import OPERATOR, text

pytestmark = pytest.mark.django_db


def person(role: str) -> Person:
    return Person.objects.get(role=role)


def test_the_language_of_the_account_is_spoken_before_that_of_the_browser(visitors):
    page = visitors["buyer"].get("/disputes/", headers={"Accept-Language": "fr"})
    assert 'lang="fr"' in page.content.decode()
    Person.objects.filter(role="buyer").update(language="ar")
    page = visitors["buyer"].get("/disputes/", headers={"Accept-Language": "fr"})
    assert '<html lang="ar" dir="rtl"' in page.content.decode()
    assert page["Content-Language"] == "ar"


def test_a_visitor_chooses_a_language_without_an_account():
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": "/help/"})
    assert answer["Location"] == "/help/"
    assert '<html lang="es"' in client.get("/help/").content.decode()


def test_a_language_that_is_not_spoken_changes_nothing_and_no_stranger_is_followed():
    client = Client()
    answer = client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert '<html lang="en"' in client.get("/help/").content.decode()


def test_the_api_speaks_english_to_machines(visitors, case):
    Person.objects.filter(role="buyer").update(language="ar")
    answer = visitors["buyer"].get(f"/api/v1/disputes/{case.file.dispute.id}")
    assert answer["Content-Language"] == "en"


def test_settings_are_kept_and_a_zone_that_does_not_exist_is_told(visitors):
    client = visitors["specialist"]
    typed = {"language": "es", "time_zone": "Europe/Madrid", "theme": "dark"}
    assert client.post("/settings/", typed).status_code == 302
    kept = person("specialist")
    assert (kept.language, kept.time_zone, kept.theme) == ("es", "Europe/Madrid", "dark")
    assert kept.single_keys is False
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()
    Person.objects.filter(role="specialist").update(language="en")
    wrong = client.post("/settings/", {**typed, "time_zone": "Mars/Base"})
    assert wrong.status_code == 422
    assert "as in Europe/Madrid" in wrong.content.decode()
    assert person("specialist").time_zone == "Europe/Madrid"


def test_every_language_is_offered_on_every_page(visitors):
    page = visitors["buyer"].get("/disputes/").content.decode()
    for one in OFFERED:
        assert f'value="{one.code}"' in page


def test_one_reads_how_one_is_protected_until_it_is_put_away(visitors):
    client = visitors["buyer"]
    assert "This is no insurance" in client.get("/disputes/").content.decode()
    assert "you are told at once" in visitors["seller"].get("/disputes/").content.decode()
    client.post("/welcome/")
    assert "in three sentences" not in client.get("/disputes/").content.decode()
    assert "in three sentences" not in visitors["specialist"].get("/disputes/").content.decode()


def test_ones_own_data_holds_ones_own_orders_and_no_others(visitors, case):
    held = json.loads(visitors["buyer"].get("/settings/data").content)
    assert held["disputes"] == [case.file.dispute.number]
    assert held["account"]["email"] == "buyer@x.example"
    assert json.loads(visitors["specialist"].get("/settings/data").content)["disputes"] == []


@pytest.mark.parametrize("place", ["/help/", "/accessibility/", "/status/", "/rules/"])
def test_pages_for_everybody_need_no_account(place):
    assert Client().get(place).status_code == 200


def test_help_takes_its_times_from_the_rulebook():
    page = Client().get("/help/").content.decode()
    assert "The seller answers within 5 days" in page


def test_the_archive_shows_every_version_and_the_one_in_force():
    page = Client().get("/rules/").content.decode()
    assert "in force for new orders" in page
    assert "example-market" in page


def test_the_status_tells_a_silent_worker_and_time_that_was_given_back():
    now = current().clock.now()
    page = Client().get("/status/").content.decode()
    assert "No worker has reported" in page
    Beat.objects.create(role="web", at=now)
    Outage.objects.create(started_at=now, ended_at=now, given_back_at=now)
    page = Client().get("/status/").content.decode()
    assert "Everything works" in page
    assert "given back" in page


def test_an_opinion_is_kept_once_and_can_be_changed(visitors, case):
    place = f"/disputes/{case.file.dispute.id}/opinion/"
    visitors["seller"].post(place, {"knew": "4", "fair": "9", "suggestion": "Bigger letters"})
    visitors["seller"].post(place, {"knew": "5", "suggestion": "Bigger letters"})
    kept = Opinion.objects.get()
    assert kept.answers == {"knew": 5}
    assert kept.role == "seller"
    assert "Thank you" in visitors["seller"].get(place.removesuffix("opinion/")).content.decode()
    assert "Thank you" not in visitors["buyer"].get(place.removesuffix("opinion/")).content.decode()
    visitors["specialist"].post(place, {"knew": "1"})
    assert Opinion.objects.count() == 1


def test_the_sellers_desk_shows_what_is_due_and_is_the_sellers_alone(visitors, case):
    page = visitors["seller"].get("/seller/").content.decode()
    assert case.file.dispute.number in page
    assert "100.0 %" in page
    assert "Every dispute was answered in time" in page
    assert visitors["buyer"].get("/seller/").status_code == 404


def test_the_sellers_desk_names_the_orders_that_are_frozen(visitors, case):
    assert "Frozen orders" not in visitors["seller"].get("/seller/").content.decode()
    case.do(OPERATOR, ordered.FreezeOrder(text("FREEZE-REASON")))
    page = visitors["seller"].get("/seller/").content.decode()
    listed = page[page.index("Frozen orders") :]
    assert f"/orders/{case.order_id}/messages/" in listed
    assert "FREEZE-REASON" not in page


def test_the_sellers_desk_shows_what_silence_has_cost(visitors, case):
    case.pass_time(timedelta(days=5, seconds=1))
    page = visitors["seller"].get("/seller/").content.decode()
    assert "USD 165.60" in page
