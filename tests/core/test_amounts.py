"""What a clause pays: each formula with numbers worked out by hand, and how additions join."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from fairhold.core.rules.answer import Then, result
from fairhold.core.rules.formulas import FORMULAS
from fairhold.core.rules.ruling import outcome

PAID = {
    "order.total_paid": 11_000,
    "order.goods_amount": 10_000,
    "order.freight_amount": 1_000,
    "dispute.requested_amount": 4_000,
}
PLANS = [
    {"id": "p1", "by": "buyer", "kind": "refund_only", "amount": 5_000},
    {"id": "p2", "by": "platform", "kind": "return_and_refund", "amount": 9_000},
    {"id": "p3", "by": "platform", "kind": "refund_only", "amount": 2_500},
    {"id": "p4", "by": "seller", "kind": "refund_only", "amount": 20_000},
]
LINES = [
    {"unit_price": 300, "quantity_agreed": 10, "quantity_received": 7},
    {"unit_price": 700, "quantity_agreed": 10, "quantity_received": 12},
]


def plans(accepted=None, some=PLANS):
    return {"dispute.plans": some, "dispute.accepted_plan_id": accepted}


@pytest.mark.parametrize(
    ("formula", "facts", "amount"),
    [
        ("full", {}, 11_000),
        ("goods", {}, 10_000),
        ("freight", {}, 1_000),
        ("nothing", {}, 0),
        ("requested", {}, 4_000),
        ("requested", {"dispute.requested_amount": 12_000}, 11_000),
        ("requested", {"dispute.requested_amount": None}, None),
        ("requested", {"order.total_paid": None}, 4_000),
        ("settled", plans("p1"), 5_000),
        ("settled", plans("p4"), 11_000),
        ("settled", plans("p9"), 4_000),
        ("settled", {}, 4_000),
        ("refund_plan", plans("p1"), 5_000),
        ("refund_plan", plans("p2"), 9_000),
        ("refund_plan", plans(), 2_500),
        ("refund_plan", plans("p9"), 2_500),
        ("refund_plan", plans("p4"), 11_000),
        ("refund_plan", plans(some=PLANS[:2]), 4_000),
        ("refund_plan", plans(some=[PLANS[0], PLANS[3]]), 4_000),
        ("refund_plan", plans(some=[{**PLANS[2], "amount": 12_000}]), 11_000),
        ("refund_plan", {}, 4_000),
        ("price_difference", {"shipment.selected_method_fee": 900}, None),
        (
            "price_difference",
            {"shipment.selected_method_fee": 900, "shipment.used_method_fee": 250},
            650,
        ),
        (
            "price_difference",
            {"shipment.selected_method_fee": 100, "shipment.used_method_fee": 250},
            0,
        ),
        ("pickup_cost", {"shipment.extra_pickup_cost": 333}, 333),
        ("platform_award", {"ast.platform_award": 77}, 77),
        ("delay_schedule", {}, None),
        ("delay_schedule", {"shipment.delay_days": 7}, 770),
        ("delay_schedule", {"shipment.delay_days": 120}, 11_000),
        ("unrefunded", {}, 11_000),
        ("unrefunded", {"chargeback.already_refunded": 4_500}, 6_500),
        ("unrefunded", {"chargeback.already_refunded": 12_000}, 0),
        ("unrefunded", {"order.total_paid": None}, None),
        ("missing_share", {"order.quantity_agreed": 4}, None),
        (
            "missing_share",
            {
                "order.quantity_agreed": 4,
                "order.pieces_per_lot": 10,
                "goods.quantity_received_pieces": 33,
            },
            1_925,
        ),
        (
            "missing_share",
            {
                "order.quantity_agreed": 4,
                "order.pieces_per_lot": 10,
                "goods.quantity_received_pieces": 41,
            },
            0,
        ),
        ("missing_share", {"order.lines": LINES}, 900 + 90),
        ("missing_share", {"order.lines": LINES, "order.goods_amount": None}, None),
        ("missing_share", {"order.lines": LINES, "order.freight_amount": None}, None),
        ("missing_share", {"order.lines": LINES, "order.goods_amount": 0}, 900),
        ("missing_share", {"order.lines": LINES, "order.total_paid": 950}, 950),
    ],
)
def test_a_formula(formula, facts, amount):
    assert FORMULAS[formula]({**PAID, **facts}) == amount


def paid(base: Then | None, *added: Then, **facts):
    """The result of one deciding clause with additions."""
    ruling = SimpleNamespace(
        deciding=[SimpleNamespace(then=base)] if base else [],
        adding=[SimpleNamespace(then=one) for one in added],
    )
    return result(ruling, {**PAID, **facts})


def three(told):
    return told.decision, told.refund_minor, told.release_minor


FREIGHT = Then(refund="freight", release="rest")


def test_an_addition_joins_what_yields_and_leaves_the_name_of_what_does_not():
    nothing = Then(decision="release_to_seller", refund="nothing", release="rest")
    told = paid(nothing, FREIGHT)
    assert three(told) == (
        "partial_refund",
        1_000,
        10_000,
    )
    told = paid(Then(decision="refund_as_buyer_requires", refund="requested"), FREIGHT)
    assert three(told) == (
        "refund_as_buyer_requires",
        5_000,
        6_000,
    )
    told = paid(
        nothing, replace(FREIGHT, refund="pickup_cost"), **{"shipment.extra_pickup_cost": 0}
    )
    assert (told.decision, told.refund_minor) == ("release_to_seller", 0)


def test_everything_together_is_at_most_what_was_paid_and_named_by_its_amount():
    told = paid(Then(decision="by_amount", refund="full", release="rest"), FREIGHT)
    assert three(told) == ("full_refund", 11_000, 0)
    told = paid(None, FREIGHT, FREIGHT)
    assert three(told) == (
        "partial_refund",
        2_000,
        9_000,
    )


def test_one_amount_that_is_not_fixed_leaves_the_sum_open():
    late = Then(refund="delay_schedule", release="rest")
    told = paid(Then(decision="partial_refund", refund="freight"), late)
    assert three(told) == ("partial_refund", None, None)


def test_the_last_word_counts_and_the_first_amount_after_a_return():
    base = Then(
        decision="return_in_progress",
        liable_party="buyer",
        refund_after_return="goods",
        return_required=True,
        freight_outbound="buyer",
        freight_return="buyer",
        penalty="warning",
    )
    added = Then(
        liable_party="seller",
        funded_by="seller_escrow",
        refund_after_return="full",
        freight_return="seller",
        discretion=True,
        also=(("recommended", "x"),),
    )
    told = paid(base, added)
    assert told.decision == "return_in_progress"
    assert (told.liable_party, told.funded_by) == ("seller", "seller_escrow")
    assert told.refund_after_return_minor == 10_000
    assert told.freight == {"outbound": "buyer", "return": "seller"}
    assert (told.penalty, told.return_required, told.discretion) == ("warning", True, True)
    assert told.also == {"recommended": "x"}
    assert (told.refund_minor, told.money) == (None, True)


def test_a_note_changes_nothing_but_the_notes():
    told = paid(Then(decision="partial_refund", refund="freight"), Then(also=(("covered", True),)))
    assert (told.decision, told.refund_minor, told.also) == (
        "partial_refund",
        1_000,
        {"covered": True},
    )
    assert (told.discretion, told.range_minor) == (False, None)
    assert not paid(Then(decision="hold")).money


@pytest.mark.parametrize(
    ("then", "bounds"),
    [
        (Then(refund="freight", discretion=True), (0, 1_000)),
        (Then(refund="nothing", discretion=True), (0, 11_000)),
        (Then(refund="delay_schedule", discretion=True), None),
        (Then(discretion=True), None),
        (Then(refund="freight"), None),
    ],
)
def test_the_range_that_a_clause_leaves(then, bounds):
    assert paid(then).range_minor == bounds


def test_nothing_is_left_where_nobody_knows_what_was_paid():
    told = paid(
        Then(refund="nothing", discretion=True, release="rest"), **{"order.total_paid": None}
    )
    assert (told.range_minor, told.release_minor, told.refund_minor) == (None, None, 0)


def test_what_goes_to_the_seller():
    back = {"chargeback.already_refunded": 2_500}
    assert paid(Then(refund="freight", release="all")).release_minor == 11_000
    assert paid(Then(refund="freight", release="open")).release_minor is None
    assert paid(Then(refund="freight", release="unrefunded_rest"), **back).release_minor == 7_500
    assert paid(Then(refund="goods", release="unrefunded_rest"), **back).release_minor == 0
    assert paid(Then(release="rest")).release_minor is None


def test_two_clauses_agree_whatever_they_note_beside_the_result():
    one = SimpleNamespace(then=Then(decision="hold", also=(("a", 1),), discretion=True))
    other = SimpleNamespace(then=Then(decision="hold"))
    assert outcome(one) == outcome(other)
    assert outcome(one) != outcome(SimpleNamespace(then=Then(decision="frozen")))
