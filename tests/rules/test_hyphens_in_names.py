"""A hyphen in a name is written by some and left out by others."""

from __future__ import annotations

import pytest

from governance.committees.names import Names

KNOWN = {"layla": ["Layla Al-Mutawa"], "junho": ["Jun Ho Bae"], "ana": ["Ana García-Paz"]}


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Layla Al Mutawa", "layla"),
        ("AL MUTAWA, L.", "layla"),
        ("L. Al-Mutawa", "layla"),
        ("Jun-ho Bae", "junho"),
        ("GARCIA PAZ, Ana", "ana"),
        ("Layla Mutawi", None),
    ],
)
def test_a_name_is_found_with_its_hyphen_and_without(printed: str, key: str | None) -> None:
    """Whoever is meant is found either way; another name is not."""
    assert Names.of(KNOWN).find(printed) == key
