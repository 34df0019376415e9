"""How much time is left, in the unit that people plan by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from governance.calendar.days import DAY, Calendar
from governance.refusals import Sentence, say

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


class LeftUnit(StrEnum):
    """What the time left is given in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    OVER = "over"


WORDS: Mapping[LeftUnit, tuple[str, str]] = {
    LeftUnit.WORKING_DAYS: ("{number} working day left", "{number} working days left"),
    LeftUnit.DAYS: ("{number} day left", "{number} days left"),
    LeftUnit.HOURS: ("{number} hour left", "{number} hours left"),
    LeftUnit.MINUTES: ("{number} minute left", "{number} minutes left"),
    LeftUnit.OVER: ("the time is over", "the time is over"),
}


@dataclass(frozen=True)
class Left:
    """A number and its unit; `str()` is the English sentence."""

    number: int
    unit: LeftUnit

    @property
    def sentence(self) -> Sentence:
        """The time left in words, for translation by its pattern."""
        one, many = WORDS[self.unit]
        return say(one if self.number == 1 else many, number=self.number)

    def __str__(self) -> str:
        return str(self.sentence)


def working_days_between(now: datetime, due: datetime, calendar: Calendar) -> int:
    """Worked days after today, up to and with the last day before `due`, in the calendar's zone."""
    today, last = _local(now, calendar), _local(due - INSTANT, calendar)
    return calendar.working_days(today.date() + DAY, last.date())


def time_left(now: datetime, due: datetime, calendar: Calendar) -> Left:
    """Working days while there are any, then days of a weekend, then hours and minutes."""
    if now >= due:
        return Left(0, LeftUnit.OVER)
    if worked := working_days_between(now, due, calendar):
        return Left(worked, LeftUnit.WORKING_DAYS)
    today, last = _local(now, calendar).date(), _local(due - INSTANT, calendar).date()
    if days := (last - today).days:
        return Left(days, LeftUnit.DAYS)
    if hours := (due - now) // HOUR:
        return Left(hours, LeftUnit.HOURS)
    return Left(-((now - due) // MINUTE), LeftUnit.MINUTES)


def _local(moment: datetime, calendar: Calendar) -> datetime:
    return moment.astimezone(calendar.timezone)
