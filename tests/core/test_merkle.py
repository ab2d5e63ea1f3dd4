"""The hash tree of the log: against a plain recursion, and with one bit changed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairhold.core.journal.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    consistent,
    grown,
    included,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
)

MOST = 70


def leaves(count):
    return [leaf_hash(b"%d" % place) for place in range(count)]


def tree(count):
    """The stored subtrees of a log that grew leaf by leaf."""
    kept = {}
    for place, leaf in enumerate(leaves(count)):
        for level, at, made in grown(place, leaf, lambda level, at: kept[level, at]):
            kept[level, at] = made
    return lambda level, at: kept[level, at]


def plain_root(found):
    """The definition, word for word, without anything stored."""
    if not found:
        return hashlib.sha256(b"").digest()
    if len(found) == 1:
        return found[0]
    half = 1
    while half * 2 < len(found):
        half *= 2
    return node_hash(plain_root(found[:half]), plain_root(found[half:]))


NODES = tree(MOST)
ROOTS = [plain_root(leaves(size)) for size in range(MOST + 1)]


def test_roots_are_those_of_the_definition():
    assert [root_of(size, NODES) for size in range(MOST + 1)] == ROOTS
    assert ROOTS[0] == EMPTY_ROOT


def test_a_known_tree_has_its_known_root():
    # The empty leaf alone, from the test vectors of certificate transparency.
    known = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"").hex() == known


def test_every_leaf_is_shown_to_be_in_every_tree():
    found = leaves(MOST)
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, NODES)
            assert included(found[index], index, size, proof, ROOTS[size])
            assert not included(found[index], index, size, [*proof, found[0]], ROOTS[size])


def test_every_tree_is_shown_to_begin_with_every_smaller_one():
    for new in range(MOST + 1):
        for old in range(new + 1):
            proof = consistency_proof(old, new, NODES)
            assert consistent(old, new, (ROOTS[old], ROOTS[new]), proof)
            if proof:
                assert not consistent(old, new, (ROOTS[old], ROOTS[new]), proof[:-1])
                assert not consistent(old, new, (ROOTS[old], ROOTS[new]), [*proof, proof[0]])


@given(st.data())
def test_one_changed_bit_is_found(data):
    size = data.draw(st.integers(2, MOST))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, NODES)
    at = data.draw(st.integers(0, len(proof) - 1))
    spoiled = bytearray(proof[at])
    spoiled[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    proof[at] = bytes(spoiled)
    assert not included(leaves(MOST)[index], index, size, proof, ROOTS[size])


@given(st.data())
def test_a_rewritten_past_is_found(data):
    new = data.draw(st.integers(2, MOST))
    old = data.draw(st.integers(1, new - 1))
    changed = list(leaves(old))
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"another")
    proof = consistency_proof(old, new, NODES)
    assert not consistent(old, new, (plain_root(changed), ROOTS[new]), proof)


def test_a_leaf_at_another_place_is_not_there():
    proof = inclusion_proof(3, 8, NODES)
    for index in (-1, 2, 4, 8):
        assert not included(leaves(8)[3], index, 8, proof, ROOTS[8])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="expected a leaf below"):
        inclusion_proof(index, size, NODES)


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3)])
def test_no_proof_that_a_smaller_tree_begins_with_a_larger_one(old, new):
    with pytest.raises(ValueError, match="expected an older size"):
        consistency_proof(old, new, NODES)
    assert not consistent(old, new, (ROOTS[3], ROOTS[3]), [])


def test_equal_sizes_need_equal_roots_and_no_proof():
    assert not consistent(3, 3, (ROOTS[3], ROOTS[4]), [])
    assert not consistent(3, 3, (ROOTS[3], ROOTS[3]), [ROOTS[3]])
    assert not consistent(0, 3, (ROOTS[1], ROOTS[3]), [])
    assert not consistent(3, 5, (ROOTS[3], ROOTS[5]), [])
