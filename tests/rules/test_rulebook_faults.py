"""Each way to break the law that is shipped: the linter says where, what, and what to write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from governance.refusals import Finding, Refused, Verdict
from governance.rulebook.linting.check import check
from governance.rulebook.loader import load
from governance.rulebook.predicates import PREDICATES, Predicate, Vocabulary
from governance.settings import ROOT

pytestmark = pytest.mark.slow

SHIPPED = ROOT / "governance" / "rulebooks" / "interpol"
LAW, WHO, POSTS = "regional-director.yaml", "organisation.yaml", "posts.yaml"


class Case(NamedTuple):
    """One change to a file, the text of the line where the fault is found, and the words."""

    fault: str
    file: str
    old: str
    new: str
    line: str
    because: str
    cure: str


CASES = [
    Case(**each)
    for each in YAML(typ="safe").load(ROOT / "tests" / "cases" / "rulebook_faults.yaml")
]


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the shipped law that a test may break."""
    folder = tmp_path / "interpol"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("demonstration"))
    return folder


def change(law: Path, file: str, old: str, new: str) -> str:
    """Replace the first occurrence; gives the file's new text."""
    path = law / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text := text.replace(old, new, 1), "utf-8")
    return text


@pytest.mark.parametrize("case", CASES, ids=[each.fault for each in CASES])
def test_each_fault_keeps_the_law_from_force(law: Path, case: Case) -> None:
    """Whoever breaks a rulebook reads in which file and line, what is wrong, and what to write."""
    text = change(law, case.file, case.old, case.new)

    with pytest.raises(Refused) as refused:
        load(law)

    findings = refused.value.findings
    found = [each for each in findings if case.because in str(each.because)]
    assert found, [str(each) for each in findings]
    name, line, _ = found[0].where.split(":")
    assert name == case.file
    assert line == str(text[: text.index(case.line)].count("\n") + 1)
    assert case.cure in str(found[0].cure)


def test_all_faults_are_told_at_once(law: Path) -> None:
    """Three faults in three files are three findings, in the order of files and lines."""
    change(law, LAW, "next: applications", "next: aplications")
    change(law, WHO, "duty_station: lyon", "duty_station: lyons")
    change(law, POSTS, "grade: D1", "grade: d1")

    findings = check(law)
    with pytest.raises(Refused) as refused:
        load(law)

    assert [each.where.split(":")[0] for each in findings] == [WHO, POSTS, LAW]
    assert [str(each) for each in refused.value.findings] == [str(each) for each in findings]


def test_a_loop_without_a_person_is_found(law: Path) -> None:
    """A way on which a case could turn for ever although nobody acts is named stage by stage."""
    change(law, LAW, "outcomes: {too_few: eligibility}", "outcomes: {too_few: applications}")

    [finding] = check(law)

    assert "applications → applications turns for ever" in str(finding)
    assert "Add rounds: {at_most: 3, then: closed}" in str(finding.cure)


def test_a_loop_with_a_bound_is_lawful(law: Path) -> None:
    """The same way with a bound of three rounds is law."""
    change(
        law,
        LAW,
        "outcomes: {too_few: eligibility}",
        "outcomes: {too_few: applications}\n    rounds: {at_most: 3, then: closed}",
    )

    assert check(law) == []


def test_a_bound_that_leads_back_is_no_bound(law: Path) -> None:
    """A bound whose way out leads back into the same loop does not end it."""
    change(
        law,
        LAW,
        "outcomes: {nobody_cleared: call}",
        "outcomes: {nobody_cleared: eligibility}\n    rounds: {at_most: 3, then: eligibility}",
    )

    assert "eligibility → vetting → eligibility turns for ever" in str(check(law)[0])


def test_a_procedure_that_never_ends_is_found(law: Path) -> None:
    """Stages from which no end is reached are named, each on its own line."""
    text = (law / LAW).read_text("utf-8")
    text = text.replace("next: done", "next: call").replace("none: closed", "none: call")
    (law / LAW).write_text(text, "utf-8")

    said = [str(each.because) for each in check(law)]

    assert 'no end can be reached from "call"' in said
    assert 'no case ever comes to "done"' in said
    assert 'no end can be reached from "done"' not in said


def test_a_fault_in_one_stage_hides_none_in_another(law: Path) -> None:
    """A stage that cannot be read does not keep the linter from the others."""
    change(law, LAW, "verb: prepare", "verb: prepear")
    change(law, LAW, "lost: selection", "lost: selecton")

    assert len(check(law)) == 2


def test_a_missing_file_is_told(law: Path) -> None:
    """A folder without its organisation says so, and the offices are not held against nothing."""
    (law / WHO).unlink()

    [finding] = check(law)

    assert finding.where == "organisation.yaml:1:1"
    assert str(finding.because) == "organisation.yaml is missing"


def test_demonstrations_are_not_law(law: Path) -> None:
    """A folder inside the rulebook's, such as invented people, is not read as law."""
    (law / "demonstration").mkdir()
    (law / "demonstration" / "organisation.yaml").write_text("no law: [", "utf-8")

    assert check(law) == []


def test_one_file_is_checked_within_its_folder(law: Path) -> None:
    """Given one file, the linter tells of that file alone, with its folder's offices known."""
    change(law, LAW, "next: applications", "next: aplications")

    assert len(check(law / LAW)) == 1
    assert check(law / WHO) == []


def test_a_lone_file_says_what_was_not_looked_at(law: Path, tmp_path: Path) -> None:
    """A procedure outside any organisation is checked by itself, and the advice says so."""
    alone = tmp_path / LAW
    shutil.copy(law / LAW, alone)

    [finding] = check(alone)

    assert finding.verdict is Verdict.ADVISORY
    assert "offices and languages were not looked at" in str(finding)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A path to nothing is refused with what to give instead."""
    with pytest.raises(Refused, match=r"there is no file or folder .*nothing\.yaml"):
        check(tmp_path / "nothing.yaml")


def test_the_linter_knows_the_rules_that_it_is_told(law: Path) -> None:
    """A rule that an installation adds is lawful there and unknown elsewhere."""
    change(law, LAW, "- member_nationality\n", "- member_nationality\n      - good_swimmer\n")
    told = Vocabulary((*PREDICATES, Predicate("good_swimmer", "sift", "The candidate swims.")))

    def said(findings: list[Finding]) -> list[str]:
        return [str(each.because) for each in findings]

    assert said(check(law)) == ['"good_swimmer" is no rule for the verb sift']
    assert said(check(law, told)) == []
