"""Pages that show nothing say why, inside the desk and in the colours of whoever looks."""

from datetime import timedelta

import pytest

from dossier import full_case
from fairhold.accounts.models import Party
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow import retention
from fairhold.flow.desk import current
from web.test_pages import page_of
from world import BUYER, OPERATOR, VIEWERS

pytestmark = pytest.mark.django_db
OVER = timedelta(days=1_100)


def purged():
    """A closed case whose words and files are deleted after their time."""
    case = full_case()
    case.do(BUYER, asked.WithdrawDispute())
    retention.announce(current(), case.order_id)
    case.jump(OVER)
    retention.purge(current(), case.order_id, VIEWERS[OPERATOR])
    return case


def test_a_file_that_was_deleted_after_its_time_says_so(visitors):
    place = page_of(purged())
    case_id = place.split("/")[2]
    for name in (f"/evidence/{case_id}/1", f"{place}evidence/1/large", f"{place}evidence/1/small"):
        answer = visitors["buyer"].get(name)
        assert answer.status_code == 410, name
        assert "This file was deleted" in answer.content.decode()
    assert visitors["buyer"].get(f"/evidence/{case_id}/99").status_code == 404


def test_nobody_else_learns_that_a_file_was_deleted(visitors):
    case_id = page_of(purged()).split("/")[2]
    person = visitors["seller"].get("/settings/").wsgi_request.user
    person.party = Party.objects.create(
        id="party-other", kind="seller", ref="o", name="O", email="o@x.example", country="DE"
    )
    person.save()
    assert visitors["seller"].get(f"/evidence/{case_id}/1").status_code == 404


def test_an_address_without_a_page_keeps_the_way_back_and_the_colours(visitors):
    person = visitors["buyer"]
    user = person.get("/settings/").wsgi_request.user
    user.theme = "dark"
    user.save()
    page = person.get("/disputes/nothing-of-that-kind/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'href="/help/"' in page
