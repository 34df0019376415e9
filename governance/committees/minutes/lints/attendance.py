"""The attendance as printed against the register, the roll that was called, and the last one."""

from __future__ import annotations

from collections.abc import Iterator

from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.minutes.lints.case import Case
from governance.committees.names import Names, folded
from governance.committees.noticed import Noticed
from governance.refusals import say

SAME_ENOUGH = 4


def against_the_register(case: Case) -> Iterator[Noticed]:
    """What the check of the printed roll finds, each on the line of the minutes."""
    if case.check is None or case.printed.roll is None:
        return
    for each in case.check.findings:
        yield case.notice(
            each.line,
            each.finding.rule,
            each.finding.because,
            each.finding.cure,
            follows=each.follows,
            article=each.finding.article,
            advisory=not each.blocks,
        )


def against_the_call(case: Case) -> Iterator[Noticed]:
    """The printed attendance says what the roll call says."""
    if case.called is None or case.printed.roll is None or case.called is case.printed.roll:
        return
    printed, called = _index(case.printed.roll), _index(case.called)
    names = Names.of({key: [each.name] for key, each in called.items()})
    met: set[str] = set()
    for line in printed.values():
        key = names.find(line.name)
        if key is None:
            if line.is_present:
                yield case.notice(
                    line.line,
                    "attendance_is_the_roll_called",
                    say("{name} is printed as present and is not in the roll call", name=line.name),
                    say("Strike the name, or correct the roll call."),
                    follows="not in the roll call",
                )
            continue
        met.add(key)
        yield from _differs(case, line, called[key])
    for key, each in called.items():
        if key not in met and each.is_present:
            yield case.notice(
                0,
                "attendance_is_the_roll_called",
                say(
                    "{name} was there as {capacity} and is missing from the attendance",
                    name=each.name,
                    capacity=each.capacity or "member",
                ),
                say("Add the person."),
                follows=f"{each.capacity or 'member'}, present",
            )


def _index(roll: Roll) -> dict[str, RollLine]:
    return {f"{each.line}:{each.name}": each for each in roll.lines}


def _differs(case: Case, line: RollLine, call: RollLine) -> Iterator[Noticed]:
    if line.is_present != call.is_present or (
        "leave" in (line.status, call.status) and line.status != call.status
    ):
        yield case.notice(
            line.line,
            "attendance_is_the_roll_called",
            say(
                "{name} is printed as {printed}; the roll call has {called}",
                name=line.name,
                printed=line.status,
                called=call.status,
            ),
            say("Correct the attendance."),
            follows=call.status,
        )
    if line.capacity and call.capacity and line.capacity != call.capacity:
        yield case.notice(
            line.line,
            "listed_as_what_one_is",
            say(
                "{name} is listed as {printed} and is {actual}",
                name=line.name,
                printed=line.capacity,
                actual=call.capacity,
            ),
            say("List the person as {actual}.", actual=call.capacity),
            follows=call.capacity,
        )


def pasted(case: Case) -> Iterator[Noticed]:
    """The attendance is not that of an earlier meeting, name for name."""
    roll = case.printed.roll
    if roll is None or len(roll.lines) < SAME_ENOUGH:
        return
    mine = _list(roll)
    if case.called is not None and _list(case.called) == mine:
        return
    for day, before in reversed(case.earlier):
        if _list(before) == mine and not _said(case):
            yield case.notice(
                roll.lines[0].line,
                "roll_is_not_the_last_one",
                say(
                    "the attendance is that of {day} ({file}), name for name",
                    day=day,
                    file=before.name,
                ),
                say("List who was there this time, or confirm that it is the same."),
                follows="a roll of its own",
            )
            return


def _list(roll: Roll) -> list[tuple[str, str]]:
    return [(folded(each.name), each.status) for each in roll.lines]


def _said(case: Case) -> bool:
    """The check against the register has said it already."""
    return bool(
        case.check
        and any(each.finding.rule == "roll_is_not_the_last_one" for each in case.check.findings)
    )


def twice(case: Case) -> Iterator[Noticed]:
    """Nobody is present and absent, or listed twice; said without a register."""
    if case.printed.roll is None or case.check is not None:
        return
    seen: dict[str, RollLine] = {}
    for line in case.printed.roll.lines:
        before = seen.setdefault(folded(line.name), line)
        if before is line:
            continue
        both = before.is_present != line.is_present
        yield case.notice(
            line.line,
            "listed_once",
            say(
                "{name} is listed as {first} on line {line} and as {second} here"
                if both
                else "{name} stands in the attendance twice, first on line {line}",
                name=line.name,
                first=before.status,
                second=line.status,
                line=before.line,
            ),
            say("Keep one of the two lines."),
            advisory=not both and before.capacity != line.capacity,
        )
