"""Approvals a second beside Viewflow and SpiffWorkflow, on the same work in the same minutes.

Two kinds of work: cases of five approvals, one after the other; and one question to forty people.
Alike for all three: the same interpreter, one process, one file of SQLite with a write-ahead log
and full synchronisation, each approval committed for itself, who gave it and when kept with the
case, and the next approval waiting afterwards. SpiffWorkflow writes one row for it, the case as
JSON with the tree of its tasks; Viewflow its rows of tasks and of the process.

Ours does more in it: identity and authority, rules, a version of the answer, the outcome with its
working, an entry on the hash chain, the owner marked as due. What is "alone" ends there. With the
"next question put" the owner goes on in a second transaction, as it does in the product: the
question with its content and invitation, its entry, its notice in the outbox. The peers send no
notices and prove no order of events. Each round makes new files, and whoever is first goes round;
time of the processor is told beside time of the clock, because a busy machine spoils the latter.
The peers run in an environment of their own (`benchmarks/peers/requirements.txt`), which is made
when it is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import many
from sqlmodel import Session

from governance.access.actor import Actor, Level
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.models import Case
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.database import new_id
from governance.house import House
from governance.people.models import Person
from governance.settings import ROOT, Settings

STEPS, PEOPLE, CASES, ROUNDS = 5, 40, 40, 3
PEERS = {"Viewflow": "viewflow_peer.py", "SpiffWorkflow": "spiff_peer.py"}
ENVIRONMENT = ROOT / ".venv-peers"
ALL_OF_THEM = {
    **many.RULE,
    "kind": "unanimity",
    "positions": [{"key": "yes"}, {"key": "no"}],
    "counting": {"base": "entitled"},
}
Figures = dict[str, float]


def measured(home: Path) -> dict[str, dict[str, list[float]]]:
    """Approvals a second of each, round by round: whoever is first goes round."""
    python = _environment()
    found: dict[str, dict[str, list[float]]] = {}
    peers = [(name, partial(_peer, python, file)) for name, file in PEERS.items()]
    sides: list[tuple[str, Any]] = [("Mandate", _ours), *peers]
    for number in range(ROUNDS):
        for name, run in sides[number:] + sides[:number]:
            folder = home / f"{name}-{number}"
            folder.mkdir()
            for kind, rate in run(folder).items():
                found.setdefault(kind, {}).setdefault(name, []).append(rate)
    return found


def _environment() -> Path:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        wanted = ROOT / "benchmarks" / "peers" / "requirements.txt"
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", wanted]
        subprocess.run(pip, check=True)
    return python


def _peer(python: Path, file: str, folder: Path) -> Figures:
    script = ROOT / "benchmarks" / "peers" / file
    words = [python, script, folder / "peer.db", str(CASES), str(PEOPLE)]
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    figures: Figures = json.loads(told.stdout.splitlines()[-1])
    return figures


# --- our own side ----------------------------------------------------------------------------


def _ours(folder: Path) -> Figures:
    house = many.installed(Settings(home=folder, clock_file=folder / "clock.json"))
    case = many.launched(house)
    people = _people(house)
    figures = _timed("five", CASES * STEPS, _five(house, case, people[0]))
    figures |= _timed("alone", CASES * STEPS, _alone(house, case, people[0]))
    figures |= _timed("forty", PEOPLE, _forty(house, case, people))
    house.database.dispose()
    return figures


def _timed(name: str, count: int, work: Any) -> Figures:
    began, used = time.perf_counter(), time.process_time()
    work()
    took, spent = time.perf_counter() - began, time.process_time() - used
    return {name: count / took, f"{name}_cpu": count / spent}


def _people(house: House) -> list[str]:
    with house.database.deciding() as session:
        return [_person(session, number) for number in range(PEOPLE)]


def _person(session: Session, number: int) -> str:
    key = new_id()
    session.add(
        Person(
            id=key,
            family_name=f"Measured {number}",
            given_names="Somebody",
            email=f"measured{number}@organisation.example",
            duty_station="lyon",
            nationality="FRA",
        )
    )
    return key


def _five(house: House, case: str, person: str) -> Any:
    """Cases of five approvals: an answer, then the owner puts the next question with its notice."""
    names = [f"case{number}" for number in range(CASES)]
    first = {name: _put(house, case, f"{name}:1", [person]) for name in names}

    def work() -> None:
        for name, question in first.items():
            asked = question
            for step in range(1, STEPS + 1):
                _approve(house, person, asked)
                if step < STEPS:
                    asked = _put(house, case, f"{name}:{step + 1}", [person])

    return work


def _alone(house: House, case: str, person: str) -> Any:
    """The answers alone, without what their owner does next."""
    asked = [_put(house, case, f"alone{number}", [person]) for number in range(CASES * STEPS)]

    def work() -> None:
        for each in asked:
            _approve(house, person, each)

    return work


def _approve(house: House, person: str, question: str) -> None:
    perform(house, Actor(person, Level.SESSION, "cli"), ANSWER, question, GivenAnswer("yes"))


def _forty(house: House, case: str, people: list[str]) -> Any:
    """One question to forty people, each of whom answers; the last answer closes it."""
    asked = _put(house, case, "forty", people, ALL_OF_THEM)

    def work() -> None:
        for each in people:
            _approve(house, each, asked)
        with house.database.reading() as session:
            assert session.get_one(Consultation, asked).state == "closed"

    return work


def _put(
    house: House, case: str, step: str, people: list[str], rule: dict[str, Any] | None = None
) -> str:
    """A question to these people, put by the owner in an act of its own."""

    def body(moment: Moment, _: Case | None, __: None) -> Written[Case]:
        opened = open_consultation(
            moment,
            Question(
                owner=("case", case),
                step_key=step[:60],
                round=1,
                reference="INT",
                question={"en": "Do you approve?"},
                asked_by=None,
                rule=rule or many.RULE,
                level="session",
                content={"barred": [], "candidates": []},
                asked=tuple(Asked(each, "member", "lyon") for each in people),
            ),
        )
        return Written({"consultation": opened.id})

    verb: Verb[Case, None] = Verb("case:advance", Case, "case", lambda *_: "clock", body)
    done = perform(house, Actor(None, Level.CLOCK, "clock"), verb, case, None)
    assert done is not None
    return str(done.facts["consultation"])
