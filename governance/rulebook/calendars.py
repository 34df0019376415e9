"""The organisation's calendars, ready to count with."""

from __future__ import annotations

from governance.calendar.data import load_calendars
from governance.calendar.days import Calendar
from governance.rulebook.schema import Rulebook, WorkCalendar


def calendars_of(rulebook: Rulebook) -> dict[str, Calendar]:
    """Every calendar of the law by its key."""
    return {each.key: calendar_of(each) for each in rulebook.organisation.calendars}


def calendar_of(calendar: WorkCalendar) -> Calendar:
    """One calendar; refused where its country is unknown or a day is both open and closed."""
    data = calendar.model_dump(mode="json", exclude={"key"})
    return load_calendars({calendar.key: data})[calendar.key]
