"""The chain of custody, and references to words in payloads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fairhold.core.cases.disputes.options import talk_options
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.journal.chain import GENESIS
from fairhold.core.journal.custody import Act, Custody, custody_breaks, linked
from fairhold.core.journal.words import refs, refs_under
from fairhold.core.values.roles import Role
from pure import Pure
from world import BUYER, SELLER, SPECIALIST, text

AT = datetime(2026, 3, 2, tzinfo=UTC)


def chain(length=4):
    made, prev = [], GENESIS
    for seq in range(1, length + 1):
        event = Custody(
            "o", seq, "case", "E1", "a" * 64, Act.VIEWED, "p", "buyer", AT, "small", "0" * 32, prev
        )
        made.append(linked(event))
        prev = made[-1].hash
    return made


def test_a_whole_chain_holds():
    assert custody_breaks(chain()) == []
    assert custody_breaks([]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("exhibit", "E2"),
        ("case_id", None),
        ("sha256", "b" * 64),
        ("act", "downloaded"),
        ("actor_id", "q"),
        ("actor_role", "seller"),
        ("at", datetime(2026, 3, 3, tzinfo=UTC)),
        ("way", "whole"),
        ("order_id", "other"),
        ("hash", "c" * 64),
        ("prev_hash", "c" * 64),
        ("seq", 9),
    ],
)
def test_one_changed_field_is_found(field, value):
    events = chain()
    events[1] = replace(events[1], **{field: value})
    assert custody_breaks(events)


def test_a_missing_event_is_found():
    events = chain()
    assert any("expected event 2" in one for one in custody_breaks([events[0], *events[2:]]))


PAYLOAD = {
    "note": {"id": "n", "digest": "d"},
    "deep": [{"delivery_address": {"id": "a", "digest": "e"}, "count": 3}],
    "delivery_place": None,
}


def test_references_are_found_at_any_depth():
    assert set(refs(PAYLOAD)) == {("n", "d"), ("a", "e")}
    assert list(refs_under(PAYLOAD, {"delivery_address", "delivery_place"})) == ["a"]
    assert list(refs_under("text", {"note"})) == []


def test_a_page_offers_to_say_what_the_tables_let_be_said():
    case = Pure().registered()
    assert talk_options(case.file, BUYER) == (ordered.WriteMessage, ordered.ProposeAmendment)
    assert talk_options(case.file, SPECIALIST) == (ordered.WriteMessage,)
    assert talk_options(case.file, Role.FINANCE) == ()
    case.do(SELLER, ordered.ProposeAmendment(text("later"), promise_days=40))
    assert ordered.AcceptAmendment in talk_options(case.file, BUYER)
    assert ordered.DeclineAmendment in talk_options(case.file, SELLER)
    assert ordered.AcceptAmendment not in talk_options(case.file, SELLER)
    assert ordered.ProposeAmendment not in talk_options(case.file, BUYER)
