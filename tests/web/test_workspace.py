"""The specialists' queue and workspace: found, taken, decided, and who else is there."""

import re

import pytest
from test_pages import hidden

from fairhold.accounts.models import Person
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.store import presence
from fairhold.web.templatetags.desk import icon
from world import ONLY, SELLER, SPECIALIST, Case, terms

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12
# A case and the queue on one page.
MOST_OF_THE_WORKSPACE = 15


def entered(case: Case) -> Case:
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    return case


def test_the_queue_counts_every_saved_view_in_few_statements(visitors, case, statements):
    entered(case)
    with statements:
        page = visitors["specialist"].get("/queue/").content.decode()
    assert len(statements.sql) <= MOST_STATEMENTS, statements.sql
    found = dict(re.findall(r'href="\?view=(\w+)"[^>]*>[^<]*<span class="num">(\d+)</span>', page))
    assert found == {
        "desk": "1",
        "mine": "0",
        "unassigned": "1",
        "today": "0",
        "parties": "0",
        "open": "1",
    }
    assert case.file.dispute.number in page


@pytest.mark.parametrize("role", ["buyer", "seller"])
def test_the_queue_is_not_there_for_parties(visitors, case, role):
    assert visitors[role].get("/queue/").status_code == 404
    assert visitors[role].get(f"/queue/{case.file.dispute.id}/").status_code == 404
    assert visitors[role].post(f"/queue/{case.file.dispute.id}/presence").status_code == 404


def test_a_case_is_found_by_number_order_and_words(visitors, case):
    for words in (case.file.dispute.number, case.ref, "lamp"):
        page = visitors["specialist"].get("/queue/", {"q": words, "view": "mine"})
        assert case.file.dispute.number in page.content.decode(), words
    none = visitors["specialist"].get("/queue/", {"q": "nothing like it"}).content.decode()
    assert case.file.dispute.number not in none


def test_several_cases_are_taken_at_once(visitors, case):
    cases = [entered(case).file.dispute.id, entered(Case().registered().opened()).file.dispute.id]
    page = visitors["specialist"].post("/queue/", {"case": [*cases, "nonsense"]}, follow=True)
    assert "2 cases are yours now." in page.content.decode()
    assert case.file.dispute.assigned_to == "web-specialist"


def test_what_was_not_done_carries_no_tick(visitors, case):
    told = visitors["specialist"].post("/queue/", {"case": []}, follow=True).content.decode()
    assert icon("warning") in told[told.index('role="status"') : told.index("Nothing was assigned")]
    done = visitors["specialist"].post("/queue/", {"case": [entered(case).file.dispute.id]})
    after = visitors["specialist"].get(done["Location"]).content.decode()
    assert icon("done") in after[after.index('role="status"') : after.index("is yours now")]


def test_the_workspace_shows_case_queue_and_form_in_few_statements(visitors, case, statements):
    entered(case)
    other = Case().registered().opened()
    place = f"/queue/{case.file.dispute.id}/?view=open"
    with statements:
        page = visitors["specialist"].get(place)
    text = page.content.decode()
    assert len(statements.sql) <= MOST_OF_THE_WORKSPACE, "\n".join(statements.sql)
    assert other.file.dispute.number in text
    assert "Propose the platform’s plan" in text
    assert 'name="goods"' in text


def test_a_decision_is_previewed_issued_and_the_next_case_is_taken(visitors, case):
    entered(case)
    other = entered(Case().registered().opened())
    place = f"/disputes/{case.file.dispute.id}/platform-plan/"
    typed = {
        "kind": "refund_only",
        "goods": "50",
        "freight": "",
        "return_freight": "buyer",
        "note": "Half of them came.",
        "then": "next",
    }
    check = visitors["specialist"].post(place, typed).content.decode()
    assert "Half of them came." in check
    sent = {**hidden(check), "then": "next"}
    answer = visitors["specialist"].post(place, sent)
    assert answer.status_code == 302
    taken = visitors["specialist"].get(answer["Location"])
    assert other.file.dispute.id in taken["Location"]


def test_after_the_last_case_one_is_back_in_the_queue(visitors, case):
    entered(case)
    answer = visitors["specialist"].get(f"/queue/{case.file.dispute.id}/?next=1")
    assert answer["Location"] == "/queue/"


def test_two_people_in_one_case_see_each_other_and_who_writes(visitors, case):
    place = f"/queue/{case.file.dispute.id}/presence"
    visitors["operator"].post(place, {"editing": "0"})
    assert "operator is viewing" in visitors["specialist"].post(place).content.decode()
    visitors["operator"].post(place, {"editing": "1"})
    page = visitors["specialist"].get(f"/queue/{case.file.dispute.id}/").content.decode()
    assert "operator is editing" in page
    assert "specialist is" not in page


def test_who_left_is_no_longer_told(case):
    now = current().clock.now()
    presence.sign("c", ("p", "P"), now - presence.HERE * 2, editing=True)
    assert presence.others("c", "me", now) == []


def test_keys_are_off_where_the_person_switched_them_off(visitors, case):
    place = f"/queue/{case.file.dispute.id}/"
    assert 'data-keys="on"' in visitors["specialist"].get(place).content.decode()
    Person.objects.filter(role="specialist").update(single_keys=False)
    assert 'data-keys="off"' in visitors["specialist"].get(place).content.decode()


def test_an_open_list_says_that_it_has_changed(visitors, case):
    specialist = visitors["specialist"]
    entered(case)
    page = specialist.get("/queue/?view=open").content.decode()
    place = re.search(r'hx-get="(/queue/news[^"]+)"', page).group(1).replace("&amp;", "&")
    assert "The list has changed" not in specialist.get(place).content.decode()
    entered(Case().registered().opened())
    told = specialist.get(place).content.decode()
    assert "The list has changed" in told
    assert "<html" not in told
