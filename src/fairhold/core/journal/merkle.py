"""The hash tree over the log of chain heads: roots, proofs of inclusion and of consistency.

The tree is that of RFC 9162 and RFC 6962: SHA-256, a leaf under 0x00, a node under 0x01. A `Nodes`
function gives the hash of a complete subtree by level and place; nothing else of the log is read.
Source: RFC 9162, sections 2.1.3 to 2.1.5.
"""

import hashlib
from collections.abc import Callable, Sequence

# The hash of the complete subtree of 2**level leaves that begins at leaf place * 2**level.
Nodes = Callable[[int, int], bytes]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(size: int, nodes: Nodes) -> bytes:
    """The root of the tree over the first `size` leaves."""
    return _subtree(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The path from leaf `index` to the root over `size` leaves, lowest first.

    Raises: ValueError for a leaf that is not among them.
    """
    if not 0 <= index < size:
        raise ValueError(f"expected a leaf below {size}, got {index}")
    return _path(index, 0, size, nodes)


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """What shows that the tree over `new` leaves begins with the tree over `old` leaves.

    Raises: ValueError where the old tree is the larger one.
    """
    if not 0 <= old <= new:
        raise ValueError(f"expected an older size up to {new}, got {old}")
    return _subproof(old, 0, new, nodes, whole=True) if 0 < old < new else []


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` (a leaf hash) stands at `index` of the tree of that size and root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, new: int, roots: tuple[bytes, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the tree of the new size and root begins with the tree of the old size and root."""
    old_root, new_root = roots
    if old == new:
        return not proof and old_root == new_root
    if not 0 <= old < new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    return bool(steps) and _walked(old - 1, new - 1, steps) == roots


def _walked(place: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that the steps lead to; None where there are too many or too few of them."""
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`: where a tree of that size divides."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(start: int, end: int, nodes: Nodes) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(size)
    return node_hash(_subtree(start, middle, nodes), _subtree(middle, end, nodes))


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _subtree(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _subtree(start, middle, nodes)]


def _subproof(old: int, start: int, end: int, nodes: Nodes, *, whole: bool) -> list[bytes]:
    if old == end:
        return [] if whole else [_subtree(start, end, nodes)]
    middle = start + _split(end - start)
    if old <= middle:
        return [
            *_subproof(old, start, middle, nodes, whole=whole),
            _subtree(middle, end, nodes),
        ]
    return [
        *_subproof(old, middle, end, nodes, whole=False),
        _subtree(start, middle, nodes),
    ]


def grown(size: int, leaf: bytes, nodes: Nodes) -> list[tuple[int, int, bytes]]:
    """The complete subtrees that leaf number `size` (from 0) finishes: level, place, hash.

    The leaf itself is level 0. One leaf finishes two subtrees on average.
    """
    made = [(0, size, leaf)]
    while size >> (level := len(made) - 1) & 1:
        place = (size >> level) - 1
        made.append((level + 1, place >> 1, node_hash(nodes(level, place), made[-1][2])))
    return made
