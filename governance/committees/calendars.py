"""The calendar of a body: the organisation's own of that name, or every day in the body's zone."""

from __future__ import annotations

from datetime import date

import pendulum
from pendulum import DateTime

from governance.calendar.counting import end_of
from governance.calendar.days import Calendar, without_holidays
from governance.committees.models import Committee
from governance.house import House


def calendar_of(house: House, committee: Committee) -> Calendar:
    """In which calendar the periods of a body are counted."""
    return house.calendars.get(committee.calendar) or without_holidays(committee.zone)


def end_of_day(house: House, committee: Committee, day: date) -> DateTime:
    """The instant, exclusive, at which a day ends where the body is."""
    return pendulum.instance(end_of(day, calendar_of(house, committee)))


def day_of(committee: Committee, at: DateTime) -> date:
    """The date that the clocks of the body show."""
    return at.in_timezone(committee.zone).date()
