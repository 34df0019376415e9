"""The calendar of a body: the organisation's own of that name, or every day in the body's zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pendulum
from pendulum import DateTime

from governance.calendar.counting import end_of
from governance.calendar.days import Calendar, calendar_in
from governance.committees.local import local_day
from governance.committees.models import Committee
from governance.house import House


def calendar_of(house: House, committee: Committee) -> Calendar:
    """In which calendar the periods of a body are counted."""
    return replace(calendar_in(calendar_key(committee), house.calendars), zone=committee.zone)


def calendar_key(committee: Committee) -> str:
    """The calendar of a body as a row names it: the organisation's, a country's, or its zone."""
    return committee.calendar or committee.zone


def end_of_day(house: House, committee: Committee, day: date) -> DateTime:
    """The instant, exclusive, at which a day ends where the body is."""
    return pendulum.instance(end_of(day, calendar_of(house, committee)))


def day_of(committee: Committee, at: DateTime) -> date:
    """The date that the clocks of the body show."""
    return local_day(at, committee.zone)
