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
    found = [
        (number, int(each["n"]))
        for number, line in enumerate(case.printed.lines, 1)
        if (each := HEADING.match(line)) and _is_title(each["sign"], each["title"])
    ]
    if len(found) < FEW:
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


def _is_title(sign: str | None, title: str) -> bool:
    """With the mark of a heading, or in capitals throughout."""
    head = title.split(":", maxsplit=1)[0]
    return bool(sign) or (head.isupper() and len(head) > len("AGENDA"))
