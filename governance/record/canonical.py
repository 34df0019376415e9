"""Plain data as bytes that are the same everywhere: RFC 8785. What is hashed is written like it."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

_WHOLE = 2**53 - 1  # beyond it not every reader of JSON tells whole numbers apart


def canonical(value: Any) -> bytes:
    """The one text of this value.

    Texts, whole numbers and what holds them are written alike by the standard library, in a
    fraction of the time. Fractions and keys beyond ASCII are left to who knows all of the rules.
    """
    if not _is_simple(value):
        return bytes(rfc8785.dumps(value))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _is_simple(value: Any) -> bool:
    if value is None or isinstance(value, (str, bool)):
        return True
    if isinstance(value, int):
        return -_WHOLE <= value <= _WHOLE
    if isinstance(value, dict):
        keys = all(isinstance(key, str) and key.isascii() for key in value)
        return keys and all(map(_is_simple, value.values()))
    return isinstance(value, (list, tuple)) and all(map(_is_simple, value))
