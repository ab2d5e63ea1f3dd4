"""The engine: three values, conditions, the compiled form, ranking, requests, loading."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhold.adapters.rulebook.library import folder_of, open_book
from fairhold.adapters.rulebook.merits import load_book, load_examples
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.core.rules.check import check_examples
from fairhold.core.rules.compare import difference
from fairhold.core.rules.conditions import AllOf, AnyOf, Not, Op, Shifted, truth
from fairhold.core.rules.conditions import Test as OneTest
from fairhold.core.rules.establish import Window
from fairhold.core.rules.formulas import FORMULAS
from fairhold.core.rules.generated import holding, reading
from fairhold.core.rules.requests import asked
from fairhold.core.rules.ruling import Status, rule
from fairhold.core.rules.vocabulary import Kind
from fairhold.core.values.tri import Tri, conjunction, disjunction, known, negation
from questions import BOOK, SHELF, known_at

NOW = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ANSWERS = {Tri.TRUE: True, Tri.FALSE: False, Tri.UNKNOWN: None}
EDITION = BOOK.edition(NOW.date())
FOLDER = folder_of(SHELF, "aliexpress@latest")


def test_what_is_unknown_cannot_be_asked_whether_it_is_true():
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Tri.UNKNOWN)
    assert bool(known(value=True))
    assert not known(value=False)


def test_unknown_stays_unknown_until_something_decides():
    true, false, unknown = Tri.TRUE, Tri.FALSE, Tri.UNKNOWN
    assert negation(unknown) is unknown
    assert (negation(true), negation(false)) == (false, true)
    assert conjunction([true, unknown]) is unknown
    assert conjunction([unknown, false]) is false
    assert disjunction([false, unknown]) is unknown
    assert disjunction([unknown, true]) is true


@pytest.mark.parametrize("clause", BOOK.clauses, ids=lambda clause: clause.id)
def test_no_clause_takes_the_unknown_for_false_or_true(clause):
    assert truth(clause.when, {}) is Tri.UNKNOWN
    assert EDITION.holds[clause.id]({}) is None
    for name in clause.reads:
        nothing_else = {name: None}
        assert ANSWERS[truth(clause.when, nothing_else)] is EDITION.holds[clause.id](nothing_else)


@pytest.mark.parametrize(
    ("op", "operand", "value", "expected"),
    [
        (Op.IS, 3, 3, Tri.TRUE),
        (Op.IS, 3, 4, Tri.FALSE),
        (Op.IN, (3, 4), 4, Tri.TRUE),
        (Op.PRESENT, True, None, Tri.FALSE),
        (Op.PRESENT, False, None, Tri.TRUE),
        (Op.INCLUDES, ("a",), ("a", "b"), Tri.TRUE),
        (Op.INCLUDES, ("a",), None, Tri.FALSE),
        (Op.BELOW, 3, 3, Tri.FALSE),
        (Op.AT_MOST, 3, 3, Tri.TRUE),
        (Op.ABOVE, 3, 3, Tri.FALSE),
        (Op.AT_LEAST, 3, 3, Tri.TRUE),
        (Op.ABOVE, 3, None, Tri.FALSE),
    ],
)
def test_one_test_of_one_fact(op, operand, value, expected):
    test = OneTest("fact", op, operand)
    assert truth(test, {"fact": value}) is expected
    assert truth(test, {}) is Tri.UNKNOWN
    assert truth(Not(test), {"fact": value}) is negation(expected)


def test_a_fact_against_another_one_that_is_shifted():
    test = OneTest("now", Op.ABOVE, Shifted("sent", days_of="promise"))
    facts = {"now": NOW, "sent": NOW - 3 * DAY, "promise": 3}
    assert truth(test, facts) is Tri.FALSE
    assert truth(test, {**facts, "promise": 2}) is Tri.TRUE
    assert truth(test, {**facts, "promise": None}) is Tri.FALSE
    assert truth(test, {**facts, "sent": None}) is Tri.FALSE
    assert truth(test, {"now": NOW, "sent": NOW}) is Tri.UNKNOWN
    hours = OneTest("now", Op.AT_MOST, Shifted("sent", hours=72))
    assert truth(hours, facts) is Tri.TRUE
    plain = OneTest("asked", Op.ABOVE, Shifted("paid"))
    assert truth(plain, {"asked": 2, "paid": 1}) is Tri.TRUE


def values_of(name: str) -> st.SearchStrategy:
    """Values that a fact can have, nothing included."""
    rule_ = BOOK.facts[name]
    if rule_.kind is Kind.ENUM:
        return st.sampled_from([*rule_.values, None])
    if rule_.kind is Kind.MOMENT:
        moments = st.integers(min_value=-40, max_value=40)
        return st.none() | moments.map(lambda days: NOW + days * DAY)
    if rule_.kind is Kind.LIST:
        return st.lists(st.sampled_from(rule_.values or ("x",)), max_size=3).map(tuple)
    numbers = st.integers(min_value=0, max_value=40)
    return {Kind.BOOL: st.booleans(), Kind.INT: numbers, Kind.MONEY: numbers}.get(
        rule_.kind, st.sampled_from(["x", "file_dispute", None])
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_compiled_form_says_what_the_condition_says(data):
    clause = data.draw(st.sampled_from(BOOK.clauses))
    facts = {
        name: data.draw(values_of(name))
        for name in clause.reads
        if data.draw(st.booleans() | st.just(True))
    }
    assert EDITION.holds[clause.id](facts) is ANSWERS[truth(clause.when, facts)]


A, B, C = (OneTest(name, Op.IS, place) for place, name in enumerate("abc", 1))
NESTED = st.recursive(
    st.sampled_from([A, B, C, OneTest("a", Op.PRESENT, True), OneTest("b", Op.PRESENT, False)])
    | st.sampled_from([OneTest("a", Op.ABOVE, 1), OneTest("c", Op.AT_MOST, Shifted("a"))])
    | st.sampled_from([OneTest("b", Op.AT_LEAST, None), OneTest("a", Op.IN, (1, 3, None))])
    | st.sampled_from([OneTest("d", Op.INCLUDES, ("x",)), OneTest("d", Op.INCLUDES, ("x", "y"))]),
    lambda parts: (
        parts.map(Not)
        | st.lists(parts, min_size=1, max_size=3).map(lambda some: AllOf(tuple(some)))
        | st.lists(parts, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some)))
    ),
    max_leaves=6,
)
LISTS = (None, (), ("x",), ("y", "x"))
VALUES = st.none() | st.integers(min_value=0, max_value=4)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(groups=st.lists(st.lists(NESTED, max_size=4), min_size=1, max_size=3), data=st.data())
def test_what_is_written_out_says_what_the_conditions_say(groups, data):
    every = [one for group in groups for one in group]
    holds, read = holding(every), reading(groups)
    facts = data.draw(st.dictionaries(st.sampled_from("abc"), VALUES))
    facts |= data.draw(
        st.sampled_from([{}, {"d": None}, {"d": ()}, {"d": ("x",)}, {"d": ("y", "x")}])
    )
    assert [one(facts) for one in holds] == [ANSWERS[truth(one, facts)] for one in every]
    told = {number: (true, unknown) for number, true, unknown in read(facts)}
    for number, group in enumerate(groups):
        said = [truth(one, facts) for one in group]
        wanted = tuple(
            [place for place, one in enumerate(said) if one is value]
            for value in (Tri.TRUE, Tri.UNKNOWN)
        )
        assert told.get(number, ([], [])) == wanted


def test_every_clause_has_examples_and_they_hold():
    examples = load_examples(FOLDER.resolve(), BOOK)
    assert check_examples(BOOK, examples) == []
    first = BOOK.clauses[0].id
    assert check_examples(BOOK, {**examples, first: []}) == [f"{first}: no example"]
    swapped = {**examples, "N-1a": examples["N-1b"]}
    assert any("N-1a: it should apply" in line for line in check_examples(BOOK, swapped))


def test_a_window_runs_lapses_or_is_met():
    notice = {"dispute.platform_notice_at": NOW}
    at = [NOW + 3 * DAY, NOW + 3 * DAY + timedelta(seconds=1)]
    windows = [known_at(notice, moment).windows["valid_waybill"] for moment in at]
    assert windows == [Window.RUNNING, Window.LAPSED]
    item = {"type": "valid_waybill", "by": "seller", "at": NOW + 3 * DAY}
    met = known_at({**notice, "evidence.items": (item,)}, NOW + 9 * DAY)
    assert met.windows["valid_waybill"] is Window.MET
    for spoiled in ({"by": "buyer"}, {"complete": False}, {"at": NOW + 4 * DAY}):
        late = known_at({**notice, "evidence.items": ({**item, **spoiled},)}, NOW + 9 * DAY)
        assert late.windows["valid_waybill"] is Window.LAPSED


def test_two_clauses_that_stand_with_different_outcomes_are_a_conflict_for_a_person(tmp_path):
    folder = copied(tmp_path)
    edit(folder / "clauses/own_reasons.yaml", "liable: buyer", "liable: seller", again=True)
    book = load_book(folder)
    ruling = rule(
        book, {**known_at({"dispute.reason": "buyer_own_reasons"}, NOW, book).facts}, NOW.date()
    )
    assert ruling.status is Status.CONFLICT


def test_a_clause_counts_from_its_first_to_its_last_day():
    clause = BOOK.clauses[0]
    assert clause.in_force(date(2000, 1, 1))
    assert not clause.in_force(date(1999, 12, 31))


def copied(tmp_path):
    """The book, to be spoiled."""
    folder = tmp_path / "aliexpress" / "1"
    shutil.copytree(FOLDER, folder)
    return folder


def edit(path, old, new, *, again=False):
    """Change a file; `again` keeps the old text and adds the changed one under another id."""
    text = path.read_text()
    assert old in text
    changed = text.replace(old, new, 1)
    if again:
        entry = changed[changed.index("- id:") :].replace("P-OWN-1", "P-OWN-2")
        changed = text + entry
    path.write_text(changed)


N = "clauses/not_received.yaml"
SPOILED = [
    (N, "tracking.state: not_found", "tracking.stat: not_found", "no fact 'tracking.stat'"),
    (N, "tracking.state: not_found", "tracking.state: lost", "expected one of not_found"),
    (N, "refund: full", "refund: everything", "refund"),
    (N, "asks: [valid_waybill]", "asks: [waybill]", "no proof 'waybill'"),
    (N, 'cite: "retail', 'cite: "novel', "expected `DOCUMENT place`"),
    (N, "  summary:", "  sumary:", "sumary"),
    (N, "since: 2000-01-01", "since: someday", "since"),
    (N, "{dispute.reason: not_received}", "{dispute.reason: {near: 3}}", "near"),
    (N, "overrides: [N-1a", "overrides: [N-99", "N-99"),
    (N, "{all: [{dispute", "{every: [{dispute", "no fact 'every'"),
    ("clauses/silence.yaml", "days: 5", "days: five", "whole numbers"),
    ("clauses/silence.yaml", "days: 5", "weeks: 5", "weeks"),
    ("facts/tracking.yaml", "type: enum", "type: colour", "type"),
    ("facts/tracking.yaml", "if_none: true", "if_none: maybe", "true or false"),
    ("facts/tracking.yaml", "proof: valid_waybill", "proof: none_such", "no proof 'none_such'"),
    ("facts/tracking.yaml", "  proof: valid_waybill\n", "", "expected a `proof`"),
    ("proofs.yaml", "any_of: [valid_waybill]", "any_of: [a_poem]", "no evidence type 'a_poem'"),
    ("proofs.yaml", "days: 3", "days: 0", "days"),
    ("book.yaml", "always: always", "always: later", "steps that stand once"),
    ("evidence.yaml", "by: [seller]", "by: seller", "by"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), SPOILED)
def test_a_spoiled_book_is_refused_with_file_and_line(tmp_path, name, old, new, told):
    folder = copied(tmp_path)
    edit(folder / name, old, new)
    with pytest.raises(RulebookError) as refused:
        load_book(folder)
    message = str(refused.value)
    assert told in message
    assert name.split("/")[-1] in message or "clauses" in message


def test_aliases_size_and_depth_are_bounded(tmp_path):
    folder = copied(tmp_path)
    path = folder / "evidence.yaml"
    sound = path.read_text()
    for spoiled, told in (
        (
            sound + "x: &a {by: [seller], cite: 'retail x', meaning: 'again and again'}\ny: *a\n",
            "aliases",
        ),
        (sound + "#" * 200_000, "bytes"),
        (sound + "x: " + "[" * 20 + "]" * 20 + "\n", "levels"),
        (sound + "valid_waybill: {}\n", "valid_waybill"),
        (sound + "x: [\n", "evidence.yaml"),
    ):
        path.write_text(spoiled)
        load_book.cache_clear()
        with pytest.raises(RulebookError, match=r"evidence\.yaml:") as refused:
            load_book(folder)
        assert told in str(refused.value)


def test_a_clause_in_force_twice_and_a_circle_of_overrides_are_refused(tmp_path):
    folder = copied(tmp_path)
    path = folder / "clauses/own_reasons.yaml"
    sound = path.read_text()
    entry = sound[sound.index("- id:") :]
    path.write_text(sound + entry)
    with pytest.raises(RulebookError, match="in force twice"):
        load_book(folder)
    later = entry.replace("since: 2000-01-01", "since: 2030-01-01")
    ended = sound.replace("since: 2000-01-01", "since: 2000-01-01\n  until: 2029-12-31")
    path.write_text(ended + later)
    load_book.cache_clear()
    assert len([one for one in load_book(folder).clauses if one.id == "P-OWN-1"]) == 2
    other = entry.replace("P-OWN-1", "P-OWN-2") + "  overrides: [P-OWN-1]\n"
    path.write_text(sound + "  overrides: [P-OWN-2]\n" + other)
    load_book.cache_clear()
    with pytest.raises(RulebookError, match="round in a circle"):
        load_book(folder)


def test_examples_are_held_to_the_book_too(tmp_path):
    folder = copied(tmp_path)
    path = folder / "examples/own_reasons.yaml"
    sound = path.read_text()
    for old, new, told in (
        ("P-OWN-1:", "P-OWN-9:", "no clause 'P-OWN-9'"),
        ("dispute.reason: buyer_own_reasons", "dispute.reasons: x", "no fact"),
        ("dispute.reason: buyer_own_reasons", "dispute.reason: x", "expected one of"),
        ("unknown: [dispute.reason]", "unknown: [dispute.why]", "no fact"),
    ):
        path.write_text(sound.replace(old, new, 1))
        with pytest.raises(RulebookError, match=r"own_reasons\.yaml:") as refused:
            load_examples(folder, BOOK)
        assert told in str(refused.value)


def test_books_are_found_by_name_and_version():
    assert open_book(SHELF, "aliexpress/2026-11-22")[0].digest == BOOK.digest
    assert open_book(SHELF, "aliexpress")[0].version == "2026-11-22"
    for name, told in (("nobody", "aliexpress"), ("aliexpress@1999", "2026-11-22")):
        with pytest.raises(RulebookError, match=told):
            folder_of(SHELF, name)


def test_amounts_follow_from_one_another():
    for told, name, expected in (
        ({"order.goods_amount": 5, "order.total_paid": 7}, "order.freight_amount", 2),
        ({"order.freight_amount": 2, "order.total_paid": 7}, "order.goods_amount", 5),
        ({"order.goods_amount": 5, "order.freight_amount": 2}, "order.total_paid", 7),
    ):
        assert known_at(told, NOW).facts[name] == expected


def test_documents_on_file_are_facts():
    paper = {"type": "customs_detention_document", "by": "buyer", "at": NOW}
    papers = {"type": "clearance_papers", "by": "seller", "at": NOW}
    facts = known_at({"evidence.items": (paper, papers)}, NOW).facts
    assert facts["customs.document_filed"] is True
    assert facts["customs.seller_papers_supplied"] is True
    nobody = known_at({"customs.document_attributes_to": "none"}, NOW).facts
    assert nobody["customs.document_filed"] is False
    film = {"type": "defect_photo_video", "by": "buyer", "at": NOW}
    broken = {"dispute.subcase": "damaged", "evidence.items": (film,)}
    assert known_at(broken, NOW).facts["goods.damage_evidence_from"] == "buyer"
    other = {"dispute.subcase": "damaged", "evidence.items": (paper,)}
    assert "goods.damage_evidence_from" not in known_at(other, NOW).facts


def test_a_formula_over_something_unknown_fixes_nothing():
    for name, formula in FORMULAS.items():
        assert formula({}) in (None, 0), name
    assert FORMULAS["missing_share"]({"order.lines": ({"unit_price": 1},)}) is None
    assert FORMULAS["delay_schedule"]({"order.total_paid": 1000, "shipment.delay_days": 3}) == 30
    late = {"order.total_paid": 1000, "shipment.delay_days": 300}
    assert FORMULAS["delay_schedule"](late) == 1000
    free = {"order.goods_amount": 0, "order.freight_amount": 0, "order.total_paid": 0}
    line = {"unit_price": 0, "quantity_agreed": 2, "quantity_received": 1}
    assert FORMULAS["missing_share"]({**free, "order.lines": (line,)}) == 0


def test_a_clause_that_has_ended_says_nothing(tmp_path):
    folder = copied(tmp_path)
    edit(
        folder / "clauses/own_reasons.yaml",
        "since: 2000-01-01",
        "since: 2000-01-01\n  until: 2010-01-01",
    )
    book = load_book(folder)
    facts = known_at({"dispute.reason": "buyer_own_reasons"}, NOW, book).facts
    assert rule(book, facts, NOW.date()).status is Status.SILENT
    assert rule(book, facts, date(2009, 1, 1)).status is Status.DECIDED


def test_a_clause_that_is_not_in_force_asks_for_nothing():
    known_ = known_at({"dispute.reason": "not_received", "tracking.state": "not_found"}, NOW)
    today, before = NOW.date(), date(1999, 1, 1)
    assert [one.proof.name for one in asked(BOOK, known_, rule(BOOK, known_.facts, today), today)]
    assert asked(BOOK, known_, rule(BOOK, known_.facts, before), before) == ()


def test_two_books_are_held_side_by_side(tmp_path):
    folder = copied(tmp_path)
    edit(folder / "clauses/own_reasons.yaml", "refund: nothing", "refund: goods")
    other = load_book(folder)
    cases = [
        {"dispute.reason": "buyer_own_reasons", "order.goods_amount": 5, "order.total_paid": 7}
    ]
    found = difference(BOOK, other, cases, NOW.date())
    assert (found.added, found.ended) == ((), ())
    assert found.changed == (("P-OWN-1", ("then",)),)
    [witness] = found.witnesses
    assert (witness.before.refund_minor, witness.after.refund_minor) == (0, 5)
    assert difference(BOOK, BOOK, cases, NOW.date()).witnesses == ()
