"""Counting against an independent reference: one day after the other, with hand-made holidays."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from governance.calendar.counting import count
from governance.calendar.days import Calendar, ListedDay, find_calendar, without_holidays
from governance.calendar.deadline import deadline
from governance.calendar.left import time_left, working_days_between
from governance.calendar.periods import Period, Unit
from governance.refusals import Refused

ONE = timedelta(days=1)
SPRING = [date(2025, 3, 1) + n * ONE for n in range(120)]
ZONES = (
    "Europe/Paris",
    "Africa/Abidjan",
    "America/Santiago",
    "America/Havana",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
)
WEEKENDS = (frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset())

days = st.sampled_from(SPRING)
START, END = (datetime.combine(date(year, 1, 1), time()) for year in (2024, 2026))
lengths = st.integers(1, 40)
zones = st.sampled_from(ZONES)


@st.composite
def stations(draw: st.DrawFn) -> Calendar:
    """A duty station somewhere, with closures of its own in this spring."""
    free = sorted(draw(st.frozensets(days, max_size=25)))
    closed = tuple(ListedDay(day, "Closed") for day in free)
    weekend = draw(st.sampled_from(WEEKENDS))
    return Calendar("station", "A station", draw(zones), weekend=weekend, closed=closed)


def bare(zone: str) -> Calendar:
    """A station that never closes."""
    return Calendar("bare", "Never closed", zone, weekend=frozenset())


def naive(n: int, event: date, calendar: Calendar) -> date:
    """Calendar days forward, as a clerk counts on fingers."""
    free, weekend = {each.day for each in calendar.closed}, calendar.weekend
    day, left, worked = event, n, 0
    while left:
        day, left = day + ONE, left - 1
        worked += day not in free and day.weekday() not in weekend
        if not left and (day in free or day.weekday() in weekend or (n > 1 and worked < 2)):
            left = 1
    return day


def naive_working(n: int, event: date, step: timedelta, calendar: Calendar) -> date:
    """Working days in either direction."""
    free = {each.day for each in calendar.closed}
    day = event
    while n:
        day += step
        n -= not (day in free or day.weekday() in calendar.weekend)
    return day


@given(lengths, days, stations())
@example(2, date(2025, 3, 7), without_holidays())
def test_calendar_days_agree_with_a_clerk(n: int, event: date, calendar: Calendar) -> None:
    """Days forward: rolling and the two working days, counted on fingers."""
    counted = count(Period(n), event, calendar)

    assert counted.last_day == naive(n, event, calendar)


@given(lengths, days, stations(), st.booleans())
def test_working_days_agree_with_a_clerk(
    n: int, event: date, calendar: Calendar, backward: bool
) -> None:
    """Working days, forward and back."""
    counted = count(Period(n, Unit.WORKING_DAYS, backward=backward), event, calendar)

    assert counted.last_day == naive_working(n, event, -ONE if backward else ONE, calendar)
    assert [step.numbers for step in counted.working if step.counted][-1][1] == n  # type: ignore[index]


@given(lengths, st.sampled_from([u for u in Unit if u is not Unit.HOURS]), days, stations())
def test_a_period_forward_ends_on_a_worked_day(
    n: int, unit: Unit, event: date, calendar: Calendar
) -> None:
    """And where it has two days or more, two of its days are worked."""
    counted = count(Period(n, unit), event, calendar)

    assert calendar.is_working(counted.last_day)
    if counted.period.has_two_days:
        assert calendar.working_days(counted.first_day, counted.last_day) >= 2


@given(lengths, days, stations())
def test_a_period_backward_is_never_shifted(n: int, event: date, calendar: Calendar) -> None:
    """Holidays change nothing: it is the bare subtraction."""
    counted = count(Period(n, backward=True), event, calendar)

    assert counted.last_day == event - n * ONE
    assert counted.first_day == event - ONE


@given(lengths, st.sampled_from(list(Unit)), days, stations(), st.booleans())
def test_a_longer_period_never_ends_earlier(
    n: int,
    unit: Unit,
    event: date,
    calendar: Calendar,
    backward: bool,
) -> None:
    """Monotone in its length, in either direction."""
    start = datetime.combine(event, time(9, 30), UTC)
    shorter = count(Period(n, unit, backward=backward), start, calendar)
    longer = count(Period(n + 1, unit, backward=backward), start, calendar)

    first, second = (longer, shorter) if backward else (shorter, longer)
    assert first.due_at <= second.due_at
    assert first.last_day <= second.last_day


@given(lengths, days, stations())
def test_a_later_event_never_ends_earlier(n: int, event: date, calendar: Calendar) -> None:
    """Nobody gains by an event that comes sooner."""
    assert (
        count(Period(n), event, calendar).due_at <= count(Period(n), event + ONE, calendar).due_at
    )


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), lengths, zones)
@example(date(2011, 12, 28), 1, "Pacific/Apia")
def test_the_last_instant_lies_on_the_last_day(event: date, n: int, zone: str) -> None:
    """`due_at` is exclusive: just before it is still the last day, in summer time or out of it."""
    counted = count(Period(n, roll=False), event, bare(zone))
    local = (counted.due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone))

    if local.date() != counted.last_day:  # Samoa left 30 December 2011 out
        assert (zone, counted.last_day) == ("Pacific/Apia", date(2011, 12, 30))
    assert counted.due_at.astimezone(ZoneInfo(zone)).date() > counted.last_day


@given(st.datetimes(START, END, timezones=st.just(UTC)), lengths, zones)
def test_hours_are_hours_that_elapse(moment: datetime, n: int, zone: str) -> None:
    """From the moment exactly n; by the Regulation up to one more, and never less."""
    calendar = bare(zone)
    exact = count(Period(n, Unit.HOURS, from_the_moment=True), moment, calendar)
    lawful = count(Period(n, Unit.HOURS), moment, calendar)

    assert exact.due_at - moment == timedelta(hours=n)
    assert timedelta(0) < lawful.due_at - exact.due_at <= timedelta(hours=1)


@given(days, lengths, stations(), st.integers(0, 86_399))
def test_working_days_left_are_those_of_the_count(
    event: date, n: int, calendar: Calendar, second: int
) -> None:
    """On the day of the event as many working days are left as the period has."""
    due = count(Period(n, Unit.WORKING_DAYS), event, calendar).due_at
    now = datetime.combine(event, time(12), calendar.timezone)

    assert working_days_between(now, due, calendar) == n
    assert time_left(now, due, calendar).number == n
    assert time_left(due - timedelta(seconds=second), due, calendar).number >= 0


@given(st.text(max_size=12), st.integers(-5, 50), st.dates())
def test_any_name_and_any_date_give_a_count_or_a_refusal(name: str, n: int, day: date) -> None:
    """Nothing that is typed makes it crash."""
    for calendar in (name, "FR"):
        with suppress(Refused):
            assert deadline(days=n, from_=day, calendar=calendar).last_day > day


@given(st.sampled_from(["FR", "CI", "AR", "ZW", "KE", "SV", "CM", "SG", "SA"]), days, lengths)
def test_real_countries_keep_the_laws_too(code: str, event: date, n: int) -> None:
    """The duty stations' own countries, with the holidays that they really have."""
    calendar = find_calendar(code)
    counted = count(Period(n), event, calendar)

    assert calendar.is_working(counted.last_day)
    assert n < 2 or calendar.working_days(counted.first_day, counted.last_day) >= 2
