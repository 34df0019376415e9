"""Minutes written as prose, Markdown or plain text, read claim by claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from governance.committees.dates import first_day
from governance.committees.meeting.roll import Roll
from governance.committees.minutes.acts import acts_in, mover_in, offices_in, seconder_in
from governance.committees.minutes.attendance import attendance
from governance.committees.minutes.cited import adopted_in, own_number
from governance.committees.minutes.days import day_claims, time_claim
from governance.committees.minutes.listing import BULLET
from governance.committees.minutes.printed import SPOKE, Count, MotionClaim, Printed
from governance.committees.minutes.quorum_claims import quorum_claims
from governance.committees.minutes.sums import ballot_claims
from governance.committees.minutes.votes import (
    ABOUT_VOTE,
    CASTING,
    UNANIMOUS,
    WITHDRAWN,
    numbers_in,
    result_in,
    tally_in,
    votes_in,
)

MOTION = re.compile(
    r"\b(?:motion|resolved|resolution\b[^.]{0,60}:|moved|amendment\s+\d|on\s+the\s+question)\b",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"\*\*|__|`|(?<=[\w.:;,!?)])\*|\*(?=[\w(\[])")
PUBLIC = re.compile(
    r"^\W*(?:\d+[.)]?\s*|[A-Z][.)]\s*)?(?:(?:public|citizens?|audience|community|visitors?)[’'s]*\s+"
    r"(?:comments?|hearings?|input|forum|participation|communications?)|open\s+forum)\b",
    re.IGNORECASE,
)
TITLE = re.compile(r"^\s*(?:#{1,6}\s|(?:\d+|[A-Z])[.)]\s+\S|[A-Z][A-Z /&'-]{4,}:?\s*$)")
KIND_ALONE = re.compile(
    r"^\s*(?:voting\s+)?(?:in\s+favou?r|against|abstain(?:ing|ed)?|abstentions?|ayes?|noes|nays?|"
    r"yes|no|pour|contre|a\s+favor|en\s+contra)\s*:\s*$",
    re.IGNORECASE,
)
OF_THE_RULES = re.compile(
    r"\b(?:amend|chang|revis|modifi|réform|reform)\w*\s+(?:(?:of|to|the|our|its|de|du|del|la|le|"
    r"el|article|articles|rule|section|\d+)\s+)*(?:rules\s+of\s+procedure|by-?laws|statutes|"
    r"standing\s+(?:rules|orders)|constitution|règlement\s+intérieur|reglamento)\b",
    re.IGNORECASE,
)
BEGINS_KIND = re.compile(KIND_ALONE.pattern.replace(r"\s*:\s*$", r"\s*:\s*\S"), re.IGNORECASE)
RECORDED = re.compile(r"\brecorded\s+vote\b|\bby\s+\d+\s+votes?\s+to\b", re.IGNORECASE)
MOST_VOTERS = 200
NEAR = 8  # lines between a motion and its vote
QUOTED = re.compile(r"^\s*(?:WHEREAS|NOW,? THEREFORE|>)", re.IGNORECASE)


def read_prose(
    name: str, lines: tuple[str, ...], *, roll: Roll | None = None, day: date | None = None
) -> Printed:
    """Everything that the text claims; a roll or day that is known otherwise goes before."""
    printed, lines = lines, tuple(EMPHASIS.sub("", each) for each in lines)
    public = frozenset(_of_the_public(lines))
    return Printed(
        file=name,
        lines=printed,
        day=day or first_day(lines),
        roll=roll or attendance(name, lines),
        quorum=tuple(quorum_claims(lines)),
        acts=tuple(
            replace(each, sure=each.sure and not (n in public and each.what == SPOKE))
            for n, line in enumerate(lines, 1)
            for each in acts_in(n, line)
        ),
        motions=tuple(motions_in(_whole(lines))),
        numbers=tuple(each for n, line in enumerate(lines, 1) for each in numbers_in(n, line)),
        times=tuple(
            claim for n, line in enumerate(lines, 1) if (claim := time_claim(n, line)) is not None
        ),
        offices=tuple(each for n, line in enumerate(lines, 1) for each in offices_in(n, line)),
        days=tuple(each for n, line in enumerate(lines, 1) for each in day_claims(n, line)),
        ballots=tuple(ballot_claims(lines)),
        adopted=tuple(each for n, line in enumerate(lines, 1) for each in adopted_in(n, line)),
        meeting=own_number(lines),
    )


def _of_the_public(lines: tuple[str, ...]) -> Iterator[int]:
    """The lines under a title such as Public comment: whoever speaks there is of the public."""
    inside = False
    for number, line in enumerate(lines, 1):
        if PUBLIC.match(line):
            inside = True
        elif inside and TITLE.match(line):
            inside = False
        elif inside:
            yield number


def _whole(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines, with the names that stand under `In favour:` on the line of their title."""
    made = list(lines)
    for at, line in enumerate(lines):
        if BEGINS_KIND.match(line):
            _unwrap(made, at)
            continue
        if not KIND_ALONE.match(line):
            continue
        for below in range(at + 1, min(at + MOST_VOTERS, len(lines))):
            told = lines[below].strip()
            if not told or KIND_ALONE.match(told):
                break
            made[at] += ("," if BULLET.match(told) else "") + " " + BULLET.sub("", told)
            made[below] = ""
            if not (told.endswith((",", ";")) or BULLET.match(told)):
                break
        made[at] = re.sub(r":\s*,", ":", made[at])
    return tuple(made)


def _unwrap(lines: list[str], at: int) -> None:
    """A list of names that goes on below, because its line was full, is one line."""
    for below in range(at + 1, min(at + MOST_VOTERS, len(lines))):
        told = lines[below].strip()
        goes_on = lines[at].rstrip().endswith((",", ";", " and", " of"))
        if not goes_on or not told or KIND_ALONE.match(told) or BEGINS_KIND.match(told):
            return
        lines[at] += f" {told}"
        lines[below] = ""


def with_places(printed: Printed, places: frozenset[str]) -> Printed:
    """The times once more, with the places that the body's file knows."""
    if not places:
        return printed
    plain = (EMPHASIS.sub("", each) for each in printed.lines)
    claims = (time_claim(n, line, places) for n, line in enumerate(plain, 1))
    return replace(printed, times=tuple(each for each in claims if each is not None))


def motions_in(lines: tuple[str, ...]) -> Iterator[MotionClaim]:
    """Motions with mover, seconder, votes and result, put together from the lines near by."""
    current: MotionClaim | None = None
    last = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or QUOTED.match(line):
            continue
        told = _told(number, line)
        if current is not None and (_is_new(current, told, line) or number - last > NEAR):
            yield current
            current = None
        if current is None:
            if not _begins(told, line):
                continue
            current, last = told, number
        else:
            merged = _merged(current, told)
            last = number if merged != current else last
            current = merged
    if current is not None:
        yield current


def _told(number: int, line: str) -> MotionClaim:
    result = result_in(line)
    return MotionClaim(
        line=number,
        text=line.strip(),
        mover=mover_in(line),
        seconder=seconder_in(line),
        votes=votes_in(number, line),
        result=result,
        result_line=number if result is not None else 0,
        unanimous=UNANIMOUS.search(line) is not None,
        tallies=_tallies(number, line),
        withdrawn=WITHDRAWN.search(line) is not None,
        casting=CASTING.search(line) is not None,
        subject="rule_changes" if OF_THE_RULES.search(line) else "all",
    )


def _tallies(number: int, line: str) -> tuple[tuple[int, str, int], ...]:
    told = tally_in(line) if ABOUT_VOTE.search(line) else {}
    return tuple((number, kind, count) for kind, count in told.items())


def _begins(told: MotionClaim, line: str) -> bool:
    """A line with a mover, votes with a result, or the word motion with either."""
    counted = len(told.votes) > 1 or any(len(each.names) > 1 for each in told.votes.values())
    return bool(told.mover or counted or (MOTION.search(line) and _says_more(told, line)))


def _says_more(told: MotionClaim, line: str) -> bool:
    starts = re.match(r"\s*(?:[-*•]\s*)?\**(?:motion|resolved|moved)\b", line, re.IGNORECASE)
    return bool(told.seconder or told.votes or told.result is not None or starts)


def _is_new(current: MotionClaim, told: MotionClaim, line: str) -> bool:
    """Whether a line begins another motion."""
    if told.mover and (current.mover or current.result is not None or current.votes):
        return True
    if RECORDED.search(line) and {"yes", "no"} <= set(told.votes) & set(current.votes):
        return True
    starts = re.match(
        r"\s*(?:[-*•#]\s*)*\**(?:motion\b|resolution\b|decision\b|moved\b)", line, re.IGNORECASE
    )
    done = current.result is not None
    return bool(starts and done and not (told.result is not None and not told.mover))


def _together(before: dict[str, Count], told: dict[str, Count], *, known: bool) -> dict[str, Count]:
    """Votes with those of a further line: the numbers of one, the names of the other.

    Once the result is `known`, only the names of what was counted are still looked for.
    """
    votes = dict(before) if known else {**told, **before}
    for kind, first in before.items():
        more = told.get(kind)
        if more is None or first.names or not more.names or first.number is None:
            continue
        if more.number in (None, first.number):
            votes[kind] = Count(first.number, more.names, more.line)
    return votes


def _merged(current: MotionClaim, told: MotionClaim) -> MotionClaim:
    known = current.result is not None
    votes = _together(current.votes, told.votes, known=known)
    return current.with_(
        mover=current.mover or told.mover,
        seconder=current.seconder or told.seconder,
        votes=votes,
        result=current.result if known else told.result,
        result_line=current.result_line or told.result_line,
        unanimous=current.unanimous or (told.unanimous and not known),
        tallies=current.tallies if known else (*current.tallies, *told.tallies),
        withdrawn=current.withdrawn or told.withdrawn,
        casting=current.casting or told.casting,
        subject=current.subject if current.subject != "all" or known else told.subject,
    )
