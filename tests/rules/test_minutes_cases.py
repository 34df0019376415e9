"""Minutes of invented bodies, printed as such bodies print them: what is wrong is found, no more.

A case is one file: what must be found (a bar between rules of which any will do), the body's file
if there is one, the minutes. One with nothing to find must come out clean.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from governance.committees.minutes.lint import lint
from governance.committees.minutes.reading import read_minutes
from governance.committees.register import register_of
from governance.rulebook.linting.proceedings import body_of

CASES = sorted((Path(__file__).parents[1] / "cases" / "minutes").glob("*.case"))


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.stem)
def test_what_is_printed_wrong_is_found_and_nothing_else(case: Path) -> None:
    """Each fault of the case by its rule; a clean one has no finding that blocks."""
    parts = re.split(r"^=== (.*)\n", case.read_text("utf-8"), flags=re.MULTILINE)[1:]
    held = {
        head.split()[0]: (head.split()[1:], text)
        for head, text in zip(parts[::2], parts[1::2], strict=True)
    }
    body = body_of("body.yaml", held["body"][1].encode()).body if "body" in held else None
    (name,), text = held["minutes"]
    found = lint(read_minutes(name, text.encode()), register_of(body) if body else None)
    rules = {each.finding.rule for each in found.findings if each.blocks}
    expected = held["expect"][0]
    missed = [each for each in expected if not rules & set(each.split("|"))]
    assert missed == []
    assert expected or not rules
