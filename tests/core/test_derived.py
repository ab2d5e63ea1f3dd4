"""What follows from the facts by itself, and how examples that fail are reported."""

from dataclasses import replace

import pytest

from fairhold.adapters.rulebook.library import folder_of
from fairhold.adapters.rulebook.merits import load_examples
from fairhold.core.rules.check import check_examples
from fairhold.core.rules.derive import derived
from questions import BOOK, SHELF


def damaged(*kinds):
    return {"dispute.subcase": "damaged", "evidence.items": [{"type": one} for one in kinds]}


HERE = {
    "country": "DE",
    "province": "Nordrhein-Westfalen",
    "city": "Köln",
    "zip": "50667",
    "consignee": "A. Müller",
}


@pytest.mark.parametrize(
    ("part", "shown", "told"),
    [
        ("country", "DE", "match"),
        ("country", "FR", "mismatch"),
        ("province", "nordrhein westfalen", "match"),
        ("city", "KOELN", "mismatch"),
        ("city", " koln ", "match"),
        ("city", "Köl", "mismatch"),
        ("city", "Köln am Rhein", "mismatch"),
        ("city", "", "not_shown"),
        ("city", None, "not_shown"),
        ("zip", "50667", "match"),
        ("zip", "50667-12", "match"),
        ("zip", "5066", "match"),
        ("zip", "506", "mismatch"),
        ("zip", "50668", "mismatch"),
        ("signatory", "a muller", "match"),
        ("signatory", "B. Müller", "mismatch"),
    ],
)
def test_a_place_on_the_record_beside_the_place_in_the_order(part, shown, told):
    facts = {"order.delivery_address": HERE, "tracking.shown_address": {part: shown}}
    found = derived(facts, BOOK.carriers)
    assert found[f"tracking.{part}"] == told
    others = {found[f"tracking.{one}"] for one in ("country", "zip", "signatory") if one != part}
    assert others == {"not_shown"}


def test_a_part_that_the_order_does_not_name_is_not_compared():
    facts = {"order.delivery_address": {"zip": "1234"}, "tracking.shown_address": {"city": "X"}}
    found = derived(facts, BOOK.carriers)
    assert (found["tracking.zip"], "tracking.city" in found) == ("not_shown", False)
    assert "tracking.zip" not in derived({"order.delivery_address": HERE}, BOOK.carriers)


SOLD = [
    {"unit_price": 100, "quantity_agreed": 4, "quantity_received": 4},
    {"unit_price": 200, "quantity_agreed": 3, "quantity_received": 1},
]


@pytest.mark.parametrize(
    ("facts", "follows"),
    [
        ({"dispute.subcase": "counterfeit"}, {"goods.infringement_alleged": True}),
        ({"dispute.subcase": "quality"}, {"goods.infringement_alleged": None}),
        ({"return.agreed_at": "a moment"}, {"return.negotiated": True}),
        ({"return.agreed_at": None}, {"return.negotiated": None}),
        ({"order.goods_amount": 5, "order.freight_amount": 2}, {"order.total_paid": 7}),
        ({"order.total_paid": 7, "order.goods_amount": 5}, {"order.freight_amount": 2}),
        ({"order.total_paid": 7, "order.freight_amount": 2}, {"order.goods_amount": 5}),
        ({"order.lines": SOLD}, {"order.quantity_agreed": 7}),
        ({"order.lines": SOLD, "order.quantity_agreed": 9}, {"order.quantity_agreed": None}),
        ({"order.sales_unit": "piece"}, {"order.pieces_per_lot": 1}),
        ({"order.sales_unit": "lot"}, {"order.pieces_per_lot": None}),
        (damaged("defect_photo_video"), {"goods.damage_evidence_from": "buyer"}),
        (
            damaged("defect_photo_video", "carrier_damage_statement"),
            {"goods.damage_evidence_from": "carrier"},
        ),
        (damaged("chat_record"), {"goods.damage_evidence_from": None}),
        (
            {**damaged("defect_photo_video"), "dispute.subcase": "quality"},
            {"goods.damage_evidence_from": None},
        ),
    ],
)
def test_what_follows(facts, follows):
    found = derived(facts, BOOK.carriers)
    assert {name: found.get(name) for name in follows} == follows


def test_an_example_that_fails_says_what_was_expected_and_what_is():
    examples = load_examples(folder_of(SHELF, "aliexpress").resolve(), BOOK)
    first = BOOK.clauses[0].id
    one = examples[first][0]
    spoiled = replace(one, applies={}, otherwise=one.applies, unknown=())
    found = check_examples(BOOK, {**examples, first: [spoiled], BOOK.clauses[1].id: []})
    assert found == [
        f"{first}: it should apply, and is unknown",
        f"{first}: it should not apply, and is true",
        f"{BOOK.clauses[1].id}: no example",
    ]
    assert check_examples(BOOK, {}) == [f"{clause.id}: no example" for clause in BOOK.clauses]
