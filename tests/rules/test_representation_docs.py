"""The documentation of representation is true: each example is read, linted and judged."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from governance.refusals import Verdict
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.view import at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.export import body_schema
from governance.rulebook.bodies.reading import read_body
from governance.rulebook.linting.yamltext import read_text
from governance.settings import ROOT

PAGE = (ROOT / "docs" / "representation.md").read_text("utf-8")
BLOCK = re.compile(r"```(yaml|csv) (\w+)\n(.*?)```", re.DOTALL)
DAY = date(2026, 11, 28)
BAD = {Verdict.FAIL}


def blocks() -> list[tuple[str, str, str]]:
    """Every marked block of the page, in its order: language, mark, text."""
    return [(each[1], each[2], each[3]) for each in BLOCK.finditer(PAGE)]


def lawful(text: str) -> Body:
    """A body without a fault."""
    reading = read_text("page.yaml", text.encode())
    body = read_body(reading, Path())
    assert [str(each) for each in reading.findings] == []
    assert body is not None
    return body


FRAME = next(text for _, mark, text in blocks() if mark == "examples")


def examples() -> list[tuple[str, str, str]]:
    """Each composition with the rules that stand before it: rules, mark, members."""
    found, rules = [], ""
    for language, mark, text in blocks():
        if mark == "rule":
            rules = text
            found.append((rules, "lawful", ""))
        elif language == "csv":
            found.append((rules, mark, text))
    return found


def named(example: tuple[str, str, str]) -> str:
    """The rule and what is expected of it."""
    first = re.search(r"id: ([\w-]+)", example[0])
    return f"{first[1] if first else '?'}-{example[1]}"


def test_the_first_body_of_the_page_is_lawful() -> None:
    """Whoever copies it begins with a file that has no fault."""
    (text,) = (text for _, mark, text in blocks() if mark == "body")

    assert lawful(text).body == "harbour_council"


@pytest.mark.parametrize("example", examples(), ids=named)
def test_an_example_does_what_the_page_says(example: tuple[str, str, str]) -> None:
    """A rule of the page is lawful; its compositions keep it, break it, or are excused."""
    rules, mark, members = example
    body = lawful(FRAME + "rules:\n" + "".join(f"  {x}\n" for x in rules.splitlines()))
    if mark == "lawful":
        return
    found = verdict(at(body, read_members(members, body), DAY))
    outcomes = {each.outcome for each in found.rules}
    said = [(each.id, str(each.outcome), str(each.found.because)) for each in found.rules]
    if mark == "pass":
        assert outcomes == {Verdict.PASS}, said
    elif mark == "fail":
        assert Verdict.FAIL in outcomes, said
    else:
        assert Verdict.EXCEPTION in outcomes, said
        assert Verdict.FAIL not in outcomes, said


def test_every_kind_of_rule_has_an_example() -> None:
    """What the vocabulary can say, the page shows."""
    kinds = {
        each["properties"]["kind"]["const"]
        for each in body_schema()["$defs"].values()
        if "kind" in each.get("properties", {})
    }
    shown = {x for _, mark, text in blocks() for x in re.findall(r"kind: (\w+)", text)}

    assert kinds - shown == set()
    assert all(f"\n### {kind}" in PAGE or kind in ("any_of", "all_of") for kind in kinds)


def test_the_schema_beside_the_page_is_current() -> None:
    """`mandate representation schema > docs/body.schema.json` was run after the last change."""
    kept = json.loads((ROOT / "docs" / "body.schema.json").read_text("utf-8"))

    assert kept == body_schema()
