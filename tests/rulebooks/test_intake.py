"""Questions that are none: every problem is named, nothing is decided, nothing is printed."""

import copy
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhold.flow.adjudicate.answering import answer
from fairhold.flow.adjudicate.intake import Problems, question
from fairhold.flow.adjudicate.question import find
from questions import BOOK, LATER, LOST, PROCESS, ROOT, ask

SOUND = {"id": "q", "as_of": "2025-04-01T09:00:00Z", "facts": LOST}
BAD = [
    ([], "a JSON object"),
    ({**SOUND, "as_of": "2025-04-01"}, "as_of"),
    ({**SOUND, "as_of": "2025-04-01T09:00:00"}, "as_of"),
    ({**SOUND, "facts": []}, "facts"),
    ({**SOUND, "verdict": 1}, "verdict"),
]
BAD_FACTS = [
    ("order.totals", "1.00", "a fact of the book"),
    ("proof.weight", True, "a fact of the book"),
    ("order.total_paid", 110, "decimal string"),
    ("order.total_paid", "110.001", "decimal string"),
    ("order.total_paid", "-1.00", "decimal string"),
    ("order.total_paid", "120.00", "order.goods_amount plus order.freight_amount"),
    ("order.currency", "usd", "ISO 4217"),
    ("order.delivery_promise_days", "30", "whole number"),
    ("order.delivery_promise_days", 0, "at least 1"),
    ("order.delivery_promise_days", True, "whole number"),
    ("dispute.reason", "late", "one of not_received"),
    ("dispute.requested_amount", "110.01", "at most order.total_paid"),
    ("shipment.worry_free", "yes", "true or false"),
    ("shipment.worry_free", None, "true or false"),
    ("dispute.opened_at", "yesterday", "a moment in UTC"),
    ("evidence.items", {"type": "chat_record"}, "a list"),
    ("evidence.items", [{"by": "seller"}], "evidence.items[0].type"),
    ("evidence.items", [{"type": "chat_record", "by": "nobody"}], "evidence.items[0].by"),
    ("evidence.items", [{"type": "chat_record", "colour": 1}], "evidence.items[0].colour"),
    ("offline.documents", ["a poem"], "a list out of"),
    ("dispute.accepted_plan_id", "z", None),
    ("op.name", "shout", "one of accept"),
    ("tracking.shown_address", "Lima", "an object"),
]


@pytest.mark.parametrize(("raw", "expected"), BAD)
def test_a_question_of_the_wrong_shape_is_refused(raw, expected):
    found = question(raw, 1, BOOK)
    assert isinstance(found, Problems)
    assert any(expected in line for line in found.lines)


@pytest.mark.parametrize(("name", "value", "expected"), BAD_FACTS)
def test_a_fact_that_does_not_fit_is_named_with_what_was_expected(name, value, expected):
    facts = {**LOST, name: value}
    if expected is None:
        facts["dispute.plans"] = [
            {"id": "a", "by": "buyer", "kind": "refund_only", "amount": "1.00"}
        ]
    found = question({**SOUND, "facts": facts}, 1, BOOK)
    assert isinstance(found, Problems)
    [line] = found.lines
    assert line.startswith("q: ")
    assert name in line
    assert expected is None or expected in line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(name=st.sampled_from(sorted(BOOK.facts)), value=JSON)
def test_whatever_a_fact_is_set_to_there_is_an_answer_or_a_named_problem(name, value):
    facts = copy.deepcopy(LOST)
    facts[name] = value
    found = question({**SOUND, "facts": facts}, 1, BOOK)
    if isinstance(found, Problems):
        assert all(": expected " in line for line in found.lines)
    else:
        assert json.dumps(answer(BOOK, find(BOOK, PROCESS, found)))


def adjudicate(text: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "fairhold", "adjudicate", "-"],
        input=text,
        env={**os.environ, "FAIRHOLD_RULEBOOKS": str(ROOT / "rulebooks")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_object_gives_one_answer_and_a_list_gives_a_list():
    one, many = adjudicate(json.dumps(SOUND)), adjudicate(json.dumps([SOUND, SOUND]))
    assert (one.returncode, json.loads(one.stdout)["id"]) == (0, "q")
    assert [row["id"] for row in json.loads(many.stdout)] == ["q", "q"]


@pytest.mark.parametrize("text", ["", "no", "[1]", json.dumps([SOUND, {**SOUND, "as_of": 1}])])
def test_bad_input_ends_with_two_and_prints_nothing(text):
    done = adjudicate(text)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()


def test_a_book_that_is_not_there_is_named():
    done = adjudicate(json.dumps({**SOUND, "rulebook": "nobody@latest"}))
    assert (done.returncode, done.stdout) == (2, "")
    assert "aliexpress" in done.stderr


def test_no_number_of_days_and_no_date_reaches_beyond_the_calendar():
    facts = {**LOST, "tracking.state": "in_transit", "order.delivery_promise_days": 10**9}
    assert ask(facts)["decision"]
    far = {"order.placed_at": "9999-12-31T00:00:00Z"}
    asked = question({"id": "q", "as_of": LATER, "facts": far}, 1, BOOK)
    assert isinstance(asked, Problems)
    assert "in 1970 to 2199" in asked.lines[0]
