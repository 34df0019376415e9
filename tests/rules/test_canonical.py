"""What is hashed is written in one way only, whichever of two writers wrote it."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from governance.record.canonical import canonical

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        WORDS,
    ),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(WORDS, inner)),
)


@given(PLAIN)
def test_the_text_is_that_of_the_standard(value: object) -> None:
    """The short way and the long one give the same bytes, whatever the value."""
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [2**53, float("nan"), {1: "one"}, "\ud800", {"at": object()}])
def test_what_has_no_such_text_is_refused(value: object) -> None:
    """Nothing is hashed that another reader could not write in the same way."""
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)
