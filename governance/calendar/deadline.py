"""One count as somebody asks for it at a desk: `mandate deadline --from DATE --days N`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governance.calendar.counted import Counted, earlier_of, later_of
from governance.calendar.counting import count
from governance.calendar.days import Calendar, find_calendar, without_holidays
from governance.calendar.periods import Period, Unit
from governance.refusals import Reason, refuse

ANOTHER = re.compile(
    r"(?P<amount>\d{1,5}) *(?P<unit>hour|day|working[ _-]day|week|month|year)s?"
    r"(?: +(?P<way>before|after|from) +(?P<start>\S+))?"
    r"(?: +at +(?P<at>\S+))?(?: +in +(?P<calendar>\S+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Compared:
    """Several ends of which one holds: the earlier, or the later."""

    counted: Counted
    how: str = ""
    others: tuple[Counted, ...] = ()

    def lines(self) -> list[str]:
        """The whole working as plain text: the end that holds, then the others."""
        if not self.how:
            return self.counted.lines()
        name = "earlier" if self.how == "earlier_of" else "later"
        told = [f"The {name} of {1 + len(self.others)} ends holds:", *self.counted.lines()]
        for each in self.others:
            told += ["", "Compared with:", *each.lines()]
        return told

    def as_json(self) -> dict[str, object]:
        """The end that holds, and those that it was compared with."""
        if not self.how:
            return self.counted.as_json()
        others = [each.as_json() for each in self.others]
        return self.counted.as_json() | {"compared": self.how, "others": others}


def deadline(  # noqa: PLR0913 -- one argument per option of the command line, all named
    *,
    days: int = 0,
    hours: int = 0,
    weeks: int = 0,
    months: int = 0,
    years: int = 0,
    from_: date | datetime | None = None,
    before: date | datetime | None = None,
    calendar: str = "",
    working: bool = False,
    backward: bool = False,
    at: str = "",
    zone: str = "",
    roll: bool = True,
    known: Mapping[str, Calendar] | None = None,
) -> Counted:
    """Count a period from a day or an instant, or back from it (`before`, or `backward`).

    `calendar` is a key of `known`, the organisation's calendars, or a country code. `at` is the
    time of day at which the last day ends, in `zone`, or in the calendar's.
    """
    start = _start(from_, before)
    amounts = {"days": days, "hours": hours, "weeks": weeks, "months": months, "years": years}
    amount, unit = _one_unit(amounts, working=working)
    period = Period(
        amount=amount,
        unit=unit,
        backward=backward or before is not None,
        end=time_of_day(at),
        roll=roll,
    )
    found = _calendar(calendar, known, period)
    return count(period, start, replace(found, zone=_zone(zone)) if zone else found)


def compared(
    first: Counted,
    *,
    earlier: tuple[Counted, ...] = (),
    later: tuple[Counted, ...] = (),
) -> Compared:
    """The earlier of a count and others, or the later; both at once is refused."""
    if earlier and later:
        raise refuse(
            "the earlier and the later of several ends are both asked for",
            rule="one_comparison",
            cure="Give --earlier-of or --later-of.",
            reason=Reason.INPUT,
        )
    if not earlier and not later:
        return Compared(first)
    counts = (first, *earlier, *later)
    holds = earlier_of(*counts) if earlier else later_of(*counts)
    others = tuple(each for each in counts if each is not holds)
    return Compared(holds, "earlier_of" if earlier else "later_of", others)


def another(
    text: str, start: date | datetime | None, calendar: str, known: Mapping[str, Calendar]
) -> Counted:
    """An end in words: `3 working days before 2026-12-04 at 17:00 in lyon`.

    Without a day of its own it is counted from `start`, without a calendar in the same one.
    """
    found = ANOTHER.fullmatch(text.strip())
    if found is None:
        raise refuse(
            '"{text}" is no end that can be compared',
            rule="end_is_understood",
            cure="Write it as: 3 working days before 2026-12-04 at 17:00 in lyon.",
            where="--earlier-of or --later-of",
            reason=Reason.INPUT,
            text=text[:80],
        )
    unit = re.sub(r"[ -]", "_", found["unit"].lower())
    working = unit == "working_day"
    own = moment(found["start"]) if found["start"] else start
    back = (found["way"] or "").lower() == "before"
    amount = {"days" if working else f"{unit}s": int(found["amount"])}
    return deadline(
        **amount,  # type: ignore[arg-type]  # one whole number by the name of its unit
        from_=None if back else own,
        before=own if back else None,
        calendar=found["calendar"] or calendar,
        working=working,
        at=found["at"] or "",
        known=known,
    )


def moment(text: str, where: str = "") -> date | datetime:
    """A day or an instant with its zone, as it is typed; Refused for anything else."""
    try:
        if len(text) == len("2026-11-23"):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise refuse(
            '"{text}" is neither a day nor an instant',
            rule="date_is_understood",
            cure="Write 2026-11-23, or 2026-11-23T10:00+01:00 with its zone.",
            where=where,
            reason=Reason.INPUT,
            text=text[:40],
        )
    return instant


def time_of_day(text: str) -> time | None:
    """A time of day as it is typed, None for nothing: then a day ends at 24:00."""
    if not text or text == "24:00":
        return None
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None or len(text) != len("17:00"):
        raise refuse(
            '"{text}" is no time of day',
            rule="time_is_understood",
            cure="Write it as 17:00.",
            where="--at",
            reason=Reason.INPUT,
            text=text[:20],
        )
    return found


def _one_unit(amounts: Mapping[str, int], *, working: bool) -> tuple[int, Unit]:
    given = {name: amount for name, amount in amounts.items() if amount}
    if len(given) != 1:
        raise refuse(
            "a period has one length, and it was given {n}",
            rule="period_has_one_unit",
            cure="Give one of: {units}.",
            reason=Reason.INPUT,
            n=len(given) or "none",
            units=", ".join(f"--{name}" for name in amounts),
        )
    ((name, amount),) = given.items()
    if working and name != "days":
        raise refuse(
            "only days are counted as working days",
            rule="working_days_are_days",
            cure="Give --days with --working.",
            reason=Reason.INPUT,
        )
    return amount, Unit.WORKING_DAYS if working else Unit(name)


def _start(from_: date | datetime | None, before: date | datetime | None) -> date | datetime:
    if from_ is not None and before is None:
        return from_
    if before is not None and from_ is None:
        return before
    raise refuse(
        "a period has one event, and it was given none"
        if from_ is None
        else "a period has one event, and it was given two",
        rule="period_has_one_event",
        cure="Give --from DATE, or --before DATE to count back from it.",
        reason=Reason.INPUT,
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(
            'there is no zone "{name}"',
            rule="zone_is_known",
            cure="Give one of the tz database, such as Europe/Paris.",
            where="--zone",
            reason=Reason.INPUT,
            name=name[:40],
        ) from None
    return name


def _calendar(name: str, known: Mapping[str, Calendar] | None, period: Period) -> Calendar:
    """The one named; none is needed where no holiday can matter: hours, and days backward."""
    if not name and (period.unit is Unit.HOURS or (period.backward and period.unit is Unit.DAYS)):
        return without_holidays()
    return find_calendar(name, known)
