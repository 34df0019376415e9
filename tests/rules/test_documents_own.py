"""An organisation's own texts: checked with place and cure, rendered apart, never running away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from governance.documents import source
from governance.documents.apart import trying
from governance.documents.linting import lint
from governance.documents.own import faults_of_pattern, numbered, own_of
from governance.refusals import Refused
from governance.settings import ROOT

TEXT = "letters/text/en/regret.html"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one text of the organisation's own, as ours is."""
    path = tmp_path / TEXT
    path.parent.mkdir(parents=True)
    shutil.copy(source.TEMPLATES / TEXT, path)
    return tmp_path


def edit(own: Path, before: str, after: str) -> None:
    """A lawyer changes a word."""
    path = own / TEXT
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def told(own: Path) -> list[str]:
    """What the linter says."""
    return [str(each) for each in lint(own)]


def test_a_sound_text_has_no_faults(own: Path) -> None:
    """An organisation may write it otherwise."""
    edit(own, "Thank you for your application", "We thank you for your application")
    assert told(own) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "says"),
    [
        ("letter.contact", "letter.kontact", "line 30", "no attribute 'kontact'"),
        ("{% macro file(letter) %}", "{% macro files(letter) %}", TEXT, '"file" is missing'),
        ("<p>Thank", "<p><b>Thank</b>", TEXT, "<b> is not an element"),
        ("<p>Thank", "<p>{{ 'a'|safe }}Thank", "line 6", "mark a value as safe"),
        ("<p>Thank", "<p>\u202eThank", "line 6", "U+202E"),
        ("<p>Thank", "<p>{{ 'a' * 10**9 }}Thank", "line 6", "operator"),
        ("<p>Thank", "<p>漢Thank", TEXT, "U+6F22"),
        ("{% endmacro %}", "", "line", "template"),
    ],
)
def test_each_fault_has_its_place_and_what_is_the_matter(
    own: Path, before: str, after: str, place: str, says: str
) -> None:
    """So that a lawyer finds it."""
    edit(own, before, after)
    (first, *_) = told(own)
    assert place in first
    assert says in first


def test_a_file_that_nothing_reads_is_a_typing_error(own: Path) -> None:
    """With what it may have meant."""
    (own / "letters" / "text" / "en" / "regrets.html").write_text("x", "utf-8")
    (own / "regret.html").write_text("x", "utf-8")
    faults = " ".join(told(own))
    assert "letters/text/en/regrets.html: no document reads this file" in faults
    assert "Did you mean letters/regret.html, letters/text/ar/regret.html" in faults


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    """Not a clean bill of health."""
    with pytest.raises(Refused, match="no folder of documents"):
        lint(tmp_path / "nowhere")


def test_our_own_documents_are_in_order() -> None:
    """The rulebook that is shipped passes its own linter."""
    assert lint(ROOT / "governance" / "rulebooks" / "interpol" / "documents") == []


def test_a_text_that_takes_too_long_is_stopped(own: Path) -> None:
    """The process apart is ended, and this one goes on."""
    loop = "{% for a in letter.other %}x{% endfor %}"
    edit(own, "<p>Thank", f"<p>{loop}Thank")
    (done,) = trying.rendered(own, [trying.Task("regret", "en")], seconds=20, memory=64 * 2**20)
    assert done.faults


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{organisation}/{year}", "needs {number}"),
        ("{number.__class__}", "unknown"),
        ("{number:999999999d}", "unknown"),
        ("{number!r}", "unknown"),
        ("{nobody}/{number}", "unknown"),
        ("{number", "cannot be read"),
    ],
)
def test_a_pattern_of_numbers_is_checked(pattern: str, says: str) -> None:
    """It comes from a file that people edit."""
    (fault,) = faults_of_pattern(pattern)
    assert says in fault


def test_a_pattern_gives_numbers() -> None:
    """In the organisation's own way."""
    assert faults_of_pattern("SG/{year}/{number:04d}") == []
    facts = {"kind": "minutes", "number": 7, "organisation": "IC", "year": 2027}
    assert numbered("{organisation}/{kind}/{year}/{number:03d}", **facts) == "IC/minutes/2027/007"


def test_the_organisations_decisions_are_read_with_every_fault(tmp_path: Path) -> None:
    """An unknown field, a wrong pattern, broken YAML: with file and place."""
    assert own_of(tmp_path).numbering.pattern == "{organisation}/{year}/{number:04d}"
    file = tmp_path / "documents.yaml"
    for text, place in (
        ("numbers: {}", "documents.yaml, numbers"),
        ("numbering: {pattern: no-number}", "documents.yaml, numbering.pattern"),
        ("numbering: [", "documents.yaml, line"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(Refused, match=place):
            own_of(tmp_path)
