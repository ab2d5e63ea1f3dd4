"""The journal's arithmetic: golden bytes, and one flipped bit is found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhold.core.journal.chain import GENESIS, Entry, breaks, hash_of, seal

AT = datetime(2026, 3, 2, 10, 0, 0, 1, tzinfo=UTC)


def entry(seq: int, prev_hash: str, **changes) -> Entry:
    plain = Entry(
        order_id="order-1",
        seq=seq,
        case_id=None,
        type="PaymentCaptured",
        actor_id="person-1",
        actor_role="operator",
        at=AT,
        payload={"goods_minor": 73_600, "freight_minor": 2_000, "note": "é"},
        request="person-1:key",
        request_digest="d" * 64,
        prev_hash=prev_hash,
    )
    changed = replace(plain, **changes)
    return replace(changed, hash=hash_of(changed))


def chain() -> list[Entry]:
    first = entry(1, GENESIS)
    second = entry(2, first.hash)
    return [first, second, entry(3, second.hash)]


def test_the_canonical_form_is_fixed_for_ever():
    golden = "00288841017a221682ee077ba86a3523104159e49752f3338748937e1e34cbe0"
    assert entry(1, GENESIS).hash == golden


def test_a_sound_chain_has_no_breaks():
    assert breaks(chain()) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("payload", {"goods_minor": 73_601, "freight_minor": 2_000, "note": "é"}),
        ("actor_id", "person-2"),
        ("actor_role", "buyer"),
        ("type", "OrderCompleted"),
        ("at", AT.replace(microsecond=2)),
        ("case_id", "case-1"),
        ("request", None),
        ("request_digest", "e" * 64),
        ("hash", "f" * 64),
        ("prev_hash", "f" * 64),
        ("seq", 9),
    ],
)
def test_any_changed_field_is_found(field, value):
    entries = chain()
    entries[1] = replace(entries[1], **{field: value})
    assert breaks(entries)


def test_a_missing_entry_is_found():
    entries = chain()
    assert breaks([entries[0], entries[2]])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), JSON), st.text())
def test_the_fast_seal_writes_the_canonical_bytes(payload, request_key):
    one = entry(1, GENESIS, payload=payload, request=request_key)
    assert seal(one) == hash_of(one)
