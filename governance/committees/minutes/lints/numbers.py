"""The numbers of decisions: a series without holes, without doubles, going on from the last one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import NumberClaim
from governance.committees.noticed import Noticed
from governance.refusals import say

LAST = re.compile(r"^(.*?)(\d+)(\D*)$")


@dataclass(frozen=True)
class Numbered:
    """A number as a series and a place in it."""

    series: str
    number: int
    claim: NumberClaim


def numbers(case: Case) -> Iterator[Noticed]:
    """Each series by itself, in the order of the text."""
    series: dict[str, list[Numbered]] = defaultdict(list)
    for each in _numbered(case.printed.numbers):
        series[each.series].append(each)
    last = _last(case)
    for name, listed in series.items():
        yield from _series(case, listed, last.get(name))


def _numbered(claims: tuple[NumberClaim, ...]) -> Iterator[Numbered]:
    """The first mention of each number; a line below that repeats it right away is the same."""
    before: NumberClaim | None = None
    for claim in sorted(claims, key=lambda each: each.line):
        found = LAST.match(claim.number)
        if found is None:
            continue
        again = (
            before is not None
            and before.number == claim.number
            and not (before.heads and claim.heads and before.line != claim.line)
        )
        if again and before is not None and before.heads:
            claim = replace(claim, heads=True)  # noqa: PLW2901 -- it goes on from a title
        before = claim
        if not again:
            yield Numbered(f"{claim.word[:3]}:{found[1]}", int(found[2]), claim)


def _last(case: Case) -> dict[str, int]:
    """The last number of the register, as the series that it could go on in."""
    number = case.register.last_number if case.register else ""
    found = LAST.match(number)
    if found is None:
        return {}
    prefix = re.sub(r"^\D*\s", "", found[1])
    return {
        f"{word}:{prefix}": int(found[2]) for word in ("res", "dec", "rés", "déc", "ord", "mot")
    }


def _series(case: Case, listed: list[Numbered], last: int | None) -> Iterator[Noticed]:
    expected = None if last is None else last + 1
    seen: dict[int, int] = {}
    for each in listed:
        if each.number in seen:
            yield case.notice(
                each.claim.line,
                "number_is_in_series",
                say(
                    "{number} is given twice, first on line {line}",
                    number=each.claim.number,
                    line=seen[each.number],
                ),
                say("Give the next free number."),
                follows=_spelled(each, max(seen) + 1),
            )
            continue
        if expected is not None and each.number != expected:
            yield case.notice(
                each.claim.line,
                "number_is_in_series",
                say(
                    "{number} is printed, and the next of the series is {expected}",
                    number=each.claim.number,
                    expected=_spelled(each, expected),
                ),
                say("Correct the number; a number once given never changes."),
                follows=_spelled(each, expected),
            )
        seen[each.number] = each.claim.line
        expected = max(each.number, (expected or 0) - 1) + 1


def _spelled(each: Numbered, number: int) -> str:
    found = LAST.match(each.claim.number)
    assert found is not None  # noqa: S101 -- only what matched is numbered
    return f"{found[1]}{number:0{len(found[2])}d}{found[3]}"
