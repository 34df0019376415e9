"""The command line: the same verbs as everywhere, in words or JSON, with a status for each end."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from governance.appointments.models import Task
from tests.acts.desk import Desk
from tests.acts.world import LEADERS, POST, PROCEDURE, World, candidates_file, row

At = Callable[[str], World]
LAUNCH = ("appointment", "launch", "--procedure", PROCEDURE, "--post", POST)
REF = "INT-2026-0001"


@pytest.fixture
def desk_at(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str], Desk]:
    """A desk in a world at a stage."""
    return lambda stage: Desk(sqlite_at(stage), monkeypatch, tmp_path)


DeskAt = Callable[[str], Desk]


# --- launch, show, list, withdraw ------------------------------------------------------------


def test_a_launched_case_is_shown_and_listed(desk_at: DeskAt) -> None:
    """Launching prints the reference, and everybody in HR sees the case."""
    desk = desk_at("nothing")
    launched = desk.run(*LAUNCH, "--confirm", "job_description=JD 7")
    assert (launched.exit_code, launched.stdout[:24]) == (0, f"Launched: {REF}.")
    shown = desk.done("appointment", "show", REF)
    assert (shown["stage"], shown["needs"], shown["sees"]) == ("call", ["job_description"], "all")
    listed = desk.done("appointment", "list", "--state", "running")
    assert [each["reference"] for each in listed["appointments"]] == [REF]
    assert REF in desk.run("appointment", "list").stdout


def test_a_withdrawn_case_has_ended(desk_at: DeskAt) -> None:
    """A withdrawal is an act with its entry."""
    desk = desk_at("consultation")
    receipt = desk.done("appointment", "withdraw", REF, "--reason", "The post was abolished.")
    assert receipt["done"] == "case:withdraw"
    assert desk.world.the_case().state == "withdrawn"


@pytest.mark.parametrize(
    ("words", "by", "status", "rule"),
    [
        (LAUNCH, "sg", 1, "hr_officer"),
        ((*LAUNCH[:-1], "night-porter"), "hr", 2, "known_post"),
        ((*LAUNCH, "--wanted-on", "2020-01-01"), "hr", 1, "wanted_date_is_ahead"),
        ((*LAUNCH, "--wanted-on", "soon"), "hr", 2, "date_is_understood"),
        (("appointment", "show", "INT-2026-0099"), "hr", 3, "known_case"),
        (("appointment", "show", REF), "", 1, "signed_in"),
        (("appointment", "launch"), "hr", 2, "command_line"),
        (("appointment", "import", REF, "nowhere.csv"), "hr", 2, "file_is_there"),
    ],
)
def test_each_kind_of_refusal_has_its_status(
    desk_at: DeskAt, words: tuple[str, ...], by: str, status: int, rule: str
) -> None:
    """Refused is 1, not understood is 2, not there is 3; a cure comes with each."""
    (finding, *_) = desk_at("nothing").refused(*words, by=by, status=status)
    assert finding["rule"] == rule
    assert finding["because"]
    assert finding["cure"]


def test_a_refusal_reads_as_a_sentence(desk_at: DeskAt) -> None:
    """Without --json a person gets sentences: what is the case, what cures it, no traceback."""
    result = desk_at("nothing").run(*LAUNCH[:-1], "night-porter")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert 'Post: the rulebook has no post "night-porter".' in result.stderr
    assert "It has: regional-director-abidjan" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_second_launch_of_one_post_is_refused(desk_at: DeskAt) -> None:
    """One post is filled by one case at a time."""
    findings = desk_at("call").refused(*LAUNCH, status=1)
    assert [each["rule"] for each in findings] == ["post_is_not_being_filled"]


def test_a_bad_file_of_candidates_is_refused_by_line(desk_at: DeskAt, tmp_path: Path) -> None:
    """Every fault is told with its line and column, and nobody is imported."""
    desk = desk_at("applications")
    file = tmp_path / "bad.csv"
    file.write_bytes(candidates_file(row("Aalto", "FIN"), row("Boonmee", "XXX")).content)
    findings = desk.refused("appointment", "import", REF, str(file), status=2)
    assert {each["where"].split(",")[0] for each in findings} == {"line 3"}
    assert desk.world.candidacies() == {}


def test_somebody_who_was_asked_sees_their_own_part(desk_at: DeskAt) -> None:
    """The Legal Adviser is told where the case stands and their own question only."""
    desk = desk_at("consultation")
    told = desk.done("appointment", "show", REF, by="legal")
    assert told["sees"] == "own part"
    assert "candidates" not in told
    (question,) = told["consultations"]
    assert question["step"] == "consultation"
    assert all("position" not in each for each in question["asked"])
    desk.refused("appointment", "show", REF, by="nobody", status=3)


def test_what_a_person_typed_moves_no_cursor(desk_at: DeskAt, tmp_path: Path) -> None:
    """A name with control letters is shown without them."""
    from governance.cli.saying import clean

    assert clean("a\x1b[2Jb\u202ec\n") == "a\ufffd[2Jb\ufffdc\n"


# --- the walk --------------------------------------------------------------------------------


def test_an_appointment_is_made_from_the_command_line_alone(
    desk_at: DeskAt, tmp_path: Path, smtp: Any
) -> None:
    """From launch to entry on duty, each act by the person whose turn it is."""
    desk = desk_at("nothing")
    desk.mail_through(smtp)
    desk.done(*LAUNCH, "--confirm", "job_description=JD 7")
    desk.done("appointment", "confirm", REF, "funding_confirmed", "--note", "line 4")
    file = tmp_path / "candidates.csv"
    rows = (row("Aalto", "FIN"), row("Boonmee", "THA"), row("Cherkaoui", "MAR"), row("Dube", "ZWE"))
    file.write_bytes(candidates_file(*rows).content)
    desk.world.case = desk.world.rows(_case_model())[0].id
    assert desk.done("appointment", "import", REF, str(file))["facts"]["rows"] == 4
    desk.world.pass_days(45)
    assert "pass: " in desk.run("appointment", "eligibility", REF).stdout
    desk.done("appointment", "eligibility", REF, "--confirm")
    desk.done("appointment", "check", REF, "--candidate", "aalto", "--kind", "identity", *GOOD)
    desk.done("appointment", "check", REF, "--candidate", "all", "--kind", "all", *GOOD)
    aalto = desk.world.candidacy("Aalto").id
    desk.done("answer", REF, "--position", "shortlist", "--choose", aalto, by="panel")
    _justify_if_asked(desk)
    for leader in LEADERS:
        desk.done("answer", REF.lower(), "--position", "no_objection", by=leader)
    desk.done("answer", REF, "--position", "appoint", "--choose", aalto, by="sg")
    _accept(desk, smtp)
    for task in desk.world.rows(Task):
        desk.done("appointment", "task", REF, task.key)
    assert desk.world.the_case().state == "completed"
    assert desk.done("record", "verify")["clean"]


GOOD = ("--result", "satisfactory", "--source", "vetting file")


def _case_model() -> Any:
    from governance.appointments.models import Case

    return Case


def _justify_if_asked(desk: Desk) -> None:
    if desk.world.the_case().stage == "representation":
        desk.done("appointment", "justify", REF, "--text", "Nobody else was cleared.")


def _accept(desk: Desk, smtp: Any) -> None:
    """The candidate answers from the link of the mail, with the code of another."""
    asked = desk.world.open_question()
    invitation = desk.world.invitations(asked.id)[0]
    token = desk.world.house.keys.token(f"invitation:{invitation.id}")
    link = f"https://mandate.organisation.example/decide/{token}"
    sent = desk.run("answer", link, "--position", "accept", by="")
    assert (sent.exit_code, len(smtp.messages)) == (0, 1), sent.output
    wrong = desk.refused(
        "answer", link, "--position", "accept", "--code", "00000000", by="", status=1
    )
    assert wrong[0]["rule"] == "one_time_code"
    again = desk.run("answer", link, "--position", "accept", by="")
    assert again.exit_code == 0
    code = code_in(smtp.messages[-1])
    desk.done("answer", link, "--position", "accept", "--code", code, by="")


def code_in(message: Any) -> str:
    """The one-time code in a mail."""
    text = message.get_body(("plain",)).get_content()
    found = re.search(r"\b\d{4} ?\d{4}\b", text)
    assert found, text
    return found[0].replace(" ", "")


def test_a_question_is_shown_before_it_is_answered(desk_at: DeskAt) -> None:
    """Without a position nothing is answered: one sees what may be said, and of whom."""
    desk = desk_at("decision")
    waits = desk.done("waiting", by="sg")
    assert [(each["reference"], "appoint" in each["positions"]) for each in waits] == [(REF, True)]
    shown = desk.run("answer", REF, by="sg").stdout
    assert "--position appoint --choose CANDIDACY (1 to 1): Appoint" in shown
    assert "Given Aalto (FIN)" in shown
    assert "Whom do you appoint?" in desk.run("waiting", by="sg").stdout


@pytest.mark.parametrize(
    ("options", "by", "status", "rule"),
    [
        (("--position", "none"), "sg", 1, "reasons_are_given"),
        (("--position", "none", "--text", "No.", "--version", "7"), "sg", 1, "content_is_what"),
        (("--position", "maybe"), "sg", 1, "position_is_offered"),
        (("--position", "none", "--text", "No."), "nobody", 3, "known_consultation"),
        (("--position", "none", "--text", "No."), "legal", 3, "known_consultation"),
    ],
)
def test_an_answer_that_may_not_be_given_is_refused(
    desk_at: DeskAt, options: tuple[str, ...], by: str, status: int, rule: str
) -> None:
    """The rules of the question hold on the command line as everywhere."""
    findings = desk_at("decision").refused("answer", REF, *options, by=by, status=status)
    assert any(each["rule"].startswith(rule) for each in findings)


def test_a_referee_is_asked_and_a_candidate_may_withdraw(desk_at: DeskAt) -> None:
    """Candidates are named by family name; an unknown one is not there."""
    desk = desk_at("vetting")
    asked = ("--name", "Ida Lund", "--email", "ida.lund@police.example")
    receipt = desk.done("appointment", "referee", REF, "--candidate", "Aalto", *asked)
    assert receipt["done"] == "case:ask_referee"
    desk.done("appointment", "withdraw-candidacy", REF, "--candidate", "Given Dube")
    assert desk.world.states()["Dube"] == "withdrawn"
    desk.refused("appointment", "referee", REF, "--candidate", "Zola", *asked, status=3)


# --- the record, the law ---------------------------------------------------------------------


def test_a_changed_byte_in_the_record_is_named(desk_at: DeskAt) -> None:
    """Verification ends with 1 and names chain and entry; untouched, with 0."""
    desk = desk_at("call")
    assert "entries verified: no faults." in desk.run("record", "verify").stdout
    path = desk.world.house.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as rows:
        for (name,) in rows.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            rows.execute(f"DROP TRIGGER {name}")
        rows.execute("UPDATE entry SET body = replace(body, 'case', 'cake') WHERE id = 2")
    rows.close()
    result = desk.run("record", "verify", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["clean"], told["faults"][0]["row"]) == (1, False, 2)
    desk.refused("record", "verify", "--chain", "case:none", status=3)


def test_the_trail_of_a_case_is_shown(desk_at: DeskAt) -> None:
    """The entries as they were hashed; as a table for people; by two names."""
    desk = desk_at("applications")
    entries = desk.done("record", "show", REF)
    assert entries[0]["kind"] == "case:launch"
    assert "case:confirm_need" in desk.run("appointment", "record", REF).stdout


def test_a_rulebook_is_checked_with_file_and_line(desk_at: DeskAt, tmp_path: Path) -> None:
    """Clean is 0, faults are 1 with their place, nothing to check is 2."""
    desk = desk_at("nothing")
    folder = desk.world.house.settings.rulebook_folder
    assert desk.run("rulebook", "check", str(folder)).exit_code == 0
    for file in folder.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"verb: sift", b"verb: sieve"))
    result = desk.run("rulebook", "check", str(tmp_path))
    assert result.exit_code == 1
    assert re.search(r"regional-director\.yaml:\d+:\d+: .*sieve", result.stdout)
    assert not json.loads(desk.run("rulebook", "check", str(tmp_path), "--json").stdout)["clean"]
    assert desk.run("rulebook", "check", str(tmp_path / "nothing")).exit_code == 2


def test_a_changed_law_is_loaded_and_shown(desk_at: DeskAt, tmp_path: Path) -> None:
    """Loading the same again changes nothing; another version is in force from then on."""
    desk = desk_at("nothing")
    assert not desk.done("rulebook", "load")["changed"]
    folder = desk.world.house.settings.rulebook_folder
    for file in folder.glob("*.yaml"):
        text = file.read_text("utf-8").replace("longest_days: 120", "longest_days: 110")
        (tmp_path / file.name).write_text(text, "utf-8")
    loaded = desk.done("rulebook", "load", str(tmp_path))
    assert loaded["changed"]
    assert desk.done("rulebook", "show")["version"] == loaded["version"]
    assert POST in desk.run("rulebook", "show").stdout
    assert json.loads(desk.run("rulebook", "schema").stdout)["title"] == "Mandate rulebook"


# --- counting --------------------------------------------------------------------------------


def test_a_period_is_counted_with_its_working(desk_at: DeskAt) -> None:
    """Easter Monday is not a last day: article 3(4) of the Regulation is named."""
    desk = desk_at("nothing")
    words = ("deadline", "--from", "2025-04-07", "--days", "14", "--calendar", "FR")
    assert desk.done(*words)["last_day"] == "2025-04-22"
    told = desk.run(*words).stdout
    assert "Easter Monday (art. 3(4))" in told
    back = ("deadline", "--before", "2026-12-01", "--days", "90")
    assert desk.done(*back)["last_day"] == "2026-09-02"
    assert desk.done(*words, "--working")["last_day"] == "2025-04-28"
    desk.refused("deadline", "--days", "4", status=2)
    desk.refused(*words[:-1], "Atlantis", status=2)
