"""What somebody writes who knows the bodies and not the program: understood, or told the cure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from governance.cli.main import app

ANSWERS = "name,position\nA,yes\nB,yes\nC,no\n"


def tried(folder: Path, rule: str, answers: str = ANSWERS) -> tuple[int, dict[str, Any]]:
    """A rule tried on answers: exit status and JSON."""
    (folder / "rule.yaml").write_text(rule, "utf-8")
    (folder / "answers.csv").write_text(answers, "utf-8")
    files = [str(folder / "rule.yaml"), str(folder / "answers.csv")]
    came = CliRunner().invoke(app, ["consultation", "try", *files, "--json"])
    return came.exit_code, json.loads(came.stdout)


@pytest.mark.parametrize(
    ("rule", "because", "cure"),
    [
        ("kind: majority\nat_least: 66.7%\n", '"66.7%" is a rounded number: write 2/3', "at_least"),
        ("kind: majority\nat_least: 33,33 %\n", "write 1/3, or 3333/10000", "at_least"),
        ("kind: majority\nat_least:\n", "nothing stands after at_least", "remove the line"),
        ("kind: majority\nat_most: 1/4\n", '"at_most" is not', "also: [{at_most: 1/4}]"),
        ("kind: ballot\nseats: 0\n", "seats is 0, where a whole number of 1", "Write a whole"),
        ("kind: majority\nat_least: [2/3]\n", "at_least is a list", "a fraction such as 2/3"),
        ("kind: majority\narticle: 12\n", "an article is words, and 12", 'article: "12"'),
        ("kind: ballot\nrounds: {stay: {highest: 2, per_seat: 2}}\n", "stay says one of", "stay"),
        ("kind: ballot\nrounds: {stay: [{highest: 3}, {highest: 2}]}\n", "different", "rounds"),
    ],
)
def test_a_fault_is_told_once_in_words_of_the_file(
    tmp_path: Path, rule: str, because: str, cure: str
) -> None:
    """One finding for one fault, which names what was written and what to write."""
    status, told = tried(tmp_path, rule)
    found = told["refused"]["findings"]
    assert (status, len(found)) == (2, 1), found
    assert because in found[0]["because"]
    assert cure in found[0]["cure"]


@pytest.mark.parametrize(("share", "needed"), [("62.5%", 2), ("66.5%", 2), ("67%", 3), ("55%", 2)])
def test_a_percentage_that_is_exact_is_taken(tmp_path: Path, share: str, needed: int) -> None:
    """Only what is a third or a sixth cut short is refused."""
    status, told = tried(tmp_path, f"kind: majority\nat_least: {share}\n")
    assert (status, told["needed"]) == (0 if needed == 2 else 1, needed)


def test_columns_may_bear_arabic_titles(tmp_path: Path) -> None:
    """A file that was written in Arabic is read as one in English is."""
    answers = "الاسم,الموقف,العدد\nلجنة,نعم,٩٣\nوفود,لا,٢٤\n"
    status, told = tried(tmp_path, "kind: majority\nat_least: 2/3\n", answers)
    assert (status, told["needed"], told["found"]) == (0, 78, 93)


@pytest.mark.parametrize("column", ["organ", "seat"])
def test_an_organ_is_named_as_people_write_it(tmp_path: Path, column: str) -> None:
    """The General Assembly is the organ general_assembly of the rule; a third organ is none."""
    rule = "kind: organs\norgans: {general_assembly: {base: entitled}, council: {}}\n"
    answers = f"name,position,{column}\nA,yes,General Assembly\nB,yes,Council\n"
    assert tried(tmp_path, rule, answers)[0] == 0
    status, told = tried(tmp_path, rule, answers + "C,yes,Secretariat\n")
    assert status == 2
    assert '"Secretariat" is no organ' in told["refused"]["findings"][0]["because"]


def test_more_people_than_one_row_may_count_are_told_where_to_stand(tmp_path: Path) -> None:
    """The votes of a whole people are weights, and the refusal says so."""
    answers = "name,position,count\nfor,yes,1299173\nagainst,no,1261673\n"
    status, told = tried(tmp_path, "kind: majority\n", answers)
    found = told["refused"]["findings"][0]
    assert (status, found["because"]) == (2, "1299173 is more than one row may count: 1000000")
    weighed = "name,position,weight\nfor,yes,1299173\nagainst,no,1261673\n"
    assert tried(tmp_path, "kind: majority\ncount: weight\n", weighed)[0] == 0


def test_anybody_may_be_voted_for_where_no_candidates_are_named(tmp_path: Path) -> None:
    """A name that nobody wrote before counts in a later round; among candidates it does not."""
    answers = "name,chosen,round,count\na,X,1,5\nb,Y,1,5\nc,Z,2,9\nd,X,2,1\n"
    status, told = tried(tmp_path, "kind: ballot\n", answers)
    assert (status, told["elected"]) == (0, ["Z"])
    assert "anybody may be voted for" in str(
        tried(tmp_path, "kind: ballot\n", answers.partition("c,")[0])[1]["working"]
    )
    status, told = tried(tmp_path, "kind: ballot\nrounds: {stay: {highest: 2}}\n", answers)
    assert (status, told["elected"], told["papers"]["invalid"]) == (0, ["X"], 9)


def test_who_stands_changes_as_the_rounds_go_on(tmp_path: Path) -> None:
    """Everybody to the second round, two in the third and fourth, everybody again in the fifth."""
    rule = (
        "kind: ballot\nat_least: 2/3\ncandidates: [X, Y, Z]\n"
        "rounds: {stay: [{highest: 2, after: 2}, {after: 3}, {reopens: true, after: 4}]}\n"
    )
    rows = "name,chosen,round,count\n"
    stood = []
    for number, third in ((1, 1), (2, 1), (3, 0), (4, 0)):
        rows += f"a{number},X,{number},4\nb{number},Y,{number},3\nc{number},Z,{number},{third}\n"
        status, told = tried(tmp_path, rule, rows)
        assert status == 3
        stood.append(told["stays_in"])
    assert stood == [["X", "Y", "Z"], ["X", "Y"], ["X", "Y"], ["X", "Y", "Z"]]


@pytest.mark.parametrize(("against", "result"), [(8, "inquorate"), (9, "carried")])
def test_a_quorum_may_be_of_votes_for_and_against(
    tmp_path: Path, against: int, result: str
) -> None:
    """Abstentions take no part: 296 votes of 593 are no quorum, and 297 are one."""
    rule = "kind: majority\nat_least: 2/3\nquorum: {decide: 1/2, counting: yes_no}\n"
    silent = 593 - 288 - 139 - against
    answers = (
        f"name,position,count\na,yes,288\nb,no,{against}\nc,abstain,139\nd,not voting,{silent}\n"
    )
    _, told = tried(tmp_path, rule, answers)
    assert (told["result"], told["quorum"]["needed"]) == (result, 297)
