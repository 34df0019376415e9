"""Whoever speaks, moves, seconds or votes in the text stands in the roll, and may."""

from __future__ import annotations

from collections.abc import Iterator

from governance.committees.meeting.roll import RollLine
from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import JOINED, LEFT, MOVED, SECONDED, SPOKE, VOTED, Act
from governance.committees.noticed import Noticed
from governance.refusals import Sentence, say

DOES = {
    MOVED: "{name} moves, and is not in the roll",
    SECONDED: "{name} seconds, and is not in the roll",
    SPOKE: "{name} speaks, and is not in the roll",
    VOTED: "{name} votes, and is not in the roll",
}
AWAY = {
    MOVED: "{name} moves, and the roll has the person as {status}",
    SECONDED: "{name} seconds, and the roll has the person as {status}",
    SPOKE: "{name} speaks, and the roll has the person as {status}",
    VOTED: "{name} votes, and the roll has the person as {status}",
}
NO_MEMBER = {
    MOVED: "{name} moves, and is no member",
    SECONDED: "{name} seconds, and is no member",
    VOTED: "{name} votes, and is no member",
}


def people(case: Case) -> Iterator[Noticed]:
    """Everybody who acts in the text against the roll and the register."""
    if case.roll is None:
        return
    said: set[tuple[str, str, int]] = set()
    for act in _acts(case):
        key = (act.name.casefold(), act.what, act.line if act.what != SPOKE else 0)
        if key in said:
            continue
        said.add(key)
        yield from _one(case, act)
    yield from _came_and_went(case)


def _acts(case: Case) -> Iterator[Act]:
    yield from (each for each in case.printed.acts if each.what in DOES)
    for motion in case.printed.motions:
        for count in motion.votes.values():
            for name in count.names:
                yield Act(count.line, name, VOTED)


def _one(case: Case, act: Act) -> Iterator[Noticed]:
    line = case.in_roll(act.name)
    if line is None:
        yield from _not_there(case, act)
        return
    if not line.is_present and line.status != "proxy":
        yield case.notice(
            act.line,
            "who_acts_is_in_the_roll",
            say(AWAY[act.what], name=line.name, status=line.status),
            say("Correct the roll, or the name in the text."),
            follows=line.status,
        )
    elif act.what in NO_MEMBER:
        yield from _may(case, act, line)


def _not_there(case: Case, act: Act) -> Iterator[Noticed]:
    if case.could_be(act.name) > 1 or not (act.sure or case.person(act.name)):
        return  # several could be meant, or perhaps nobody
    person = case.person(act.name)
    near = _near(case, act.name)
    if act.what == SPOKE and person is None and not (near or act.sure or " " in act.name):
        return
    because = say(DOES[act.what], name=person.name if person else act.name)
    yield case.notice(
        act.line,
        "who_acts_is_in_the_roll",
        because,
        near or say("Add the person to the roll as what they were, or correct the name."),
        follows="not in the roll",
    )


def _near(case: Case, name: str) -> Sentence | None:
    keys = case.roll_names.near(name)
    if not keys:
        return None
    return say("Did you mean {near}?", near=" or ".join(case.lines_by_name[k].name for k in keys))


def _may(case: Case, act: Act, line: RollLine) -> Iterator[Noticed]:
    if case.is_member(line) is False and not _observer_may(case, act):
        yield case.notice(
            act.line,
            "who_moves_or_votes_is_a_member",
            say(NO_MEMBER[act.what], name=line.name),
            say("Name the member who did, or strike it."),
            follows=line.capacity or "no member",
        )
    elif act.what == VOTED and line.voting is False:
        yield case.notice(
            act.line,
            "who_votes_has_the_right",
            say("{name} votes, and the roll has no voting right for the person", name=line.name),
            say("Strike the vote, or correct the roll."),
            follows="no voting right",
        )


def _observer_may(case: Case, act: Act) -> bool:
    law, _ = case.ruling("observers")
    if law is None or act.what == VOTED:
        return bool(getattr(law, "vote", False)) if law else False
    return getattr(law, "propose", "no") != "no" or getattr(
        case.ruling("motions")[0], "observers_move", False
    )


def _came_and_went(case: Case) -> Iterator[Noticed]:
    """Who has left neither moves nor votes; the text is in the order of the meeting."""
    gone: dict[str, int] = {}
    events = sorted(
        [*(each for each in case.printed.acts if each.what in (LEFT, JOINED)), *_acts(case)],
        key=lambda each: (each.line, each.what not in (LEFT, JOINED)),
    )
    for act in events:
        line = case.in_roll(act.name)
        if line is None:
            continue
        if act.what == LEFT:
            gone[line.name] = act.line
        elif act.what == JOINED:
            gone.pop(line.name, None)
        elif line.name in gone and act.line > gone[line.name] and act.what != SPOKE:
            yield case.notice(
                act.line,
                "who_has_left_does_not_act",
                say(
                    "{name} left on line {line} and acts here",
                    name=line.name,
                    line=gone[line.name],
                ),
                say("Note when the person came back, or correct the name."),
                follows="has left",
            )


def offices(case: Case) -> Iterator[Noticed]:
    """Who is printed with an office of the body holds it on the day."""
    if case.register is None or case.day is None:
        return
    for claim in case.printed.offices:
        holders = [
            case.register.by_key[key]
            for office, key, span in case.register.officers
            if office == claim.office and span.holds(case.day)
        ]
        person = case.person(claim.name)
        if holders and person is not None and person not in holders:
            yield case.notice(
                claim.line,
                "office_is_held",
                say(
                    "{name} is printed as {office}; on that day it was {holder}",
                    name=person.name,
                    office=claim.office,
                    holder=" and ".join(each.name for each in holders),
                ),
                say(
                    "Correct the name, or say that the person presided in the absence of the chair."
                ),
                follows=holders[0].name,
            )
