"""From periods as the law writes them to those that calendars count; when a deadline ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from governance.calendar.counted import Counted, earlier_of, later_of
from governance.calendar.counting import count
from governance.calendar.days import Calendar, find_calendar
from governance.calendar.periods import Period as Counting
from governance.calendar.periods import Unit
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Deadline, End, Period, Window

Anchors = Mapping[str, date | datetime]


@dataclass(frozen=True)
class Reckoned:
    """When a deadline ends, and the ends that it was compared with."""

    counted: Counted
    how: str = ""
    others: tuple[Counted, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The end that holds, with its working and that of the others."""
        if not self.how:
            return self.counted.as_json()
        others = [each.as_json() for each in self.others]
        return self.counted.as_json() | {"compared": self.how, "others": others}


def counting(period: Period) -> Counting:
    """The period for `governance.calendar.count`; hours run from the moment itself."""
    roll = period.roll if isinstance(period, Window) else True
    end, backward = None, False
    if isinstance(period, End):
        end = time.fromisoformat(period.at) if period.at else None
        backward = period.backward
    return Counting(
        period.count,
        Unit(period.unit),
        backward=backward,
        end=end,
        roll=roll,
        from_the_moment=True,
    )


def reckon(
    within: Deadline, anchors: Anchors, calendar: Calendar, known: Mapping[str, Calendar]
) -> Reckoned:
    """When a deadline ends, from its anchors. Refused where a date that it counts from is missing.

    `calendar` holds where an end names none of its own among the `known`.
    """
    counts = [_end(each, anchors, calendar, known) for each in within.ends]
    if len(counts) == 1:
        return Reckoned(counts[0])
    first = earlier_of(*counts) if within.earlier_of else later_of(*counts)
    how = "earlier_of" if within.earlier_of else "later_of"
    return Reckoned(first, how, tuple(each for each in counts if each is not first))


def in_zone(calendar: Calendar, end: End, known: Mapping[str, Calendar]) -> Calendar:
    """The calendar in which an end is counted: its own days, in its own zone."""
    own = find_calendar(end.calendar, known) if end.calendar else calendar
    return replace(own, zone=end.zone) if end.zone else own


def _end(end: End, anchors: Anchors, calendar: Calendar, known: Mapping[str, Calendar]) -> Counted:
    start = anchors.get(end.anchor)
    if start is None:
        raise refuse(
            'the date "{anchor}", from which the time is counted, is not known',
            rule="anchor_is_known",
            cure="Give the date with the question, or count from its delivery.",
            reason=Reason.INPUT,
            anchor=end.anchor,
        )
    period = counting(end)
    if period.unit is Unit.HOURS and not isinstance(start, datetime):
        start = datetime.combine(start, time(), in_zone(calendar, end, known).timezone)
    return count(period, start, in_zone(calendar, end, known))
