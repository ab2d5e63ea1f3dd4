"""A book is proven before it counts; whatever is planted in a copy of it is found."""

import pytest
import z3

from core.test_rules import NOW, copied, edit
from fairhold.adapters.prover.proofs import prove
from fairhold.adapters.prover.witness import as_question
from fairhold.adapters.rulebook.library import open_book
from fairhold.adapters.rulebook.merits import load_book, load_examples
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.core.rules.check import check_examples
from fairhold.core.rules.ruling import Status, rule
from fairhold.flow.adjudicate.intake import Problems, question
from questions import SHELF, known_at


@pytest.mark.parametrize("name", ["aliexpress", "example-market"])
def test_no_clause_is_dead_none_contradict_and_no_case_is_open(name):
    book, _ = open_book(SHELF, name)
    proof = prove(book, book.complete)
    assert proof.statements > 30
    assert proof.failures == ()


C = "clauses/"
REPORTS = ", ".join(f"I-1/incomplete_{one}" for one in ("pictures", "brand", "patent"))
RIGHTS_RANKED = f"  overrides: [I-1, {REPORTS}, I-2]\n"
PLANTED = {
    "a gap": (C + "received_rest.yaml", "late_shipment, virtual", "virtual"),
    "a gap in the procedure of tracking": (
        C + "not_received.yaml",
        "tracking.state: delivered",
        "tracking.state: in_transit",
    ),
    "an overlap": (C + "received_quality.yaml", "  overrides: [A-2a,", "  overrides: [A-6b,"),
    "two clauses at one instant": (
        C + "silence.yaml",
        "dispute.request: return_and_refund",
        "dispute.request: refund_only",
    ),
    "a dead clause": (
        C + "own_reasons.yaml",
        "buyer_own_reasons}",
        "buyer_own_reasons}, {dispute.reason: not_received}",
    ),
    "a reversed comparison": (
        C + "not_received.yaml",
        "{below: {fact: order.placed_at}}",
        "{above: {fact: order.placed_at}}",
    ),
    "a comparison that lost its last instant": (
        C + "agreed.yaml",
        "at_most: {fact: return.agreed_at",
        "below: {fact: return.agreed_at",
    ),
    "another number of days": (C + "silence.yaml", "days: 5", "days: 50"),
    "a number of days that leaves a hole": (
        C + "agreed.yaml",
        "above: {fact: return.waybill_filed_at, days: 30",
        "above: {fact: return.waybill_filed_at, days: 10",
    ),
    "a condition that was dropped": (C + "counterfeit.yaml", ", {proof.licences: true}", ""),
    "a negation that was dropped": (
        C + "channel.yaml",
        "{not: {ta.contract_signed_by: {includes: [buyer, seller]}}}",
        "{ta.contract_signed_by: {includes: [buyer, seller]}}",
    ),
    "a value that was swapped": (
        C + "virtual.yaml",
        "listing.product_kind: virtual",
        "listing.product_kind: physical",
    ),
    "a precedence that was dropped": (
        C + "rights.yaml",
        RIGHTS_RANKED,
        "",
    ),
    "a clause without examples": ("examples/own_reasons.yaml", "P-OWN-1:", "P-OWN-7:"),
    "an unknown fact": (C + "own_reasons.yaml", "dispute.reason", "dispute.motive"),
    "an unknown formula": (C + "own_reasons.yaml", "refund: nothing", "refund: zero"),
    "an unknown document": (C + "own_reasons.yaml", 'cite: "retail', 'cite: "hearsay'),
    "a value outside the type": (C + "own_reasons.yaml", "buyer_own_reasons}", "whim}"),
    "a presumption outside the type": ("facts/goods.yaml", "at_lapse: none", "at_lapse: nobody"),
    "a circle": (C + "virtual.yaml", "  adds: true", "  adds: true\n  overrides: [A-4b]"),
}


UNFAIR = {
    "the buyer is worse off with proof of return_reason": (
        C + "failed_return.yaml",
        "certified: false}]}\n  then: {decision: release_to_seller, liable: buyer, refund: nothing",
        "certified: false}]}\n  then: {decision: full_refund, liable: buyer, refund: full",
    ),
    "gives more than was paid": (
        C + "silence.yaml",
        "refund: requested, release: rest",
        "refund: requested, release: all",
    ),
    "leaves money without an owner where both sides are silent": (
        C + "silence.yaml",
        "liable: seller, after_return: requested, return_required: true",
        "liable: seller",
    ),
}


@pytest.mark.parametrize("what", UNFAIR)
def test_what_is_unfair_is_found_with_a_case_that_shows_it(tmp_path, what):
    folder = copied(tmp_path)
    edit(folder / UNFAIR[what][0], *UNFAIR[what][1:])
    load_book.cache_clear()
    book = load_book(folder)
    told = next(one for one in prove(book).failures if one.what == what)
    asked = question(as_question(book, told.facts), 1, book)
    assert not isinstance(asked, Problems), asked.lines


def test_what_the_solver_cannot_tell_in_its_time_is_not_called_proven(monkeypatch):
    monkeypatch.setattr(z3.Solver, "check", lambda _: z3.unknown)
    book, _ = open_book(SHELF, "example-market")
    proof = prove(book)
    assert len(proof.failures) == proof.statements
    assert all(one.what.startswith("not proven: ") for one in proof.failures)
    assert {one.facts for one in proof.failures} == {None}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_defect_is_found(tmp_path, name):
    folder = copied(tmp_path)
    path, old, new = PLANTED[name]
    edit(folder / path, old, new)
    assert faults(folder), name


def faults(folder) -> list[str]:
    """What loading, the examples and the solver find, in this order."""
    load_book.cache_clear()
    try:
        book = load_book(folder)
        examples = load_examples(folder, book)
    except RulebookError as error:
        return [str(error)]
    found = check_examples(book, examples)
    return found or [one.what for one in prove(book, book.complete).failures]


def test_a_contradiction_comes_with_facts_under_which_it_shows(tmp_path):
    folder = copied(tmp_path)
    edit(folder / "clauses/rights.yaml", RIGHTS_RANKED, "")
    load_book.cache_clear()
    book = load_book(folder)
    failures = prove(book).failures
    told = next(one for one in failures if one.clauses == ("I-2", "I-4"))
    facts = {name: value for name, value in told.facts.items() if value is not None}
    asked = question({"as_of": NOW.isoformat(), "facts": facts}, 1, book)
    assert not isinstance(asked, Problems)
    known = known_at(asked.facts, NOW, book)
    assert rule(book, known.facts, NOW.date()).status is Status.CONFLICT
