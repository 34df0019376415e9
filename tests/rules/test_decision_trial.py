"""`mandate consultation try`: any rule on any answers, read forgivingly and refused precisely."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from governance.cli.main import app


class Came(NamedTuple):
    """What came of a trial."""

    status: int
    said: str
    told: dict[str, Any]

    @property
    def findings(self) -> list[dict[str, str]]:
        """Why it was refused."""
        found: list[dict[str, str]] = self.told["refused"]["findings"]
        return found


Try = Callable[..., Came]
HALF = "kind: majority\nmore_than: 1/2\n"


@pytest.fixture
def try_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Try:
    """Try a rule on answers, in an empty folder, with no installation anywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANDATE_DATABASE_URL", "sqlite:////nowhere/at/all.db")

    def tried(rule: str, answers: str | bytes, *words: str, roll: str = "") -> Came:
        (tmp_path / "rule.yaml").write_text(rule, "utf-8")
        raw = answers.encode() if isinstance(answers, str) else answers
        (tmp_path / "answers.csv").write_bytes(raw)
        given = ["consultation", "try", "rule.yaml", "answers.csv", *words]
        if roll:
            (tmp_path / "roll.csv").write_text(roll, "utf-8")
            given += ["--roll", "roll.csv"]
        said = CliRunner().invoke(app, given)
        told = CliRunner().invoke(app, [*given, "--json"])
        assert said.exit_code == told.exit_code, told.output
        return Came(told.exit_code, said.output, json.loads(told.stdout))

    return tried


@pytest.mark.parametrize(
    ("answers", "words", "status", "outcome"),
    [
        ("name,position\nA,yes\nB,yes\nC,no\n", (), 0, "carried"),
        ("name,position\nA,yes\nB,no\nC,no\n", (), 1, "not_carried"),
        ("name,position\nA,yes\nB,no\nC,\n", (), 3, "undecided"),
        ("name,position\nA,yes\nB,no\nC,\n", ("--closed",), 1, "not_carried"),
        ("name,position\nA,yes\nB,yes\nC,\n", (), 0, "carried"),
    ],
)
def test_the_exit_status_says_what_came_of_it(
    try_: Try, answers: str, words: tuple[str, ...], status: int, outcome: str
) -> None:
    """0 carried, 1 not carried, 3 undecided: and not yet answered is no abstention."""
    came = try_(HALF + "base: entitled\n", answers, *words)
    assert (came.status, came.told["outcome"]) == (status, outcome)


@pytest.mark.parametrize(
    "answers",
    [
        "\ufeffname,position\nA,yes\nB,YES\nC,no\n",
        "Name;Position\nA;Yes\nB;oui\nC;Non\n",
        "name\tvote\nA\tsí\nB\tin favour\nC\tcontra\n",
        "member,answer,remarks\nA,for,\nB,approve,fine\nC,against,\n",
        "# the vote of 3 March\nname,position\n\nA , yes \nB,نعم\nC,لا\n",
        "name,position,count\nin favour,yes,2\nagainst,no,1\n",
        "name,position\nA,yes\nB,yes\nC,no\n".encode("utf-16"),
        "sep=;\r\nname;position\r\nA;yes\r\nB;yes\r\nC;no\r\n",
    ],
)
def test_a_file_is_read_however_it_was_saved(try_: Try, answers: str | bytes) -> None:
    """Byte order marks, semicolons, tabs, other words, languages and remarks are no obstacle."""
    came = try_(HALF, answers)
    assert came.status == 0, came.said
    assert (came.told["needed"], came.told["found"], came.told["base"]) == (2, 2, 3)


REFUSED = [
    ("name,position\nA,yes\na,no\n", "line 3, column name", "line 2 already", "Remove one"),
    ("name,position\nA,yse\n", "line 2, column position", '"yse"', "Did you mean yes"),
    ("name,position\nA,perhaps\n", "line 2, column position", '"perhaps"', "Write one of: yes"),
    ("name,position\n,yes\n", "line 2, column name", "empty", "Write the name"),
    ("name\nA\n", "line 1", "column position is missing", "Add position"),
    ("position\nyes\n", "line 1", "column name is missing", "Add name"),
    ("name,positoin\nA,yes\n", "line 1", '"positoin" is not known', "Did you mean position"),
    ("name,vote,position\nA,yes,no\n", "line 1", "two columns say position", "Remove one"),
    ("name,position\nA,yes,7\n", "line 2", "3 cells under 2 columns", "quotation marks"),
    ("", "", "is empty", "Write a header line"),
    ("name;position\nA,yes\n", "line 2", "not parted as those of the header", "same sign"),
    ("name,position,present\nA,yes,perhaps\n", "column present", "neither yes nor no", "Write yes"),
    ("name,position,weight\nA,yes,heavy\n", "column weight", '"heavy"', "such as 12"),
    ('name,position\n"A,yes\n', "line 2", "cannot be read as CSV", "Close each quotation"),
    ("name,position,count\nfor,yes,some\n", "column count", '"some" is no count', "whole number"),
    ("name,position\n\xe9,yes\n".encode("latin-1"), "line 2", "not written in UTF-8", "UTF-8"),
]


@pytest.mark.parametrize(("answers", "where", "because", "cure"), REFUSED)
def test_bad_input_is_refused_with_its_row_column_value_and_cure(
    try_: Try, answers: str | bytes, where: str, because: str, cure: str
) -> None:
    """Whoever prepared the file knows where to look and what to write."""
    came = try_(HALF, answers)
    assert came.status == 2
    said = [f"{each['where']} {each['because']} {each['cure']}" for each in came.findings]
    assert any(where in each and because in each and cure in each for each in said), said
    assert "Traceback" not in came.said


def test_every_fault_is_told_at_once(try_: Try) -> None:
    """A file is corrected once, not once for each fault."""
    came = try_(HALF, "name,position\nA,yes\nA,no\nB,perhaps\n,no\n")
    lines = [each["where"].split(",")[1] for each in came.findings]
    assert lines == [" line 3", " line 4", " line 5"]


FAULTY = [
    ("kind: majoriti\n", "rule.yaml:1:1", '"majoriti"', "Did you mean majority"),
    ("more_than: 1/2\n", "rule.yaml:1:1", "kind of decision is not said", "Add kind"),
    ("kind: majority\nat_least: 0.67\n", "rule.yaml:2:11", "0.67 is a rounded", "Write 2/3."),
    ("kind: majority\nat_least: 66.6\n", "rule.yaml:2:11", "66.6 is a rounded", "Write 333/5."),
    ("kind: majority\nat_least: 3/2\n", "rule.yaml:2:1", "more than all of it", "at_least"),
    ("kind: majority\nat_least: most\n", "rule.yaml:2:1", "no amount", "at_least"),
    ("kind: majority\nmore_than: 1/1\n", "rule.yaml:2:1", "never be reached", "at_least: 1/1"),
    ("kind: majority\nbase: presnt\n", "rule.yaml:2:1", '"presnt"', "Did you mean present"),
    ("kind: majority\nqurum: 1/2\n", "rule.yaml:2:1", '"qurum"', "Did you mean quorum"),
    ("kind: majority\npositions: [maybe]\n", "rule.yaml:2", "no position means yes", "meaning"),
    ("kind: no_objection\npositions: [fine]\n", "rule.yaml:2", "nobody can object", "blocking"),
    ("kind: organs\n", "rule.yaml:1:1", "at least two organs", "Add organs"),
    ("kind: consensus\nbase: cast\n", "rule.yaml:2:1", "says nothing", "Remove it"),
    ("kind: majority\nat_least: 2/3\ntie: lot\n", "rule.yaml:3:1", "there is no tie", "Remove tie"),
    ("kind: majority\nquorum: {second_call: 1/4}\n", "rule.yaml:2", "none to lower", "Add decide"),
    ("- a\n", "rule.yaml:1:1", "a rule is a mapping", "Begin with kind"),
    ("kind: [majority\n", "rule.yaml:2", "cannot be read as YAML", "brackets"),
    ("", "rule.yaml:1:1", "empty", "Write"),
]


@pytest.mark.parametrize(("rule", "where", "because", "cure"), FAULTY)
def test_a_faulty_rule_is_refused_with_its_line_and_cure(
    try_: Try, rule: str, where: str, because: str, cure: str
) -> None:
    """A rule that cannot be counted counts nothing: file, line, column, what to write."""
    came = try_(rule, "name,position\nA,yes\n")
    assert came.status == 2
    said = [f"{each['where']}: {each['because']} {each['cure']}" for each in came.findings]
    assert any(where in each and because in each and cure in each for each in said), said


def test_a_roll_adds_who_has_not_answered_and_refuses_who_is_not_on_it(try_: Try) -> None:
    """Everybody on the roll has a voice, answered or not; a name that is not on it is a mistake."""
    rule = HALF + "base: entitled\n"
    roll = "name;entitled\nAda;yes\nBen;yes\nCem;yes\nDia;no\n"
    came = try_(rule, "name,position\nAda,yes\n", roll=roll)
    assert (came.status, came.told["base"], came.told["counts"]["silent"]) == (3, 3, 2)
    came = try_(rule, "name,position\nAda,yes\nBenn,no\n", roll=roll)
    (finding,) = came.findings
    assert "not on the roll" in finding["because"]
    assert finding["cure"] == "Did you mean Ben?"


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("kind: majority\nat_least: 55%\ncount: weight\n", "weight"),
        ("kind: majority\nbase: present\n", "present"),
        ("kind: organs\norgans: {a: {}, b: {}}\n", "organ"),
        ("kind: majority\nalso: [{group: p, at_least: 2/3}]\n", "group"),
    ],
)
def test_a_column_that_the_rule_needs_is_asked_for(try_: Try, rule: str, column: str) -> None:
    """A rule that counts by weight, of those present, or by organ is not guessed at."""
    came = try_(rule, "name,position\nA,yes\n")
    assert came.status == 2
    assert f"the column {column} is missing" in came.findings[0]["because"]


def test_the_columns_of_the_roll_may_stand_in_the_answers(try_: Try) -> None:
    """Absent, not entitled and recused people are not counted, and the working says so."""
    answers = (
        "name,position,present,entitled,recused\n"
        "A,yes,x,yes,no\nB,no,yes,yes,no\nC,no,no,yes,no\nD,no,yes,no,no\nE,no,yes,yes,yes\nF,yes,1,y,n\n"
    )
    came = try_("kind: majority\nbase: present\n", answers)
    assert (came.status, came.told["base"], came.told["needed"], came.told["found"]) == (0, 3, 2, 2)
    assert (
        "answers not counted, of somebody absent, on leave, not entitled or recused: 3" in came.said
    )


def test_a_ballot_is_followed_through_its_rounds(try_: Try) -> None:
    """Each round is counted among those whom the round before left in."""
    rule = (
        "kind: ballot\nbase: valid\n"
        "ballot: {seats: 1, candidates: [X, Y, Z], rounds: {at_most: 3, stay: {highest: 2}}}\n"
    )
    first = "name,position,round\nA,X,1\nB,Y,1\nC,Y,1\nD,Z,1\nE,X,1\n"
    came = try_(rule, first)
    assert (came.status, came.told["stays_in"]) == (3, ["X", "Y"])
    came = try_(rule, first + "A,X,2\nB,Y,2\nC,Y,2\nD,X,2\nE,X,2\n")
    assert (came.status, came.told["elected"], came.told["round"]) == (0, ["X"], 2)
    came = try_(rule, first + "A,X,2\nB,X,2\nC,X,2\n" + "A,X,3\n")
    assert came.status == 2
    assert "did not call for another" in came.findings[0]["because"]


def test_a_lot_is_drawn_from_the_seed_that_is_given(try_: Try) -> None:
    """Without a seed nothing is drawn; with one, the same comes every time, and is explained."""
    rule, tie = HALF + "tie: lot\n", "name,position\nA,yes\nB,no\n"
    assert try_(rule, tie).status == 3
    drawn = try_(rule, tie, "--seed", "3 March, drawn in the open")
    assert drawn.status in {0, 1}
    assert 'drawn from the seed "3 March, drawn in the open"' in drawn.said
    assert try_(rule, tie, "--seed", "3 March, drawn in the open").told == drawn.told


def test_a_veto_of_somebody_who_was_not_asked_is_a_mistake(try_: Try) -> None:
    """A rule whose veto names nobody on the roll would let pass what it forbids."""
    came = try_(HALF + "veto: [USA]\n", "name,position\nUAS,no\n")
    assert came.status == 2
    assert '"USA"' in came.findings[0]["because"]


def test_a_rule_is_checked_by_itself_and_its_format_is_exported(tmp_path: Path) -> None:
    """Editors complete a rule from the schema; `check` says whether it can be counted."""
    rule = tmp_path / "rule.yaml"
    rule.write_text(HALF, "utf-8")
    assert CliRunner().invoke(app, ["consultation", "check", str(rule)]).exit_code == 0
    schema = json.loads(CliRunner().invoke(app, ["consultation", "schema"]).stdout)
    assert {"kind", "base", "more_than", "quorum", "tie", "ballot"} <= schema["properties"].keys()


def test_a_weight_is_wanted_only_in_an_organ_that_counts_by_weight(try_: Try) -> None:
    """A people's vote has no weights, though the cantons have."""
    rule = "kind: organs\norgans:\n  people: {}\n  cantons: {base: entitled, count: weight}\n"
    rows = "name,position,organ,weight\nfor,yes,people,\nZH,yes,cantons,1\nOW,no,cantons,1/2\n"
    assert try_(rule, rows).status == 0
    missing = try_(rule, rows.replace("1/2", ""))
    assert [each["where"] for each in missing.findings] == ["answers.csv, line 4, column weight"]


@pytest.mark.parametrize(
    "rule",
    [
        "kind: ballot\nbase: valid\nat_least: 2/3\nballot: {seats: 1}\n",
        "kind: ballot\nballot: {seats: 1, base: valid, at_least: 2/3}\n",
        "kind: ballot\nseats: 1\nbase: valid\nthreshold: 2/3\n",
    ],
)
def test_the_majority_of_a_ballot_stands_in_it_or_beside_it(try_: Try, rule: str) -> None:
    """Either way it is the same rule."""
    came = try_(rule, "name,chosen\nA,X\nB,X\nC,Y\n")
    assert (came.status, came.told["needed"], came.told["elected"]) == (0, 2, ["X"])


def test_what_stands_beside_the_amounts_of_a_quorum_is_said_of_each(try_: Try) -> None:
    """Whoever is present and gives no answer does not count where votes are counted."""
    rule = "kind: majority\nquorum: {decide: 1/2, second_call: 1/4, counting: votes}\n"
    rows = "name,position,present\nA,yes,yes\nB,,yes\nC,,yes\nD,,yes\n"
    assert try_(rule, rows, "--closed").told["result"] == "inquorate"
    assert try_(rule, rows, "--closed", "--call", "2").told["result"] == "carried"


def test_organs_elect_together_or_vote_together(try_: Try) -> None:
    """A ballot in one organ and a question in the other, or other seats, make no rule."""
    mixed = "kind: organs\norgans: {a: {kind: ballot}, b: {kind: majority}}\n"
    other = "kind: organs\norgans: {a: {kind: ballot, seats: 1}, b: {kind: ballot, seats: 2}}\n"
    for rule, because in ((mixed, "another votes on a question"), (other, "different numbers")):
        came = try_(rule, "name,chosen,organ\nA,X,a\nB,X,b\n")
        assert because in came.findings[0]["because"]


def test_organs_that_differ_vote_again_on_the_seats_that_are_left(try_: Try) -> None:
    """Who was elected by both stays elected; the second round fills what is vacant."""
    organ = "{kind: ballot, seats: 2, candidates: [X, Y, Z]}"
    rule = f"kind: organs\norgans: {{a: {organ}, b: {organ}}}\n"
    first = "name,chosen,organ,round\nA,X|Y,a,1\nB,X|Z,b,1\n"
    came = try_(rule, first)
    assert (came.status, came.told["elected"], came.told["stays_in"]) == (3, ["X"], ["Y", "Z"])
    came = try_(rule, f"{first}A,Z,a,2\nB,Z,b,2\n")
    assert (came.status, came.told["elected"]) == (0, ["X", "Z"])
