"""One hash over the heads of all chains: whoever keeps it can prove that nothing was cut off.

The tree is that of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte, so
that no node can be passed off as a leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from governance.record.canonical import canonical

LEAF, NODE = b"\x00", b"\x01"

Head = tuple[str, int, str]


def root_over(heads: Sequence[Head]) -> str:
    """The root over heads, each a chain's name, its number of entries and its last hash."""
    return _root([_leaf(head) for head in sorted(heads)]).hex()


def _leaf(head: Head) -> bytes:
    return hashlib.sha256(LEAF + canonical(list(head))).digest()


def _root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below their number
    return hashlib.sha256(NODE + _root(leaves[:half]) + _root(leaves[half:])).digest()
