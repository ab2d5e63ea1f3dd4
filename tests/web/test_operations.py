"""The operator's pages: figures, clocks, outbox, ledger, audit, people, rulebooks, settings."""

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.store.models import ClockRow, OutboxMessage
from fairhold.web.pages.operations.views import PAGES
from world import SELLER

pytestmark = pytest.mark.django_db


def settled(case):
    """A case that both sides agreed on."""
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    return case


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["buyer", "seller", "specialist"])
def test_they_are_there_for_operators_alone(visitors, page, role):
    assert visitors[role].get(f"/operations/{page}/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_empty_and_with_cases(visitors, case, page):
    assert visitors["operator"].get(f"/operations/{page}/").status_code == 200
    settled(case)
    assert visitors["operator"].get(f"/operations/{page}/").status_code == 200


def text(visitors, page: str, **asked_for: str) -> str:
    return visitors["operator"].get(f"/operations/{page}/", asked_for).content.decode()


def test_the_figures_count_what_happened(visitors, case):
    settled(case)
    page = text(visitors, "figures")
    assert "USD 165.60" in page
    assert "Over the last closed dispute." in page
    assert "100.0 %" in page
    assert "<svg" in page


def test_the_trial_balance_sums_to_zero_and_leads_to_the_order(visitors, case):
    page = text(visitors, "ledger")
    assert "USD 0.00" in page
    order = text(visitors, "ledger", ref=case.ref)
    assert f"Ledger of order {case.ref}" in order
    assert "No order has the number “none”." in text(visitors, "ledger", ref="none")
    assert visitors["operator"].get("/operations/ledger/nothing/").status_code == 404


def test_an_overdue_clock_and_a_message_that_was_given_up_stand_first(visitors, case):
    ClockRow.objects.update(wake_at="2020-01-01T00:00:00Z", failures=3)
    OutboxMessage.objects.update(dead_at="2020-01-01T00:00:00Z", last_error="550 no such user")
    assert case.file.dispute.number in text(visitors, "clocks")
    assert "550 no such user" in text(visitors, "outbox")


def test_the_audit_is_run_when_it_is_asked_for(visitors, order):
    assert "Audit every order now" in text(visitors, "audit")
    answer = visitors["operator"].post("/operations/audit/")
    assert "Everything holds." in answer.content.decode()


def test_secrets_are_not_among_the_settings(visitors, settings):
    page = text(visitors, "settings")
    assert "retention_days" in page
    assert settings.SECRET_KEY not in page


def test_a_page_that_is_not_there(visitors):
    assert visitors["operator"].get("/operations/nothing/").status_code == 404
    assert visitors["operator"].get("/operations/")["Location"] == "/operations/figures/"
