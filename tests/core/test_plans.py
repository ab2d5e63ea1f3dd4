"""Plans: two per side, one of each kind, accepted by version."""

import pytest

from fairhold.core.cases.disputes import commands as asked
from pure import Pure
from world import BUYER, ONLY, RETURN, SELLER, SPECIALIST, photo, terms, text


@pytest.fixture
def case() -> Pure:
    return Pure().registered().opened().do(SELLER, asked.RefuseAndPropose(terms(ONLY, 9_000), ()))


def test_refuses_a_second_plan_of_one_kind(case):
    assert case.code(SELLER, asked.ProposePlan(terms(ONLY, 100))) == "plan_kind_taken"


def test_refuses_a_third_plan(case):
    case.do(SELLER, asked.ProposePlan(terms(RETURN, 100)))
    assert case.code(SELLER, asked.ProposePlan(terms(RETURN, 100))) == "plan_limit"


def test_refuses_a_stale_acceptance_and_says_what_changed(case):
    case.do(SELLER, asked.ChangePlan("seller-1", 1, terms(ONLY, 8_000)))
    refusal = case.ask(BUYER, asked.AcceptPlan("seller-1", 1, None))
    assert refusal.code.slug == "plan_changed"
    assert refusal.details["shown"]["goods_minor"] == 9_000
    assert refusal.details["present"]["goods_minor"] == 8_000


def test_a_change_voids_the_acceptance_of_the_platform_plan(case):
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 8_500)))
    case.do(BUYER, asked.AcceptPlan("platform-1", 1, None))
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 7_000)))
    assert case.file.dispute.plan("platform-1").accepted_by == ()


@pytest.mark.parametrize("plan", ["buyer-1", "platform-1", "seller-9"])
def test_refuses_to_change_what_is_not_ones_own(case, plan):
    code = case.code(SELLER, asked.ChangePlan(plan, 1, terms(ONLY, 1)))
    assert code in {"plan_not_yours", "plan_unknown"}


def test_refuses_to_accept_ones_own_plan(case):
    assert case.code(SELLER, asked.AcceptPlan("seller-1", 1, None)) == "plan_own"


def test_the_last_plan_stays(case):
    assert case.code(SELLER, asked.WithdrawPlan("seller-1")) == "plan_needed"
    case.do(SELLER, asked.ProposePlan(terms(RETURN, 100)))
    assert case.code(SELLER, asked.WithdrawPlan("seller-1")) is None
    assert case.code(BUYER, asked.AcceptPlan("seller-1", 1, None)) == "plan_withdrawn"


def test_refuses_a_return_address_in_another_script(case):
    command = asked.AcceptPlan("buyer-1", 1, text("深圳市科技路88号"))
    assert case.code(SELLER, command) == "address_not_latin"


def test_refuses_more_than_what_is_held(case):
    assert case.code(SELLER, asked.ProposePlan(terms(RETURN, 73_601))) == "amount_out_of_range"


def test_seller_may_offer_nothing_and_the_buyer_may_not_ask_for_nothing(case):
    assert case.code(SELLER, asked.ChangePlan("seller-1", 1, terms(ONLY, 0))) is None
    assert case.code(BUYER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 0))) == (
        "amount_out_of_range"
    )


def test_award_needs_reasons(case):
    case.do(SPECIALIST, asked.StepIn())
    command = asked.ProposePlatformPlan(terms(ONLY, 100, note=None))
    assert case.code(SPECIALIST, command) == "description_missing"


def test_says_whose_a_plan_is(case):
    case.do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 6_000)))
    for plan, side in (("seller-1", "seller"), ("platform-1", "platform")):
        refusal = case.ask(BUYER, asked.ChangePlan(plan, 1, terms(ONLY, 1)))
        assert f"belongs to the {side}" in refusal.why
    refusal = case.ask(SELLER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 1)))
    assert "belongs to the buyer" in refusal.why


def test_says_which_side_files_no_such_document(case):
    for side in (BUYER, SELLER):
        case.do(side, asked.AddEvidence(photo("b" if side is BUYER else "c")))
    for number, side in ((2, BUYER), (3, SELLER)):
        refusal = case.ask(side, asked.NameEvidence(number, "no_such_kind"))
        assert f"that the {side.value} files" in refusal.why
