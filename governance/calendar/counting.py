"""Count a period in a calendar, and show every step: Regulation (EEC, Euratom) 1182/71, art. 3.

The day of the event is not counted (3(1)); a last day that is not worked rolls to the next
worked day, but never in a period counted backward (3(4)); two days or more hold at least two
working days (3(5)). Days are dates in the calendar's zone; hours are hours that elapse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from governance.calendar.counted import Counted, Step
from governance.calendar.days import DAY, Calendar, days_from, within_reach
from governance.calendar.periods import LAW, Period, Unit
from governance.refusals import Reason, refuse, say

ART_2 = f"{LAW}, art. 2(2)"
ART_3_1 = f"{LAW}, art. 3(1)"
ART_3_2_A = f"{LAW}, art. 3(2)(a)"
ART_3_2_C = f"{LAW}, art. 3(2)(c)"
ART_3_3 = f"{LAW}, art. 3(3)"
ART_3_4 = f"{LAW}, art. 3(4)"
ART_3_5 = f"{LAW}, art. 3(5)"
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def count(period: Period, start: date | datetime, calendar: Calendar) -> Counted:
    """When a period ends that runs from an event, or back from it, with the working.

    `start` is the event's day, or an aware instant whose day is taken in the calendar's zone.
    """
    if period.unit is Unit.HOURS:
        return _count_hours(period, _instant(start), calendar)
    event = within_reach(_day(start, calendar))
    if period.unit is Unit.WORKING_DAYS:
        last, steps = _working_days(period, event, calendar)
    else:
        last, steps = _calendar_days(period, event, calendar)
    return Counted(
        period=period,
        start=start,
        calendar=calendar.key,
        calendar_title=calendar.title,
        zone=calendar.zone,
        first_day=event - DAY if period.backward else event + DAY,
        last_day=last,
        due_at=end_of(last, calendar, period.end),
        working=(_event_step(event), *steps),
    )


def end_of(day: date, calendar: Calendar, at: time | None = None) -> datetime:
    """The instant, in UTC and exclusive, at which a day ends in the calendar's zone.

    Where summer time makes a time of day occur twice or not at all, the later reading holds.
    24:00 is the moment at which the next day begins, so its first reading is the end.
    """
    if at is None:
        midnight = datetime.combine(day + DAY, time(), calendar.timezone)
        return midnight.astimezone(UTC)
    readings = (datetime.combine(day, at.replace(fold=fold), calendar.timezone) for fold in (0, 1))
    return max(reading.astimezone(UTC) for reading in readings)


def _event_step(event: date) -> Step:
    because = say("the day of the event is not counted")
    return Step(event, event, because, ART_3_1)


def _working_days(period: Period, event: date, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    """Count worked days one by one, away from the event."""
    days, number = [], 0
    for day in days_from(event + (-DAY if period.backward else DAY), backward=period.backward):
        why = calendar.why_not_working(day)
        number += not why
        days.append((day, why, number))
        if number == period.amount:
            break
    return days[-1][0], tuple(_spans(days))


def _spans(days: Iterable[tuple[date, str, int]]) -> Iterator[Step]:
    """Runs of counted and of free days, each as one step."""
    for free, run in groupby(days, key=lambda day: bool(day[1])):
        span = list(run)
        first, last = span[0], span[-1]
        if free:
            reasons = ", ".join(dict.fromkeys(why for _, why, _ in span))
            because = say("not worked, not counted: {reasons}", reasons=reasons)
            yield Step(first[0], last[0], because, ART_2)
        else:
            because = say("worked, counted")
            yield Step(first[0], last[0], because, ART_3_3, (first[2], last[2]))


def _calendar_days(
    period: Period, event: date, calendar: Calendar
) -> tuple[date, tuple[Step, ...]]:
    """Lay the length off, then move an end that the Regulation does not leave where it is."""
    try:
        nominal = within_reach(period.shifted(event))
    except (OverflowError, ValueError):
        within_reach(date.min if period.backward else date.max)
        raise
    step = -DAY if period.backward else DAY
    length = _length(period, event + step, nominal)
    if period.backward or not period.roll:
        return nominal, (length, *_stays(period, nominal, calendar))
    rolled, why_rolled = _roll(nominal, calendar)
    last, why_longer = _hold_two(period, event + DAY, rolled, calendar)
    return last, (length, *why_rolled, *why_longer)


def _length(period: Period, first: date, nominal: date) -> Step:
    numbers = (1, abs((nominal - first).days) + 1)
    if period.unit is Unit.DAYS:
        because = say("all days count, worked or not")
        return Step(first, nominal, because, ART_3_3, numbers)
    if period.unit is Unit.WEEKS:
        because = say("{period} end on the same day of the week", period=period.words)
    else:
        because = say(
            "{period} end on the same date, or on the last day of a month without it",
            period=period.words,
        )
    return Step(first, nominal, because, ART_3_2_C, numbers)


def _stays(period: Period, nominal: date, calendar: Calendar) -> Iterator[Step]:
    why = calendar.why_not_working(nominal)
    if not why:
        return
    if period.backward:
        because = say("{why}; a period counted backward is not shifted", why=why)
        yield Step(nominal, nominal, because, ART_3_4)
    else:
        because = say("{why}; this period ends where it falls all the same", why=why)
        yield Step(nominal, nominal, because, "")


def _roll(nominal: date, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    """A last day that is not worked gives way to the next one that is."""
    last = calendar.next_working(nominal)
    if last == nominal:
        return last, ()
    free = Step(
        nominal,
        last - DAY,
        say("the last day cannot be: {reasons}", reasons=_reasons(nominal, last, calendar)),
        ART_3_4,
    )
    end = Step(last, last, say("the next worked day, on which the period ends"), ART_3_4)
    return last, (free, end)


def _hold_two(
    period: Period, first: date, last: date, calendar: Calendar
) -> tuple[date, tuple[Step, ...]]:
    """A period of two days or more that holds fewer than two worked days goes on."""
    held = calendar.working_days(first, last, enough=2) if period.has_two_days else 2
    if held >= 2:  # noqa: PLR2004 -- the number of article 3(5)
        return last, ()
    # After a roll the last day is worked, so exactly one is missing.
    longer = calendar.next_working(last + DAY)
    because = say(
        "the period would hold {held} working day; two days or more hold at least two", held=held
    )
    end = say("the second working day, on which the period ends")
    return longer, (Step(last, last, because, ART_3_5), Step(longer, longer, end, ART_3_5))


def _reasons(first: date, until: date, calendar: Calendar) -> str:
    days = (first + each * DAY for each in range((until - first).days))
    return ", ".join(dict.fromkeys(calendar.why_not_working(day) for day in days))


def _count_hours(period: Period, moment: datetime, calendar: Calendar) -> Counted:
    """Hours elapse: no day is free of them, and nothing is shifted."""
    local = moment.astimezone(calendar.timezone)
    within_reach(local.date())
    begin = moment
    if not period.from_the_moment:
        part = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        begin = moment - part + (timedelta(0) if period.backward else HOUR)
    due = begin + (-HOUR if period.backward else HOUR) * period.amount
    first, last = _date(begin, calendar), _date(due - INSTANT, calendar)
    within_reach(last)
    return Counted(
        period=period,
        start=moment,
        calendar=calendar.key,
        calendar_title=calendar.title,
        zone=calendar.zone,
        first_day=first,
        last_day=last,
        due_at=due,
        working=tuple(_hour_steps(period, local.date(), first, last)),
    )


def _hour_steps(period: Period, event: date, first: date, last: date) -> Iterator[Step]:
    if not period.from_the_moment:
        because = say("the hour during which the event occurs is not counted")
        yield Step(event, event, because, ART_3_1)
    because = say("every hour counts, by day and night, and the end is not shifted")
    yield Step(first, last, because, ART_3_2_A, (1, period.amount))


def _date(moment: datetime, calendar: Calendar) -> date:
    return moment.astimezone(calendar.timezone).date()


def _day(start: date | datetime, calendar: Calendar) -> date:
    if not isinstance(start, datetime):
        return start
    return _date(_aware(start), calendar)


def _instant(start: date | datetime) -> datetime:
    if isinstance(start, datetime):
        # Field by field: an instant of another library would lose its zone when hours are added.
        utc = _aware(start).astimezone(UTC)
        day, time_of_day = (utc.year, utc.month, utc.day), (utc.hour, utc.minute, utc.second)
        return datetime(*day, *time_of_day, utc.microsecond, tzinfo=UTC)
    raise refuse(
        "hours are counted from an instant, and {day} is a day",
        day=start,
        rule="hours_run_from_an_instant",
        article=ART_3_1,
        cure="Give the time of the event with its zone, or count in days.",
        reason=Reason.INPUT,
    )


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no zone: an instant is aware.")
    return moment
