"""A crisis team is stood up in minutes: from its file, or from a template of the rulebook.

A template is the file of a body in the folder `teams` beside the procedures. Its seats are held
by office; whoever holds the office when the team is stood up sits, and everybody is told at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.committees.crisis import MESSAGE, everybody, send, write_line
from governance.committees.founding import Founding, found_body, may_found
from governance.committees.models import Committee
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.linting.proceedings import read_body
from governance.rulebook.parts import Text
from governance.rulebook.proceedings.body import Body

TEAMS = "teams"


@dataclass(frozen=True)
class StandingUp:
    """A team as its file has it, and why it is stood up; the reason is its first message."""

    body: Body
    because: str


def templates(folder: Path) -> dict[str, Body]:
    """The teams that the rulebook keeps ready, by the name of their file. Raises Refused."""
    found: dict[str, Body] = {}
    for path in sorted((folder / TEAMS).glob("*.y*ml")):
        draft = read_body(path)
        faults = [each for each in draft.findings if each.blocks]
        if faults or draft.body is None:
            raise Refused(faults, Reason.INPUT)
        found[path.stem] = draft.body
    return found


def from_template(folder: Path, name: str, key: str = "", title: str = "") -> Body:
    """The team of a template, under a key and a title of its own. Raises Refused."""
    known = templates(folder)
    if name not in known:
        raise refuse(
            'the rulebook has no team "{name}"',
            rule="known_template",
            cure="It has: {known}.",
            where="template",
            reason=Reason.INPUT,
            name=name[:60],
            known=", ".join(known) or "none",
        )
    body = known[name]
    changed: dict[str, Any] = {"body": key.strip().lower() or body.body}
    if title.strip():
        changed["title"] = Text({"en": title.strip()})
    return Body.model_validate(body.model_dump(by_alias=True) | changed)


def stand_up_body(moment: Moment, _: Committee | None, given: StandingUp) -> Written[Committee]:
    """Found the team; its first message, why it stands, goes to everybody who sits in it."""
    if not given.because.strip():
        raise refuse(
            "a team is not stood up without its reason",
            rule="reasons_are_given",
            cure="Write what has happened, in a line or two.",
            where="because",
            reason=Reason.INPUT,
        )
    written = found_body(moment, None, Founding(given.body))
    team = written.subject
    assert team is not None  # noqa: S101 -- founding gives the body
    line, sealed = write_line(moment, team, MESSAGE, given.because)
    readers = everybody(moment.session, team, moment.now)
    send(moment, team, line, readers)
    facts = {**written.facts, "line": line.id, "told": len(readers), "because": sealed}
    return Written(facts, team)


def may_stand_up(moment: Moment, committee: Committee | None, given: StandingUp) -> str:
    """Whoever may found a body."""
    return may_found(moment, committee, Founding(given.body))


STAND_UP: Verb[Committee, StandingUp] = Verb(
    "committee:stand_up", Committee, "committee", may_stand_up, stand_up_body
)
