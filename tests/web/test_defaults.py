"""What a page says about silence is what the ledger does when nobody says anything (U12)."""

import random
import re
from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item
from world import BUYER, ONLY, SELLER, Case, terms

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'data-to-buyer="(\d*)" data-to-seller="(\d*)"')
CHANCE = random.Random(12)
AMOUNTS = [CHANCE.randint(1, 40_000) for _ in range(20)]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_the_default_on_the_page_is_what_the_worker_pays(visitors, amount):
    case = Case().registered().opened(items=(Item(amount, line=1),))
    page = visitors["seller"].get(f"/disputes/{case.file.dispute.id}/").content.decode()
    to_buyer, to_seller = map(int, SHOWN.search(page).groups())
    held = case.file.balances.held
    case.pass_time(timedelta(days=5, seconds=1))
    assert case.file.dispute.paid_back.total_minor == to_buyer == amount
    assert case.file.balances.seller_payable == to_seller
    assert case.file.balances.held == 0
    assert to_buyer + to_seller + case.file.balances.platform_fees == held


def test_a_default_that_pays_nobody_shows_no_sums(visitors, case):
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 10_000)))
    page = visitors["buyer"].get(f"/disputes/{case.file.dispute.id}/").content.decode()
    assert SHOWN.search(page).groups() == ("", "")
