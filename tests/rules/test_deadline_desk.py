"""Counts as they are asked for at a desk: every unit, a time of day, the earlier of two ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from governance.calendar.days import Calendar
from governance.calendar.deadline import another, compared, deadline, moment
from governance.refusals import Refused

LYON = {"lyon": Calendar("lyon", "Lyon", "Europe/Paris")}
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("given", "last_day"),
    [
        ({"days": 3}, date(2026, 11, 26)),
        ({"days": 3, "working": True}, date(2026, 11, 26)),
        ({"days": 5}, date(2026, 11, 30)),
        ({"days": 5, "roll": False}, date(2026, 11, 28)),
        ({"weeks": 2}, date(2026, 12, 7)),
        ({"months": 1}, date(2026, 12, 23)),
        ({"years": 1}, date(2027, 11, 23)),
    ],
)
def test_every_unit_is_counted_from_a_day(given: dict[str, int], last_day: date) -> None:
    """Days, working days, weeks, months, years; a Saturday moves unless it is told to stay."""
    counted = deadline(from_=MONDAY, calendar="lyon", known=LYON, **given)  # type: ignore[arg-type]
    assert counted.last_day == last_day


def test_a_day_ends_at_the_hour_and_in_the_zone_that_are_asked_for() -> None:
    """17:00 in Abidjan is 17:00 UTC, on the last day that Lyon's calendar gives."""
    counted = deadline(
        days=3, from_=MONDAY, calendar="lyon", at="17:00", zone="Africa/Abidjan", known=LYON
    )
    assert counted.due_at == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_hours_run_from_an_instant_and_leave_its_own_hour_out() -> None:
    """The Regulation does not count the hour during which the event occurs."""
    counted = deadline(hours=48, from_=moment("2026-11-23T10:20+01:00"))
    assert counted.due_at == datetime(2026, 11, 25, 10, tzinfo=UTC)
    with pytest.raises(Refused, match="hours are counted from an instant"):
        deadline(hours=48, from_=MONDAY)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("3 working days before 2026-12-04", date(2026, 12, 1)),
        ("3 working-days before 2026-12-04", date(2026, 12, 1)),
        ("1 day after 2026-11-24", date(2026, 11, 25)),
        ("2 weeks", date(2026, 12, 7)),
        ("1 month from 2026-11-24 at 12:00 in lyon", date(2026, 12, 24)),
    ],
)
def test_another_end_is_said_in_words(text: str, last_day: date) -> None:
    """With its own day, hour and calendar, or with those of the first."""
    assert another(text, MONDAY, "lyon", LYON).last_day == last_day


@pytest.mark.parametrize("text", ["", "soon", "3 moons", "-1 days", "3 days before yesterday"])
def test_an_end_that_says_nothing_is_refused(text: str) -> None:
    """The refusal says how an end is written."""
    with pytest.raises(Refused, match=r"Write"):
        another(text, MONDAY, "lyon", LYON)


def test_the_earlier_or_the_later_of_several_ends_holds() -> None:
    """Whichever comes first, or last; never both at once."""
    first = deadline(days=10, working=True, from_=MONDAY, calendar="lyon", known=LYON)
    other = another("3 working days before 2026-12-04", MONDAY, "lyon", LYON)
    assert compared(first, earlier=(other,)).counted is other
    assert compared(first, later=(other,)).counted is first
    assert compared(first).as_json() == first.as_json()
    assert "The earlier of 2 ends holds:" in compared(first, earlier=(other,)).lines()
    with pytest.raises(Refused, match="both asked for"):
        compared(first, earlier=(other,), later=(other,))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"days": 1, "weeks": 1},
        {"weeks": 1, "working": True},
        {"days": 1, "at": "25:00"},
        {"days": 1, "at": "5pm"},
        {"days": 1, "zone": "Mars/Base"},
    ],
)
def test_a_length_that_cannot_be_meant_is_refused(given: dict[str, object]) -> None:
    """No length, two lengths, working weeks, hours and zones that are none."""
    with pytest.raises(Refused):
        deadline(from_=MONDAY, calendar="lyon", known=LYON, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-13-01", "yesterday", "2026-11-23T10:00", "23/11/2026"])
def test_a_day_or_instant_is_typed_in_one_way(text: str) -> None:
    """An instant has its zone, and a day is written year first."""
    with pytest.raises(Refused, match="neither a day nor an instant"):
        moment(text)
