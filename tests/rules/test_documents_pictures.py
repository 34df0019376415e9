"""Pages look as they were approved, in all four languages."""

from __future__ import annotations

import pytest
from PIL import ImageChops, ImageStat

from tests.pictures import CHOSEN, LANGUAGES, approved, drawn


@pytest.mark.parametrize("kind", CHOSEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_looks_as_it_was_approved(kind: str, language: str) -> None:
    """A point differs by a few letters at most; `tests/pictures.py` approves anew."""
    now, then = drawn(kind, language), approved(kind, language)
    assert now.size == then.size
    difference = ImageStat.Stat(ImageChops.difference(now, then)).mean[0]
    assert difference < 2.5, f"{kind} in {language} moved by {difference:.1f}"


def test_a_page_that_moved_is_seen() -> None:
    """Another language, or another kind, is not taken for the approved page."""
    now, then = drawn("minutes", "en"), approved("minutes", "fr")
    assert ImageStat.Stat(ImageChops.difference(now, then)).mean[0] > 2.5
