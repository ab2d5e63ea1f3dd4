"""What is put on record of a ruling; the ruling itself beside its algorithm in plain words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from fairhold.adapters.rulebook.library import folder_of
from fairhold.adapters.rulebook.merits import load_book, load_examples
from fairhold.core.rules.answer import result
from fairhold.core.rules.conditions import truth
from fairhold.core.rules.establish import Window, lapsed
from fairhold.core.rules.record import (
    ChangeTold,
    FactTold,
    Origin,
    RequestTold,
    Source,
    Told,
    ValueTold,
    canonical,
    recorded,
)
from fairhold.core.rules.requests import asked, pressing, to_send
from fairhold.core.rules.ruling import Status, outcome, rule
from fairhold.core.rules.what_if import would_change
from fairhold.core.values.tri import Tri
from questions import BOOK, SHELF, filed, known_at

NOTICE = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOTICE + timedelta(days=5)
SHORT = {
    "order.channel": "platform_retail",
    "order.goods_amount": 10_000,
    "order.freight_amount": 1_000,
    "order.quantity_agreed": 4,
    "order.sales_unit": "piece",
    "dispute.reason": "not_as_agreed",
    "dispute.subcase": "short_loaded",
    "dispute.request": "refund_only",
    "dispute.requested_amount": 11_000,
    "dispute.seller_response": "refused_with_solution",
    "dispute.opened_at": NOTICE - timedelta(days=3),
    "dispute.platform_notice_at": NOTICE,
    "goods.quantity_received_pieces": 3,
}
LOST = {"dispute.reason": "not_received", "dispute.subcase": "none"}
WEIGHT = (
    "single_item_weight_photo",
    "packed_parcel_weight_photo",
    "shipping_receipt",
    "carrier_weight_certificate",
)


def source(name):
    if name == "goods.quantity_received_pieces":
        return Source(Origin.FINDING, (2,), "somebody")
    return Source(Origin.ORDER if name.startswith("order.") else Origin.CASE, (1,))


def record_of(given, at=LATER):
    known = known_at(given, at)
    day = at.date()
    ruling = rule(BOOK, known.facts, day)
    found = result(ruling, known.facts)
    requests = asked(BOOK, known, ruling, day)
    changes = would_change(BOOK, known, found, day)
    return recorded(Told(BOOK, known, ruling, found, requests, changes, at, source))


def test_a_record_holds_clauses_facts_origins_requests_and_changes():
    found = record_of(SHORT)
    assert found.book == f"{BOOK.name}/{BOOK.version}"
    assert (found.digest, found.as_of, found.status) == (BOOK.digest, LATER, "decided")
    assert (found.decision, found.liable_party) == ("partial_refund", "seller")
    assert (found.refund_minor, found.release_minor) == (2_750, 8_250)
    assert found.refund_after_return_minor is None
    assert (found.discretion, found.penalty, found.missing) == (False, None, ())
    first = found.clauses[0]
    assert (first.id, first.adds, found.clauses[1].adds) == ("A-5a", False, True)
    facts = {one.name: one for one in first.facts}
    assert facts["goods.quantity_received_pieces"] == FactTold(
        "goods.quantity_received_pieces", "3", Origin.FINDING, (2,), "somebody"
    )
    assert facts["order.quantity_agreed"] == FactTold(
        "order.quantity_agreed", "4", Origin.ORDER, (1,)
    )
    assert facts["order.total_paid"] == FactTold("order.total_paid", "11000", Origin.DERIVED, (1,))
    assert facts["proof.weight"] == FactTold(
        "proof.weight", "false", Origin.LAPSE, (), None, "weight"
    )
    assert facts["order.lines"] == FactTold("order.lines", "[]", Origin.NO_RECORD)
    due = NOTICE + timedelta(days=BOOK.proofs["weight"].days)
    assert found.requests == (RequestTold("weight", "seller", "lapsed", due),)
    assert found.would_change == (
        ChangeTold("seller", (ValueTold("proof.weight", "true"),), "release_to_seller", 0, 11_000),
    )


def test_a_record_of_documents_names_their_request_and_their_exhibits():
    found = record_of({**SHORT, "evidence.items": [filed(one, at=NOTICE) for one in WEIGHT]})
    facts = {one.name: one for clause in found.clauses for one in clause.facts}
    assert facts["proof.weight"] == FactTold(
        "proof.weight", "true", Origin.DOCUMENTS, (1,), None, "weight"
    )
    assert found.requests[0].window == "met"
    assert (found.decision, found.refund_minor) == ("release_to_seller", 0)


def test_a_record_of_an_open_case_says_what_is_missing():
    given = {name: value for name, value in SHORT.items() if "pieces" not in name}
    found = record_of(
        {**given, "dispute.reason": "not_received", "dispute.subcase": "none"}, NOTICE
    )
    assert (found.status, found.decision) == ("open", "partial_refund")
    assert "tracking.state" in found.missing


def test_who_pays_the_freight_and_what_is_back_after_a_return_are_on_record():
    given = {
        **SHORT,
        "dispute.subcase": "color",
        "goods.discrepancy_proven": True,
        "dispute.buyer_choice": "return_plan",
    }
    found = record_of(given)
    assert (found.return_required, found.refund_after_return_minor) == (True, 11_000)
    assert (found.freight_outbound, found.freight_return) == (None, "seller")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOTICE, '"2026-05-01T00:00:00Z"'),
        ({"b": [1, NOTICE], "a": ("x", None)}, '{"a":["x",null],"b":[1,"2026-05-01T00:00:00Z"]}'),
        (True, "true"),
        ("größe", '"größe"'),
    ],
)
def test_values_are_written_one_way(value, text):
    assert canonical(value) == text


def test_what_would_be_presumed_if_every_window_lapsed_now():
    given = {**SHORT, "evidence.items": [filed(one, at=NOTICE) for one in WEIGHT]}
    now = known_at(given, NOTICE)
    then = lapsed(now)
    assert now.windows["damage"] is Window.RUNNING
    assert "proof.damage" not in now.facts
    assert (then.windows["damage"], then.windows["weight"]) == (Window.LAPSED, Window.MET)
    assert (then.facts["proof.damage"], then.facts["goods.damage_cause"]) == (False, "unknown")
    assert then.facts["proof.weight"] is True
    assert {"proof.damage", "goods.damage_cause"} <= then.by_lapse
    assert (then.given, then.followed, then.notices) == (now.given, now.followed, now.notices)


def plainly(book, facts, day):
    """The ranking of clauses in a few words: status, deciding, adding, open."""
    deciding, adding, waiting = [], [], []
    for step in book.steps:
        if deciding and step != book.steps[-1]:
            continue
        told = [(one, truth(one.when, facts)) for one in book.by_step[step] if one.in_force(day)]
        true = [one for one, value in told if value is Tri.TRUE]
        stand = [one for one in true if not any(one.id in two.overrides for two in true)]
        here = [one for one in stand if not one.adds]
        adding += [one for one in stand if one.adds]
        for one in (one for one, value in told if value is Tri.UNKNOWN):
            beaten = any(one.id in two.overrides for two in stand)
            beats = any(two.id in one.overrides for two in here)
            if not beaten and (one.adds or not here or beats):
                waiting.append(one)
        deciding = deciding or here
    if waiting:
        status = Status.OPEN
    elif len({repr(outcome(one)) for one in deciding}) > 1:
        status = Status.CONFLICT
    else:
        pays = any(one.then.decision or one.then.refund for one in adding)
        status = Status.DECIDED if deciding or pays else Status.SILENT
    return status, deciding, adding, waiting


def test_a_book_read_anew_ranks_its_clauses_as_the_plain_algorithm_does():
    folder = folder_of(SHELF, "aliexpress").resolve()
    book, random = load_book.__wrapped__(folder), Random(3)
    day = LATER.date()
    seen = set()
    for group in load_examples(folder, book).values():
        for example in group:
            for shown in (example.applies, {**example.applies, **example.otherwise}):
                facts = {
                    name: value
                    for name, value in {**book.presumed, **shown}.items()
                    if random.random() > random.choice((0, 0.05))
                }
                found = rule(book, facts, day)
                status, deciding, adding, waiting = plainly(book, facts, day)
                assert (found.status, found.deciding, found.adding, found.open) == (
                    status,
                    tuple(deciding),
                    tuple(adding),
                    tuple(waiting),
                )
                seen.add(status)
    assert {Status.OPEN, Status.DECIDED} <= seen


def test_a_book_read_anew_asks_for_the_same_proof():
    book = load_book.__wrapped__(folder_of(SHELF, "aliexpress").resolve())
    known = known_at({**SHORT, "dispute.platform_notice_at": None}, NOTICE, book)
    ruling = rule(book, known.facts, NOTICE.date())
    assert to_send(book, known, ruling, NOTICE.date()) == ("weight",)
    assert pressing(ruling, known) == ruling.unknown
    known = known_at({**SHORT, **LOST}, NOTICE, book)
    ruling = rule(book, known.facts, NOTICE.date())
    assert len(ruling.unknown) > 1
    assert pressing(ruling, known) == ("tracking.state",)


def test_a_clause_of_the_last_step_may_decide_where_nothing_else_does():
    clause = replace(BOOK.clauses[0], step=BOOK.always, adds=False)
    example = load_examples(folder_of(SHELF, "aliexpress").resolve(), BOOK)[clause.id][0]
    found = rule(replace(BOOK, clauses=(clause,)), example.applies, LATER.date())
    assert (found.status, found.step, found.deciding) == (Status.DECIDED, BOOK.always, (clause,))
