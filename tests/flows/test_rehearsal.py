"""The rehearsal: a whole installation, invented people, and parts that are killed meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from flows import rehearse
from flows.rehearsal.narrator import TELLERS, Story
from flows.rehearsal.play import Play, Reply, answer_to
from governance.rulebook.loader import load
from governance.settings import ROOT, Settings

FOLDER = Settings().rulebook_folder
LETTERS = {
    "appointment/en": 1,
    "appointment/fr": 1,
    "regret/ar": 1,
    "regret/en": 5,
    "regret/es": 1,
    "regret/fr": 4,
}
NOTICES = {"acceptance": 1, "acknowledgement": 12, "question": 5, "reference": 1, "regret": 11}


@pytest.fixture(scope="module")
def play() -> Play:
    """The people and the papers of the shipped procedure."""
    wanted = rehearse.wanted_of(load(FOLDER), "regional-director")
    assert wanted is not None
    return wanted.play(FOLDER / "demonstration")


def case(**changes: Any) -> Mapping[str, Any]:
    """A case as the API tells it to HR, at the stage of eligibility."""
    stages = {"call": "prepare", "eligibility": "sift", "vetting": "check", "plan": "plan"}
    return {
        "reference": "INT-2027-0001",
        "stage": "eligibility",
        "stages": [{"key": key, "verb": verb, "rounds": 1} for key, verb in stages.items()],
        "needs": [],
        "candidates": [],
        "consultations": [],
        "tasks": [],
        "verdicts": {},
    } | changes


def question(kind: str, *asked: tuple[str, bool]) -> Mapping[str, Any]:
    """An open question to some people, of whom some have answered."""
    return {
        "id": "0" * 32,
        "step": "consultation",
        "state": "open",
        "kind": kind,
        "level": "session",
        "asked": [
            {"name": name, "handed_over_at": "2027-01-12", "answered": answered}
            for name, answered in asked
        ],
    }


@pytest.mark.slow
@pytest.mark.flows
def test_a_rehearsal_whose_parts_are_killed_ends_as_it_should() -> None:
    """Web, worker and Prefect get kill -9: nothing is lost, nothing is done twice."""
    soak = [sys.executable, str(ROOT / "benchmarks" / "soak.py"), "--json"]
    ran = subprocess.run(
        [*soak, "--seeds", "7", "--kills", "3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    run = json.loads(ran.stdout)
    facts = run["facts"]
    assert facts, ran.stderr
    assert len(run["kills"]) == 3
    assert (facts["state"], facts["stage"]) == ("completed", "done")
    assert facts["chosen"] == "youssef.benkirane@surete-maroc.example"
    assert (facts["letters"], facts["notices"]) == (LETTERS, NOTICES)
    assert (facts["lost"], facts["strange"]) == ([], [])
    assert len(facts["message_ids"]) == sum(NOTICES.values())
    assert len(set(facts["sha256"])) == sum(LETTERS.values())
    assert facts["verified"]


def test_a_procedure_that_nobody_knows_is_said_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever mistypes reads what there is to rehearse."""
    assert rehearse.main(["regional-directer"]) == 2
    assert (
        "The rulebook has: emergency-interim, expert-competition, regional-director, "
        "secretary-general."
    ) in capsys.readouterr().err


def test_where_silence_is_consent_one_answers_and_the_others_keep_silent(play: Play) -> None:
    """The rehearsal shows a silence that the clock has to prove."""
    people = ["Mathieu Grandjean-Roy", "Fionnuala Brannigan", "Layla Al-Mutawa"]
    asked = question("no_objection", *((name, False) for name in people))
    reply = play.next(case(consultations=[asked]), is_calm=True)
    assert isinstance(reply, Reply)
    assert reply.who.name == "Fionnuala Brannigan"
    answered = question("no_objection", *((name, "Fionnuala" in name) for name in people))
    assert play.next(case(consultations=[answered]), is_calm=True) is None


def test_nobody_answers_a_question_that_has_not_reached_them(play: Play) -> None:
    """An invented person knows of a question by its mail."""
    asked = dict(question("single", ("Fionnuala Brannigan", False)))
    asked["asked"] = [{**each, "handed_over_at": None} for each in asked["asked"]]
    assert play.next(case(consultations=[asked]), is_calm=True) is None


def test_what_is_done_is_not_done_again(play: Play) -> None:
    """An act whose answer was lost is seen in the case, and the next one follows."""
    tasks = [{"key": "travel", "done_at": "2027-01-20"}, {"key": "oath", "done_at": None}]
    act = play.next(case(stage="plan", tasks=tasks), is_calm=False)
    assert act is not None
    assert not isinstance(act, Reply)
    assert act.path == "/appointments/INT-2027-0001/tasks/oath"


def test_an_answer_takes_the_first_position_and_the_first_candidates() -> None:
    """Choices are by the alphabet, so that every rehearsal comes to the same end."""
    positions = [{"key": "shortlist", "needs_text": False, "choose_at_most": 2}]
    candidates = [{"candidacy": key} for key in ("a", "b", "c")]
    told = {"positions": positions, "candidates": candidates, "content_version": 3}
    answer = answer_to(told)
    assert (answer["position"], answer["chosen"]) == ("shortlist", ["a", "b"])
    assert answer["seen_version"] == 3


@pytest.mark.parametrize(
    ("kind", "silent", "told"),
    [
        ("no_objection", ["Layla", "Mathieu"], "Layla and Mathieu kept silent, and so did not"),
        ("single", ["Cécile"], "The time to answer is over; Cécile kept silent"),
        ("advice", [], "The time to answer is over"),
    ],
)
def test_silence_is_told_as_what_it_means(kind: str, silent: list[str], told: str) -> None:
    """Silence is consent only where the rule says so."""
    asked = question(kind, *((name, False) for name in silent))
    entry = {"chain": f"consultation:{asked['id']}", "facts": {"outcome": {}}}
    (line,) = TELLERS["consultation:deadline_passed"](Story(case(consultations=[asked])), entry)
    assert told in line
    assert ("object" in line) == (kind == "no_objection")


def test_a_panel_is_named_declares_scores_and_recommends_in_a_rehearsal() -> None:
    """One thing after the other, as the assessment stands; nothing is remembered."""
    wanted = rehearse.wanted_of(load(FOLDER), "expert-competition")
    assert wanted is not None
    panel = wanted.play(FOLDER / "demonstration").panel
    assert panel is not None
    officer = wanted.play(FOLDER / "demonstration").cast.officer()
    seats: list[dict[str, str]] = []
    told = {"state": "not begun", "members": seats, "criteria": [{"key": "expertise"}]}
    at = {"stage": "assessment", "launched_at": "2026-11-30T08:00:00+00:00", "assessment": told}
    done = []
    for _ in range(7):
        turn = panel.turn(officer, at)
        assert turn is not None
        who, path, given = turn
        done.append(path)
        if path == "acts/name_member":
            seats.append({"email": given["given"]["email"], "state": "named"})
        else:
            mine = (each for each in seats if each["email"] == who.email)
            next(mine, {})["state"] = "declared"
    assert done == ["acts/name_member"] * 3 + ["acts/declare_ties"] * 3 + ["acts/compose_panel"]
    asked = {"candidates": [{"candidacy": "a"}, {"candidacy": "b"}]}
    assert panel.scores(at, asked) == {"a": {"expertise": "5"}, "b": {"expertise": "4"}}
    ranking = [{"candidate": "a", "place": 1}, {"candidate": "b", "place": None}]
    at["assessment"] = told | {"state": "ranked", "ranking": ranking}
    assert panel.turn(officer, at) == (officer, "acts/recommend", {"given": {"candidacies": ["a"]}})
