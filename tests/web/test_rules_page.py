"""The rulebook as a page: signed in, in plain words, with a place for every rule that is cited."""

import re

import pytest

from web.test_pages import page_of
from world import Case

pytestmark = pytest.mark.django_db
PAGE = "/rules/aliexpress/2026-11-22/"


def test_every_clause_stands_on_the_page_with_its_citation(visitors):
    page = visitors["buyer"].get(PAGE).content.decode()
    assert 'id="N-2a"' in page
    assert "the seller is paid" in page
    assert page.count("“AliExpress dispute handling process and guidelines”") > 80


def test_the_links_of_a_dispute_lead_to_places_that_are_there(visitors):
    case = Case().registered().opened()
    page = visitors["seller"].get(page_of(case)).content.decode()
    rules = visitors["seller"].get(PAGE).content.decode()
    anchors = re.findall(rf'href="{PAGE}#([^"]+)"', page)
    assert anchors
    assert all(f'id="{one}"' in rules for one in anchors)


def test_rules_are_for_everybody_and_others_are_not_found(client, visitors):
    assert client.get(PAGE).status_code == 200
    for name in ("aliexpress/1999", "nobody/2026-11-22"):
        assert visitors["buyer"].get(f"/rules/{name}/").status_code == 404
