"""Which days are worked at a duty station, and why the others are not.

An organisation's holidays are not the country's: its own dated list stands above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from governance.calendar import countries
from governance.refusals import Reason, refuse

DAY = timedelta(days=1)
# National holidays are known to the library until 2100; further on, a count would be a guess.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY_AND_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True)
class ListedDay:
    """One day of an organisation's own list, with its reason and the circular that says so."""

    day: date
    reason: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.reason} ({self.source})" if self.source else self.reason


@dataclass(frozen=True)
class Calendar:
    """The working days of one duty station.

    `closed` are days off that the country does not have, `opened` are days that are worked
    although the country, or the weekend, would have them off. Weekdays count from Monday, 0.
    """

    key: str
    title: str
    zone: str
    country: str = ""
    subdivision: str = ""
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    closed: tuple[ListedDay, ...] = ()
    opened: tuple[ListedDay, ...] = ()

    @cached_property
    def timezone(self) -> ZoneInfo:
        """The zone in which its days begin and end."""
        return ZoneInfo(self.zone)

    def is_working(self, day: date) -> bool:
        """True where the day is worked."""
        return not self.why_not_working(day)

    def why_not_working(self, day: date) -> str:
        """The holiday, the closure or the weekday that keeps the day free; empty if worked."""
        if day in self._opened:
            return ""
        weekday = day.weekday()
        free = self._holidays(day.year).get(day)
        return free or (WEEKDAYS[weekday] if weekday in self.weekend else "")

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, or the first worked day after it."""
        return next(each for each in days_from(day) if self.is_working(each))

    def working_days(self, first: date, last: date, enough: int | None = None) -> int:
        """How many days are worked from `first` to `last`, both included; `enough` ends a count."""
        days = (first + each * DAY for each in range((last - first).days + 1))
        return sum(1 for _ in islice(filter(self.is_working, days), enough))

    @cached_property
    def _opened(self) -> frozenset[date]:
        return frozenset(each.day for each in self.opened)

    @cached_property
    def _years(self) -> dict[int, Mapping[date, str]]:
        return {}

    def _holidays(self, year: int) -> Mapping[date, str]:
        known = self._years.get(year)
        if known is None:
            national = countries.holidays_of(self.country, self.subdivision, year)
            own = {each.day: str(each) for each in self.closed if each.day.year == year}
            known = self._years[year] = MappingProxyType({**national, **own})
        return known


def days_from(day: date, *, backward: bool = False) -> Iterator[date]:
    """Day after day from `day`, or day before day; refuses to go where no holiday is known."""
    step = -DAY if backward else DAY
    while True:
        yield within_reach(day)
        day += step


def within_reach(day: date) -> date:
    """The same day, or a refusal where it lies beyond what holidays are known for."""
    if EARLIEST <= day <= LATEST:
        return day
    raise refuse(
        "{day} is outside the years {first} to {last}, for which holidays are known",
        day=day,
        first=EARLIEST.year,
        last=LATEST.year,
        rule="period_within_known_years",
        cure="Give a nearer date or a shorter period.",
        reason=Reason.INPUT,
    )


def find_calendar(name: str, known: Mapping[str, Calendar] | None = None) -> Calendar:
    """The organisation's calendar of this key, or else the country of this code."""
    if known and name in known:
        return known[name]
    if (country := countries.find(name)) is not None:
        return of_country(country)
    near = countries.near_names(name, tuple(known or ()))
    raise refuse(
        'there is no calendar and no country code "{name}"',
        name=name,
        rule="calendar_is_known",
        cure="Did you mean {near}?" if near else "Give a calendar's key or a country code: FR.",
        near=" or ".join(near),
        reason=Reason.INPUT,
    )


def calendar_in(name: str, known: Mapping[str, Calendar]) -> Calendar:
    """The calendar that a row names: the organisation's, a country's, or a zone's bare days."""
    if name in known:
        return known[name]
    if not name or "/" in name or name == "UTC":
        return without_holidays(name or "UTC")
    return find_calendar(name, known)


def of_country(country: countries.Country) -> Calendar:
    """The public holidays and the weekend of a country, in the zone of its capital."""
    return Calendar(
        key=country.key,
        title=country.title,
        zone=country.zone,
        country=country.code,
        subdivision=country.subdivision,
        weekend=country.weekend,
    )


def without_holidays(zone: str = "UTC") -> Calendar:
    """Saturdays and Sundays only: for counts in which no holiday can matter."""
    return Calendar(key="", title="no holidays", zone=zone)
