"""From files to a register and rolls: for checks that need no installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from governance.committees.meeting.roll import Roll, read_roll
from governance.committees.register import Register, register_of
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.linting.proceedings import BodyDraft, read_body
from governance.rulebook.proceedings.body import Body


def read_register(path: Path) -> Register:
    """The register of a body's file, its parents looked for beside it. Refused with all faults."""
    draft = read_body(path)
    faults = [each for each in draft.findings if each.blocks]
    if faults or draft.body is None:
        raise Refused(faults, Reason.INPUT)
    return register_of(draft.body, _parents(path, draft.body))


def _parents(path: Path, body: Body) -> dict[str, Body]:
    if body.parent is None:
        return {}
    beside = sorted(path.resolve().parent.glob("*.y*ml"))[:200]
    drafts: list[BodyDraft] = [read_body(each) for each in beside if each != path.resolve()]
    return {each.body.body: each.body for each in drafts if each.body is not None}


def read_roll_file(path: Path) -> Roll:
    """The roll of a file. Refused where it cannot be read."""
    try:
        return read_roll(path.name, path.read_bytes())
    except OSError as error:
        raise refuse(
            "the file {path} cannot be opened: {problem}",
            rule="roll_file",
            cure="Give a CSV file; docs/committees.md says how it is written.",
            reason=Reason.INPUT,
            path=path,
            problem=error.strerror or "unknown",
        ) from None


def day_of(roll: Roll, given: date | None) -> date:
    """The day of a roll: as given, or as it says itself. Refused where nobody says."""
    day = given or roll.day
    if day is None:
        raise refuse(
            "nothing says of which day the roll {file} is",
            rule="roll_date",
            cure="Give --date, or begin the file with a line such as # date: 2026-03-12.",
            reason=Reason.INPUT,
            file=roll.name,
        )
    return day


def read_earlier(paths: Sequence[Path]) -> list[tuple[date, Roll]]:
    """Earlier rolls, each with the day that it says itself, or that its name begins with."""
    earlier = []
    for path in paths:
        roll = read_roll_file(path)
        earlier.append((day_of(roll, day_in_name(path.name)), roll))
    return sorted(earlier, key=lambda each: each[0])


def day_in_name(name: str) -> date | None:
    """The first day that stands in the name of a file."""
    for start in range(max(len(name) - 9, 0)):
        try:
            return date.fromisoformat(name[start : start + 10])
        except ValueError:
            continue
    return None
