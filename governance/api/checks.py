"""Checks of files of any body: computations, which keep nothing and need nobody to sign in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked
from governance.committees.meeting.roll import Roll, read_roll
from governance.committees.meeting.rollcheck import check_roll
from governance.committees.minutes.lint import lint
from governance.committees.minutes.reading import read_minutes
from governance.committees.reading import day_of
from governance.committees.register import Register, register_of
from governance.committees.showing import tell_lint, tell_roll
from governance.refusals import Reason, Refused
from governance.rulebook.linting.proceedings import body_of

routes = APIRouter(prefix="/checks", tags=["checks"])
FileText = Annotated[str, StringConstraints(max_length=1024 * 1024, pattern=NO_NUL)]
FileName = Annotated[str, StringConstraints(max_length=100, pattern=r"^[\w .-]*$")]


class ToCheckRules(Asked):
    """The file of a body."""

    body: FileText = Field(examples=["schema: 1\nbody: audit\ntitle: Audit Committee\n"])


class Earlier(Asked):
    """The roll of an earlier meeting."""

    day: date
    roll: FileText


class ToCheckRoll(Asked):
    """A roll, the file of its body, and earlier rolls."""

    roll: FileText = Field(examples=["# date: 2026-03-12\nname,status\nJane Smith,present\n"])
    body: FileText
    day: date | None = None
    previous: list[Earlier] = Field(default_factory=list, max_length=60)


class ToLint(Asked):
    """Minutes with what they are held against; `name` says how they are written (.md, .yaml)."""

    minutes: FileText = Field(examples=["Present: Jane Smith\n"])
    name: FileName = "minutes.md"
    body: FileText | None = None
    roll: FileText | None = None
    day: date | None = None
    previous: list[Earlier] = Field(default_factory=list, max_length=60)


@routes.post("/rules", operation_id="check_rules", responses=problems(422))
def check_rules(given: ToCheckRules) -> dict[str, Any]:
    """Check a body's rules of procedure and its list of members."""
    draft = body_of("body.yaml", given.body.encode())
    faults = [each for each in draft.findings if each.blocks]
    return {"clean": not faults, "findings": [each.as_json() for each in draft.findings]}


@routes.post("/roll", operation_id="check_roll", responses=problems(422))
def check_a_roll(given: ToCheckRoll) -> dict[str, Any]:
    """Check a roll: seats, rights, leave, proxies, copies, and the quorum with its working."""
    register = _register(given.body)
    roll = read_roll("roll.csv", given.roll.encode())
    checked = check_roll(register, roll, day_of(roll, given.day), _earlier(given.previous))
    return tell_roll(register, checked)


@routes.post("/minutes", operation_id="lint_minutes", responses=problems(422))
def lint_minutes(given: ToLint) -> dict[str, Any]:
    """Check minutes against the registers, the roll that was called, the rules, and themselves."""
    register = _register(given.body) if given.body else None
    called = read_roll("roll.csv", given.roll.encode()) if given.roll else None
    printed = read_minutes(given.name or "minutes.md", given.minutes.encode(), day=given.day)
    return tell_lint(lint(printed, register, called, _earlier(given.previous)))


def _register(text: str) -> Register:
    draft = body_of("body.yaml", text.encode())
    faults = [each for each in draft.findings if each.blocks]
    if faults or draft.body is None:
        raise Refused(faults, Reason.INPUT)
    return register_of(draft.body)


def _earlier(given: list[Earlier]) -> list[tuple[date, Roll]]:
    return [(each.day, read_roll(f"{each.day}.csv", each.roll.encode())) for each in given]
