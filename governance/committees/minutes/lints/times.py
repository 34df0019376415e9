"""Times and days as printed: zones in the weeks when clocks change apart, weekdays, order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from governance.committees.dates import days_in, impossible_days
from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import TimeClaim, Told
from governance.committees.minutes.zones import ZONES, cities
from governance.committees.noticed import Noticed
from governance.refusals import say

HALF_DAY, DAY = 12 * 60, 24 * 60
TWO = 2


def times(case: Case) -> Iterator[Noticed]:
    """Every line that says a time."""
    for claim in case.printed.times:
        day = claim.day or case.day
        if day is None:
            continue
        yield from _letters(case, claim, day)
        yield from _together(case, claim, day)
    yield from _in_order(case)


def days(case: Case) -> Iterator[Noticed]:
    """Weekdays printed beside a date."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for claim in case.printed.days:
        if claim.day.weekday() != claim.weekday:
            yield case.notice(
                claim.line,
                "weekday_is_of_the_date",
                say(
                    "{day} is a {right}, and {printed} is printed",
                    day=claim.day,
                    right=names[claim.day.weekday()],
                    printed=names[claim.weekday],
                ),
                say("Correct the weekday, or the date."),
                follows=names[claim.day.weekday()],
            )


NEXT = re.compile(
    r"\b(?:next\s+(?:\w+\s+)?(?:meeting|session)|prochaine\s+(?:réunion|séance|session)"
    r"|próxima\s+(?:reunión|sesión))\b",
    re.IGNORECASE,
)
NEAR = 60  # signs between the words and the day
OTHERWISE = re.compile(
    r"\b(?:after|since|following|following up|of the|depuis|du|desde)\b", re.IGNORECASE
)


def calendar(case: Case) -> Iterator[Noticed]:
    """Days that no calendar has; a next meeting that is before this one."""
    for number, line in enumerate(case.printed.lines, 1):
        for none in impossible_days(line):
            yield case.notice(
                number,
                "day_is_of_the_calendar",
                say("there is no {day}", day=none),
                say("Correct the date."),
            )
        found = NEXT.search(line)
        if found is None or case.day is None:
            continue
        ahead = [each for each in days_in(line) if each[1] >= found.end()]
        for day, at in ahead[:1]:
            between = line[found.end() : at]
            if len(between) > NEAR or OTHERWISE.search(between) or day > case.day:
                continue
            yield case.notice(
                number,
                "next_meeting_is_later",
                say("the next meeting is on {day}, and this one on {own}", day=day, own=case.day),
                say("Correct the day of the next meeting."),
                follows=f"after {case.day}",
            )


def _zone(case: Case, printed: str) -> tuple[str, int | None] | None:
    """The zone that is meant, and the offset that is said; None where neither is known."""
    places = case.register.places if case.register else {}
    if printed.casefold() in places:
        return places[printed.casefold()], None
    if printed.startswith("UTC") and len(printed) > len("UTC"):
        hours, _, minutes = printed[3:].partition(":")
        sign = -1 if hours.startswith("-") else 1
        return "UTC", int(hours) * 60 + sign * int(minutes or 0)
    if printed in ZONES:
        return ZONES[printed]
    if printed in available_timezones():
        return printed, None
    city = cities().get(printed.casefold().removesuffix(" time").strip())
    return (city, None) if city else None


def _shown(zone: str, day: date, at: Told) -> int:
    """The minutes east of UTC that clocks show in a zone at this time of day."""
    moment = datetime.combine(day, at.at, ZoneInfo(zone))
    offset = moment.utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def _letters(case: Case, claim: TimeClaim, day: date) -> Iterator[Noticed]:
    """EST on a day on which New York has EDT."""
    ours = {case.register.zone, *case.register.places.values()} if case.register else set()
    for told in claim.times:
        known = _zone(case, told.zone) if told.zone else None
        if known is None or known[1] is None or known[0] == "UTC":
            continue
        zone, said = known
        shown = _shown(zone, day, told)
        if shown == said:
            continue
        right = datetime.combine(day, told.at, ZoneInfo(zone)).tzname()
        yield case.notice(
            claim.line,
            "time_zone_is_of_the_day",
            say(
                "{printed} is printed, and on {day} clocks in {zone} show {right}",
                printed=told.zone,
                day=day,
                zone=zone,
                right=right,
            ),
            say("Write {right}, or the city; and check the other zones of the line.", right=right),
            follows=str(right),
            advisory=not (zone in ours or len(claim.times) > 1),
        )


def _utc(case: Case, told: Told, day: date, *, as_shown: bool) -> int | None:
    """Minutes of the day in UTC: as the letters say, or as the clocks of the zone show."""
    known = _zone(case, told.zone) if told.zone else None
    if known is None:
        return None
    zone, said = known
    offset = _shown(zone, day, told) if said is None or (as_shown and zone != "UTC") else said
    return (told.at.hour * 60 + told.at.minute - offset) % DAY


def _together(case: Case, claim: TimeClaim, day: date) -> Iterator[Noticed]:
    """Several zones on one line are one instant, or a beginning and an end in the same zone."""
    zoned = [each for each in claim.times if each.zone]
    if len({each.zone for each in zoned}) < TWO:
        return
    first = zoned[0]
    one = {way: _utc(case, first, day, as_shown=way) for way in (False, True)}
    for other in zoned[1:]:
        two = {way: _utc(case, other, day, as_shown=way) for way in (False, True)}
        if other.zone == first.zone or None in (*one.values(), *two.values()):
            continue
        if any(one[way] == two[way] for way in (False, True)):
            continue
        right = _as(case, first, other, day)
        yield case.notice(
            claim.line,
            "time_zone_is_of_the_day",
            say(
                "on {day}, {one} {zone} is {right} {other}, and {printed} is printed",
                day=day,
                one=f"{first.at:%H:%M}",
                zone=first.zone,
                right=right,
                other=other.zone,
                printed=f"{other.at:%H:%M}",
            ),
            say("Correct one of the times: the clocks of the two places change on different days."),
            follows=f"{right} {other.zone}",
        )


def _as(case: Case, first: Told, other: Told, day: date) -> str:
    """The time of the first as clocks of the other show it."""
    known, wanted = _zone(case, first.zone), _zone(case, other.zone)
    assert known is not None  # noqa: S101 -- both were read already
    assert wanted is not None  # noqa: S101 -- the same
    minutes = first.at.hour * 60 + first.at.minute - _shown(known[0], day, first)
    moment = datetime.combine(day, first.at, UTC).replace(hour=0, minute=0)
    there = (moment + timedelta(minutes=minutes)).astimezone(ZoneInfo(wanted[0]))
    return f"{there:%H:%M}"


def _in_order(case: Case) -> Iterator[Noticed]:
    """A meeting is closed after it was opened."""
    opened = next((each for each in case.printed.times if each.what == "opened"), None)
    closed = next((each for each in reversed(case.printed.times) if each.what == "closed"), None)
    if opened is None or closed is None or opened.line == closed.line:
        return
    begin, end = opened.times[0], closed.times[0]
    if begin.zone != end.zone and begin.zone and end.zone:
        return
    minutes = (end.at.hour - begin.at.hour) * 60 + end.at.minute - begin.at.minute
    if minutes < 0 and -minutes < HALF_DAY:
        yield case.notice(
            closed.line,
            "closed_after_it_was_opened",
            say(
                "closed at {end}, opened at {begin} (line {line})",
                end=f"{end.at:%H:%M}",
                begin=f"{begin.at:%H:%M}",
                line=opened.line,
            ),
            say("Correct one of the times."),
        )
