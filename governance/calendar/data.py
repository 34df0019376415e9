"""Calendars and periods as plain data: what a rulebook's YAML holds, checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from governance.calendar import countries
from governance.calendar.days import EARLIEST, LATEST, WEEKDAYS, Calendar, ListedDay
from governance.calendar.periods import LONGEST, Period, Unit
from governance.refusals import Finding, Reason, Refused, Verdict, say

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS: Mapping[str, int] = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
Amount = Annotated[int, Field(ge=1, le=LONGEST, strict=True)]


def _is_zone(zone: str) -> str:
    if not countries.is_zone(zone):
        raise ValueError(f'"{zone}" is no time zone; give an IANA name such as Europe/Paris')
    return zone


def _is_country(code: str) -> str:
    if code and countries.find(code) is None:
        near = " or ".join(countries.near_names(code)) or "an ISO code such as FRA"
        raise ValueError(f'"{code}" is no country whose holidays are known; did you mean {near}?')
    return code


def _time_of_day(value: object) -> object:
    """Take "24:00" for no time of day; a number is what YAML 1.1 makes of 17:30."""
    if value == "24:00":
        return None
    if value is None or isinstance(value, str | time):
        return value
    raise ValueError('write the time of day in quotes: "17:30"')


class Strict(BaseModel):
    """Data in which an unknown word is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListedDayData(Strict):
    """One day, or a span up to `until`, of an organisation's own list."""

    day: Annotated[date, Field(ge=EARLIEST, le=LATEST)]
    until: Annotated[date, Field(ge=EARLIEST, le=LATEST)] | None = None
    reason: Annotated[str, Field(min_length=1, description="What people call the day.")]
    source: Annotated[str, Field(description="Where it is decided.")] = ""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> ListedDayData:
        if self.until is not None and not 0 <= (self.until - self.day).days <= 366:  # noqa: PLR2004 -- a year
            raise ValueError(f"a closure from {self.day} cannot last until {self.until}")
        return self

    def days(self) -> tuple[ListedDay, ...]:
        """Each day of the span."""
        span = range(self.day.toordinal(), (self.until or self.day).toordinal() + 1)
        return tuple(ListedDay(date.fromordinal(n), self.reason, self.source) for n in span)


class CalendarData(Strict):
    """A duty station's calendar. The organisation's own list stands above the country's days."""

    title: str | dict[str, str]
    zone: Annotated[str, AfterValidator(_is_zone)]
    country: Annotated[str, AfterValidator(_is_country)] = ""
    weekend: frozenset[Weekday] | None = None
    closed: tuple[ListedDayData, ...] = ()
    opened: tuple[ListedDayData, ...] = ()

    @model_validator(mode="after")
    def _leaves_a_day_to_work(self) -> CalendarData:
        if self.weekend is not None and len(self.weekend) == len(NUMBERS):
            raise ValueError("a weekend of seven days leaves no day to work")
        both = {each.day for each in _listed(self.closed)} & {
            each.day for each in _listed(self.opened)
        }
        if both:
            raise ValueError(f"{min(both)} is listed both as closed and as opened")
        return self

    def calendar(self, key: str) -> Calendar:
        """The calendar under the key that the rulebook gives it."""
        country = countries.find(self.country) if self.country else None
        title = self.title if isinstance(self.title, str) else _title(self.title, key)
        return Calendar(
            key=key,
            title=title,
            zone=self.zone,
            country=country.code if country else "",
            subdivision=country.subdivision if country else "",
            weekend=self._weekend(country),
            closed=_listed(self.closed),
            opened=_listed(self.opened),
        )

    def _weekend(self, country: countries.Country | None) -> frozenset[int]:
        if self.weekend is not None:
            return frozenset(NUMBERS[day] for day in self.weekend)
        return country.weekend if country else frozenset({5, 6})


class PeriodData(Strict):
    """A period in a rulebook: `{working_days: 5}`, `{days: 42, forward: roll_to_working_day}`."""

    hours: Amount | None = None
    days: Amount | None = None
    working_days: Amount | None = None
    weeks: Amount | None = None
    months: Amount | None = None
    years: Amount | None = None
    forward: Literal["roll_to_working_day", "stay"] | None = None
    backward: bool = False
    end: Annotated[time | None, BeforeValidator(_time_of_day)] = None
    from_the_moment: bool = False

    @model_validator(mode="after")
    def _has_one_length(self) -> PeriodData:
        given = [str(unit) for unit in Unit if getattr(self, unit) is not None]
        if len(given) != 1:
            units = ", ".join(Unit)
            raise ValueError(f"a period has one of {units}; here: {', '.join(given) or 'none'}")
        if self.backward and self.forward:
            raise ValueError("a period counts forward or backward, not both")
        if self.end == time():
            raise ValueError("a last day cannot end at 00:00; leave the time out for 24:00")
        return self

    def period(self) -> Period:
        """The period, ready to be counted."""
        unit = next(unit for unit in Unit if getattr(self, unit) is not None)
        return Period(
            amount=getattr(self, unit),
            unit=unit,
            backward=self.backward,
            end=self.end,
            roll=self.forward != "stay",
            from_the_moment=self.from_the_moment,
        )


def load_calendars(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Calendar]:
    """Every calendar of an organisation, or a refusal with every fault and its place."""
    calendars: dict[str, Calendar] = {}
    faults: list[Finding] = []
    for key, entry in data.items():
        try:
            calendars[key] = CalendarData.model_validate(entry).calendar(key)
        except ValidationError as error:
            faults += [_fault(key, each) for each in error.errors()]
    if faults:
        raise Refused(faults, Reason.INPUT)
    return calendars


def _fault(key: str, error: Mapping[str, Any]) -> Finding:
    place = ".".join(str(part) for part in (key, *error["loc"]))
    return Finding(
        "calendar_is_well_formed",
        "",
        Verdict.FAIL,
        say("{fault}", fault=str(error["msg"]).removeprefix("Value error, ")),
        say("Correct this calendar in the rulebook."),
        f"calendar {place}",
    )


def _listed(entries: tuple[ListedDayData, ...]) -> tuple[ListedDay, ...]:
    return tuple(day for entry in entries for day in entry.days())


def _title(titles: Mapping[str, str], key: str) -> str:
    return titles.get("en") or next(iter(titles.values()), key)
