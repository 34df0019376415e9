"""The doors of representation at the command line: statuses, JSON, and files that are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from governance.cli.main import app

CASES = Path(__file__).parent.parent / "cases" / "representation"
BODY = """schema: 1
body: pair
title: Pair
rules:
  - {id: P-1, article: "art. 1", kind: size, exactly: 2}
  - {id: P-2, article: "art. 2", kind: share, of: {sex: female}, at_least: "1/2"}
"""


def run(*words: object) -> tuple[int, str]:
    """The exit status and what was printed."""
    done = CliRunner().invoke(app, ["representation", *map(str, words)])
    return done.exit_code, done.stdout


def told(*words: object) -> tuple[int, Any]:
    """The exit status and the answer for machines."""
    status, out = run(*words, "--json")
    return status, json.loads(out)


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with a body of two, of whom one at least is a woman."""
    (tmp_path / "body.yaml").write_text(BODY, "utf-8")
    return tmp_path


def members(folder: Path, text: str) -> Path:
    """A members' file."""
    path = folder / "members.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("rows", "status", "verdict"),
    [
        ("A,FRA,female\nB,KEN,male\n", 0, "valid"),
        ("A,FRA,male\nB,KEN,male\n", 1, "invalid"),
        ("A,FRA,\nB,KEN,male\n", 3, "undetermined"),
    ],
)
def test_the_exit_status_is_the_verdict(pair: Path, rows: str, status: int, verdict: str) -> None:
    """0 valid, 1 invalid, 3 where a fact is missing; the JSON says the same."""
    found = told("check", pair, members(pair, f"name,state,sex\n{rows}"), "--on", "2026-11-28")

    assert (found[0], found[1]["verdict"]) == (status, verdict)
    rule = found[1]["rules"][1]
    assert {"id", "article", "outcome", "because", "cure", "people"} <= set(rule)
    if status == 3:
        assert rule["missing"] == ["sex"]


def test_bad_input_is_told_by_row_and_judges_nothing(pair: Path) -> None:
    """Status 2, every fault with its place."""
    status, found = told("check", pair, members(pair, "name,state\nA,XYZ\nB,FRA\nB,KEN\n"))

    assert status == 2
    places = [each["where"] for each in found["refused"]["findings"]]
    assert places == ["row 2, state", "row 4, name"]


def test_a_body_that_is_not_there_is_answered_with_a_near_one() -> None:
    """A shipped key misspelt."""
    status, found = told("check", "itloss", CASES / "hrc_2023.csv")

    assert status == 2
    assert "Did you mean itlos?" in found["refused"]["findings"][0]["cure"]


def test_a_rulebook_with_a_fault_is_never_judged_by(pair: Path) -> None:
    """Its faults are told with line and column."""
    (pair / "body.yaml").write_text(BODY.replace("kind: size", "kind: sise"), "utf-8")
    status, found = told("check", pair, members(pair, "name,state\nA,FRA\n"))

    assert status == 2
    finding = found["refused"]["findings"][0]
    assert finding["where"].startswith("body.yaml:5:")
    assert "Did you mean size?" in finding["cure"]


def test_two_compositions_are_compared(pair: Path) -> None:
    """Who left, who came, and what each rule was before."""
    first = members(pair, "name,state,sex\nA,FRA,male\nB,KEN,male\n")
    second = pair / "after.csv"
    second.write_text("name,state,sex\nA,FRA,male\nC,KEN,female\n", "utf-8")
    status, found = told("compare", pair, first, second, "--on", "2026-11-28")

    assert status == 0
    assert (found["left"], found["came"]) == (["B"], ["C"])
    assert (found["verdict_before"], found["verdict"]) == ("invalid", "valid")


def test_a_composition_is_completed_or_the_clash_is_told(pair: Path) -> None:
    """One seat is free and wants a woman: one candidate fits, or nobody does."""
    sitting = members(pair, "name,state,sex\nA,FRA,male\n")
    coming = pair / "candidates.csv"
    coming.write_text("name,state,sex\nB,KEN,male\nC,JPN,female\n", "utf-8")
    status, found = told("complete", pair, sitting, coming)
    assert status == 0
    assert [x["name"] for x in found["slates"][0]["candidates"]] == ["C"]

    coming.write_text("name,state,sex\nB,KEN,male\nD,JPN,male\n", "utf-8")
    status, found = told("complete", pair, sitting, coming)
    assert status == 1
    assert found["answer"] == "none"
    assert {x["id"] for x in found["clashes"][0]["rules"]} == {"P-2"}


@pytest.mark.parametrize(
    ("state", "staff", "midpoint", "lower", "upper", "outcome"),
    [
        ("JPN", 81, "219", 186, 252, "under"),
        ("DEU", 132, "147", 125, 169, "within"),
        ("GBR", 151, "108.7", 92, 125, "over"),
        ("USA", 0, "300", 255, 345, "unrepresented"),
    ],
)
def test_desirable_ranges_are_as_published(  # noqa: PLR0913, PLR0917 -- one line of the table
    tmp_path: Path, state: str, staff: int, midpoint: str, lower: int, upper: int, outcome: str
) -> None:
    """Limits are rounded from the midpoint before it is rounded."""
    path = members(tmp_path, f"state,staff,midpoint\n{state},{staff},{midpoint}\n")
    status, found = told("ranges", path)

    assert status == 0
    (each,) = found["states"]
    assert (each["lower"], each["upper"], each["outcome"]) == (lower, upper, outcome)


def test_a_midpoint_is_computed_from_four_factors(tmp_path: Path) -> None:
    """Base x (0.40 / members + 0.55 x contributions + 0.05 x population)."""
    path = members(tmp_path, "state,staff,contribution,population\nJPN,81,8.033%,1.6%\n")
    _, found = told("ranges", path, "--base", "3600")

    assert found["states"][0]["midpoint_exact"] == "169.395"


def test_the_one_who_acts_is_named(tmp_path: Path) -> None:
    """Years as Delegate are counted."""
    rows = (
        "A,CHL,delegate,2004-10-08,2006-09-22\nA,CHL,vice_president,2006-09-22,2009-10-15\n"
        "B,FRA,vice_president,2007-11-08,2010-11-11\n"
    )
    path = members(tmp_path, f"name,state,role,term_start,term_end\n{rows}")
    _, found = told("acting", "interpol_executive_committee", path, "--on", "2008-02-01")

    assert found[0]["acts"] == "A"


@pytest.mark.parametrize(
    "raw",
    [
        "name,state,sex\nA,FRA,female\nB,KEN,male\n".encode("utf-16"),
        b"sep=;\r\nName;State;Sex\r\nA;fra;F\r\nB;KEN;M\r\n",
    ],
)
def test_a_file_of_members_is_read_however_it_was_saved(pair: Path, raw: bytes) -> None:
    """What a spreadsheet saves is understood."""
    path = pair / "members.csv"
    path.write_bytes(raw)

    assert told("check", pair, path)[0] == 0


def test_rows_are_counted_as_a_spreadsheet_does(pair: Path) -> None:
    """Also under a first line that only names the separator."""
    path = members(pair, "sep=;\nname;state\nA;XYZ\n")

    assert told("check", pair, path)[1]["refused"]["findings"][0]["where"] == "row 3, state"


def test_half_at_least_are_renewed(pair: Path) -> None:
    """A rule may want members to leave, as well as to stay."""
    rule = "  - {id: P-3, article: x, kind: stagger, staying_at_most: 1/2}\n"
    (pair / "body.yaml").write_text(BODY + rule, "utf-8")
    first = members(pair, "name,state,sex\nA,FRA,female\nB,KEN,male\n")
    second = pair / "after.csv"
    second.write_text("name,state,sex\nA,FRA,female\nC,JPN,male\n", "utf-8")

    assert told("compare", pair, first, second)[0] == 0
    status, found = told("compare", pair, first, first)
    assert (status, found["rules"][2]["because"]) == (1, "2 of 2 stay where at most 1 may")


def test_a_state_that_is_none_is_a_fault_of_the_body(pair: Path) -> None:
    """In a table, a scheme or a membership; one that the body declares is no fault."""
    table = "tables: {tonnage: {values: {FRA: 1, BRX: 2}}}\n"
    (pair / "body.yaml").write_text(BODY + table, "utf-8")
    status, found = told("lint", pair)
    assert status != 0
    assert 'there is no state "BRX"' in json.dumps(found, ensure_ascii=False).replace("\\", "")

    own = "states: [{code: BRX, name: Brixland}]\n"
    (pair / "body.yaml").write_text(BODY + table + own, "utf-8")
    assert told("lint", pair)[0] == 0


def test_a_length_may_be_written_as_text_and_a_missing_date_is_named(pair: Path) -> None:
    """Three years are three years; only the date that is missing is asked for."""
    rule = "  - {id: P-3, article: x, kind: term, length: 3 years}\n"
    (pair / "body.yaml").write_text(BODY + rule, "utf-8")
    path = members(
        pair,
        "name,state,sex,term_start,term_end\nA,FRA,female,2026-01-01,\nB,KEN,male,2026-01-01,\n",
    )

    assert told("check", pair, path, "--on", "2026-06-01")[1]["rules"][2]["missing"] == ["term_end"]


def test_a_fact_that_no_rule_speaks_of_is_refused(pair: Path) -> None:
    """A slip in the name of a fact is told, and does not judge by the body's own."""
    path = members(pair, "name,state,sex\nA,FRA,female\nB,KEN,male\n")
    status, found = told("check", pair, path, "--fact", "membreship=3")

    assert status == 2
    assert found["refused"]["findings"][0]["cure"] == "Did you mean membership?"


def test_a_number_of_terms_is_whole(pair: Path) -> None:
    """Nobody has held fewer than no terms."""
    path = members(pair, "name,state,terms_before\nA,FRA,-1\nB,KEN,1.5\n")
    found = told("check", pair, path)[1]["refused"]["findings"]

    assert [each["where"] for each in found] == ["row 2, terms_before", "row 3, terms_before"]


def test_a_candidate_whose_terms_are_not_on_file_breaks_no_rule(pair: Path) -> None:
    """What is not known is not held against anybody beside the others."""
    rule = "  - {id: P-3, article: x, kind: term, length: 3 years}\n"
    (pair / "body.yaml").write_text(BODY + rule, "utf-8")
    sitting = members(
        pair, "name,state,sex,term_start,term_end\nA,FRA,male,2026-01-01,2028-12-31\n"
    )
    coming = pair / "candidates.csv"
    coming.write_text("name,state,sex\nC,JPN,female\n", "utf-8")
    status, found = told("candidates", pair, sitting, coming, "--on", "2026-06-01")

    assert status == 0
    assert (found[0]["breaks"], found[0]["mends"]) == ([], ["P-1", "P-2"])


def test_rules_on_nomination_judge_the_list_of_candidates(pair: Path) -> None:
    """One of a state at most, and three in all: the list is judged, whatever slates there are."""
    rule = (
        "  - {id: N, article: x, kind: nomination, at_most: 1, at_least: 3, extend: {days: 14}}\n"
    )
    (pair / "body.yaml").write_text(BODY + rule, "utf-8")
    sitting = members(pair, "name,state,sex\nA,FRA,male\n")
    coming = pair / "candidates.csv"
    coming.write_text("name,state,sex\nC,JPN,female\nD,JPN,female\n", "utf-8")
    status, found = told("complete", pair, sitting, coming)

    assert (status, found["answer"]) == (0, "found")
    (judged,) = found["candidacies"]
    assert (judged["id"], judged["outcome"]) == ("N", "fail")
    assert "JPN has 2 candidates, at most 1" in judged["because"]
    assert "2 candidates where ≥ 3 required" in judged["because"]
    assert "Candidacies (N): fail" in run("complete", pair, sitting, coming)[1]
