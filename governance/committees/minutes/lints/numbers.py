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

YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
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
    motions = {each.result_line: each.line for each in case.printed.motions if each.result}
    for each in _numbered(case.printed.numbers, frozenset(motions)):
        series[each.series].append(each)
    last = _last(case)
    yield from _of_the_year(case, [each for listed in series.values() for each in listed], last)
    for name, listed in series.items():
        yield from _series(case, listed, last.get(name))


def _numbered(claims: tuple[NumberClaim, ...], results: frozenset[int]) -> Iterator[Numbered]:
    """The first mention of each number; a line below that repeats it right away is the same.

    Two lines that each say what came of a motion (`results`) are two decisions.
    """
    before: NumberClaim | None = None
    for claim in sorted(claims, key=lambda each: each.line):
        found = LAST.match(claim.number)
        if found is None:
            continue
        again = (
            before is not None
            and before.number == claim.number
            and not (before.heads and claim.heads and before.line != claim.line)
            and not (before.line != claim.line and {before.line, claim.line} <= results)
        )
        if again and before is not None and before.heads:
            claim = replace(claim, heads=True)  # noqa: PLW2901 -- it goes on from a title
        before = claim
        if not again:
            yield Numbered(f"{claim.word[:3]}:{found[1]}", int(found[2]), claim)


def _of_the_year(case: Case, listed: list[Numbered], last: dict[str, int]) -> Iterator[Noticed]:
    """A series that bears the year goes on in the year of the meeting."""
    if case.day is None:
        return
    results = {each.result_line for each in case.printed.motions if each.result}
    ours = {re.sub(str(case.day.year), "", name) for name in last if str(case.day.year) in name}
    for each in listed:
        year = YEAR.search(each.series)
        given = each.claim.heads or each.claim.line in results
        if year is None or not given or int(year[0]) == case.day.year:
            continue
        if each.series.replace(year[0], "", 1) in ours:
            right = each.claim.number.replace(year[0], str(case.day.year), 1)
            yield case.notice(
                each.claim.line,
                "number_is_in_series",
                say("{number} is printed, and the meeting is of {year}", number=each.claim.number,
                    year=case.day.year),
                say("Correct the year, or the number."),
                follows=right,
            )  # fmt: skip


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
