"""YAML is read one way only; what other readers would read otherwise is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rulebook.linting.yamltext import LARGEST, read_text

TRAPS = [
    ("on: 1", "1:1", "on without quotes", 'Write "on" in quotes'),
    ("country: NO", "1:10", "NO without quotes", 'Write "NO" in quotes'),
    ("answer: Yes", "1:9", "Yes without quotes", "or true or false"),
    ("at: 12:30", "1:5", "12:30 is 750", 'Write "12:30" in quotes'),
    ("share: 0.3", "1:8", "0.3 is a rounded number", '"3/10"'),
    ("share: 1e3", "1:8", "1e3 is a rounded number", '"3/10"'),
    ("share: .inf", "1:8", ".inf is a rounded number", '"3/10"'),
    ("days: 010", "1:7", "010 is read as different numbers", "without leading zeros"),
    ("days: 0x1F", "1:7", "0x1F is read as different numbers", "without leading zeros"),
    ("days: 1_000", "1:7", "1_000 is read as different numbers", "without leading zeros"),
    ("a: 1\nb: 2\na: 3", "3:1", 'the key "a" stands here a second time', "the one on line 1"),
    ("a: &x 1\n", "1:4", "anchors (&) and aliases (*) hide", "Write the words out"),
    ("a: *x\n", "1:4", "anchors (&) and aliases (*) hide", "Write the words out"),
    ("<<: {a: 1}", "1:1", "a merge (<<) hides", "Write the words out"),
    ("a: !!python/object:os.system x", "1:4", "a tag (!) changes", "Remove the tag"),
    ("%YAML 1.1\n---\na: 1", "2:1", "a directive changes", "Remove the line with %"),
    ("a: 1\n---\nb: 2", "2:1", "a second document", "Remove the line with ---"),
    ("? [a]\n: 1", "1:3", "a key is a list or a mapping", "Write one word"),
    ("a: [1\nb: 2", "2:2", "cannot be read as YAML", "Look at the indentation"),
    ("a: 'x", "1:6", "cannot be read as YAML", "Look at the indentation"),
    ("a: \x00", "1:1", "cannot be read as YAML", "Look at the indentation"),
    ("", "1:1", "the file is empty", "Write the part of the law"),
    ("[" * 200, "1:1", "nested deeper", "Look at the indentation"),
    ("a: [" + "1," * 20_001, "1:1", "or holds more, than a law does", "Look at"),
]


@pytest.mark.parametrize(("text", "where", "because", "cure"), TRAPS)
def test_each_trap_is_told_with_its_place_and_cure(
    text: str, where: str, because: str, cure: str
) -> None:
    """Whoever writes a law that readers would read differently is told where, and what to write."""
    findings = read_text("law.yaml", text.encode()).findings

    found = next(each for each in findings if because in str(each.because))
    assert found.where == f"law.yaml:{where}"
    assert cure in str(found.cure)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"NO"', "NO"),
        ("NOR", "NOR"),
        ("'12:30'", "12:30"),
        ("3/10", "3/10"),
        ('"0.3"', "0.3"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("42", 42),
        ("-7", -7),
        ("0", 0),
        ("2026-01-01", "2026-01-01"),
        ("[a, 1]", ["a", 1]),
        ("1.2.3", "1.2.3"),
    ],
)
def test_what_is_plain_is_read_as_yaml_1_2(text: str, value: Any) -> None:
    """Numbers, truth values and texts are what YAML 1.2 says, and dates stay text."""
    reading = read_text("law.yaml", f"a: {text}".encode())

    assert reading.findings == []
    assert reading.tree is not None
    assert reading.tree.plain() == {"a": value}


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    """A file saved as Latin-1 is refused with the line of its first foreign letter."""
    [finding] = read_text("law.yaml", "a: 1\nb: é".encode("latin-1")).findings

    assert finding.where == "law.yaml:2:1"
    assert str(finding.cure) == "Save it again with the encoding UTF-8."


def test_a_file_beyond_all_law_is_refused_before_it_is_read() -> None:
    """A file larger than any law is refused by its size."""
    [finding] = read_text("law.yaml", b"#" * (LARGEST + 1)).findings

    assert f"the limit is {LARGEST}" in str(finding)


def test_places_are_known_to_the_depth_that_is_there() -> None:
    """A fault in something that is missing points at the part that lacks it."""
    tree = read_text("law.yaml", b"stages:\n  - key: call\n    needs: [a, b]\n").tree

    assert tree is not None
    assert tree.at(("stages", 0, "prepare", "needs", 1)) == (3, 16)
    assert tree.at(("stages", 0, "title")) == (2, 5)
    assert tree.at(("stages", 7)) == (1, 1)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever somebody pastes into a file, they get a tree or a reason."""
    reading = read_text("law.yaml", text.encode())

    assert reading.tree is not None or reading.findings


@given(st.text(alphabet="ab:-[]{}&*!|>%?'\"#\n ,.01", max_size=60))
def test_no_punctuation_breaks_the_reader(text: str) -> None:
    """Any heap of YAML's own signs gives a tree or a reason."""
    reading = read_text("law.yaml", text.encode())

    assert reading.tree is not None or reading.findings
