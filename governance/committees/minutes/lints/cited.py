"""The minutes that are adopted are those of an earlier meeting; items are numbered in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.minutes.lints.case import Case
from governance.committees.noticed import Noticed
from governance.refusals import say

Faults = Iterator[Noticed]
HEADING = re.compile(
    r"^\s*(?P<sign>#{1,6}\s*)?(?:(?:agenda\s+)?item\s+|point\s+|punto\s+)?(?P<n>\d{1,2})(?P<dot>[.):])\s+"
    r"(?P<title>\S.*)$",
    re.IGNORECASE,
)
FEW = 3  # headings from which an order shows


def adopted(case: Case) -> Faults:
    """A meeting does not adopt its own minutes, nor those of a meeting to come."""
    for claim in case.printed.adopted:
        if claim.day is not None and case.day is not None and claim.day > case.day:
            yield case.notice(
                claim.line,
                "adopted_minutes_are_earlier",
                say("minutes of {day} are adopted on {today}", day=claim.day, today=case.day),
                say("Name the meeting whose minutes were adopted."),
                follows=f"before {case.day}",
            )
        own = case.printed.meeting
        if claim.number is not None and own is not None and claim.number >= own:
            yield case.notice(
                claim.line,
                "adopted_minutes_are_earlier",
                say(
                    "meeting {own} adopts the minutes of meeting {number}",
                    own=own,
                    number=claim.number,
                ),
                say("Name the meeting whose minutes were adopted."),
                follows=f"before {own}",
            )
        known = {day for day, _ in case.earlier}
        if claim.day is not None and known and claim.day not in known:
            yield case.notice(
                claim.line,
                "adopted_minutes_are_earlier",
                say("no meeting of {day} is known", day=claim.day),
                say("Correct the day, or give the minutes of that meeting with --previous."),
                follows=str(max(known)),
                advisory=True,
            )


def items(case: Case) -> Faults:
    """Titles that are numbered stand in order, each number once; a hole is said, and no fault."""
    found = list(case.printed.items) or [(line, number) for line, number, _ in _titles(case)]
    if len(found) < (2 if case.printed.items else FEW):
        return
    seen: dict[int, int] = {}
    before = 0
    for line, number in found:
        if number in seen:
            yield case.notice(
                line,
                "items_are_numbered_in_order",
                say("item {number} stands twice, first on line {line}", number=number,
                    line=seen[number]),
                say("Correct the number of the item."),
                follows=str(max(seen) + 1),
            )  # fmt: skip
        elif before and number > before + 1:
            yield case.notice(
                line,
                "items_are_numbered_in_order",
                say("item {number} follows item {before}", number=number, before=before),
                say("Correct the number, or say what became of the items between."),
                follows=str(before + 1),
                advisory=True,
            )
        seen.setdefault(number, line)
        before = number


def agenda(case: Case) -> Faults:
    """What is dealt with stands on the agenda that these minutes print."""
    listed, last = _listed(case.printed.lines)
    if len(listed) < FEW:
        return
    words = [_words(title) for _, title in listed]
    numbers = {number for number, _ in listed}
    for line, number, title in _titles(case):
        if line <= last or number in numbers or any(_words(title) & each for each in words):
            continue
        yield case.notice(
            line,
            "item_is_on_the_agenda",
            say('"{title}" is not on the agenda that these minutes print', title=title),
            say("Add the item where the agenda is adopted, or say how it was admitted."),
            follows=f"one of {len(listed)} items",
        )


def understood(case: Case) -> Faults:
    """Where nothing was understood, nothing was checked, and that is said."""
    told = case.printed
    claims = (told.roll, told.quorum, told.motions, told.numbers, told.times, told.days)
    if any(claims) or told.items or told.offices or told.ballots or told.adopted or told.acts:
        return
    yield case.notice(
        1,
        "minutes_are_understood",
        say("no attendance, vote, number, time or weekday was found, and nothing was checked"),
        say("Print them as docs/committees.md has them, or write the minutes as YAML."),
        advisory=True,
    )


def _titles(case: Case) -> list[tuple[int, int, str]]:
    """Titles of the text that are numbered: line, number, words."""
    return [
        (number, int(each["n"]), each["title"].strip())
        for number, line in enumerate(case.printed.lines, 1)
        if (each := HEADING.match(line)) and _is_title(each["sign"], each["title"])
    ]


def _listed(lines: tuple[str, ...]) -> tuple[list[tuple[int, str]], int]:
    """The numbered list below words on the agenda, and the line on which it ends."""
    found: list[tuple[int, str]] = []
    last = 0
    begun = False
    for number, line in enumerate(lines, 1):
        entry = LISTED.match(line)
        if entry and begun:
            found.append((int(entry["n"]), entry["title"]))
            last = number
        elif line.strip():
            if found:
                break
            begun = AGENDA.search(line) is not None and line.rstrip().endswith(":")
    return found, last


def _words(title: str) -> frozenset[str]:
    return frozenset(each for each in re.findall(r"\w+", title.casefold()) if len(each) > FEW)


AGENDA = re.compile(r"\b(?:agenda|items?|ordre\s+du\s+jour|orden\s+del\s+día)\b", re.IGNORECASE)
LISTED = re.compile(r"^\s*(?P<n>\d{1,2})[.)]\s+(?P<title>\S.*)$")


def _is_title(sign: str | None, title: str) -> bool:
    """With the mark of a heading, or in capitals throughout."""
    head = title.split(":", maxsplit=1)[0]
    return bool(sign) or (head.isupper() and len(head) > len("AGENDA"))
