"""A length of time as the law writes it: five working days, three months before, 48 hours.

The words are those of Regulation (EEC, Euratom) No 1182/71 of 3 June 1971, OJ L 124, 8.6.1971,
p. 1 (https://eur-lex.europa.eu/eli/reg/1971/1182/oj), articles 2 and 3.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from governance.calendar.days import DAY
from governance.refusals import Reason, Sentence, refuse, say

LAW = "Regulation (EEC, Euratom) 1182/71"
# A century of days: longer ones are slips of the pen, and would be counted day by day.
LONGEST = 36_525


class Unit(StrEnum):
    """What a period is expressed in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# Whole patterns, because a catalogue cannot join a number to a noun in every language.
WORDS: Mapping[Unit, tuple[str, str]] = {
    Unit.HOURS: ("{amount} hour", "{amount} hours"),
    Unit.DAYS: ("{amount} day", "{amount} days"),
    Unit.WORKING_DAYS: ("{amount} working day", "{amount} working days"),
    Unit.WEEKS: ("{amount} week", "{amount} weeks"),
    Unit.MONTHS: ("{amount} month", "{amount} months"),
    Unit.YEARS: ("{amount} year", "{amount} years"),
}


@dataclass(frozen=True)
class Period:
    """An amount of a unit, forward from an event or backward from it.

    `end` is the time of day at which the last day ends, None for 24:00. `roll` false keeps the
    last day where it falls: an organisation's own rule may set articles 3(4) and 3(5) aside.
    `from_the_moment` counts hours from the instant itself; the Regulation leaves out the hour
    during which the event occurs.
    """

    amount: int
    unit: Unit = Unit.DAYS
    backward: bool = False
    end: time | None = None
    roll: bool = True
    from_the_moment: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            raise refuse(
                "a period of {amount} {unit} cannot be counted: it has 1 to {longest}",
                amount=self.amount,
                unit=self.unit.replace("_", " "),
                longest=LONGEST,
                rule="period_has_a_length",
                cure="Give a whole number from 1; to count back from a date, count backward.",
                reason=Reason.INPUT,
            )
        if self.end == time():
            raise refuse(
                "a last day cannot end at 00:00, when it begins",
                rule="last_day_has_a_length",
                cure="Leave the time of day out for 24:00, or give the day before.",
                reason=Reason.INPUT,
            )

    @property
    def words(self) -> Sentence:
        """The length in words: 14 days, 1 working day."""
        one, many = WORDS[self.unit]
        return say(one if self.amount == 1 else many, amount=self.amount)

    @property
    def has_two_days(self) -> bool:
        """True where article 3(5) speaks of it: two days or more, and not in hours."""
        return self.unit is not Unit.HOURS and (
            self.amount > 1 or self.unit not in {Unit.DAYS, Unit.WORKING_DAYS}
        )

    def shifted(self, day: date) -> date:
        """The day that the bare length leads to from the event's day, holidays not looked at.

        In weeks the same weekday, in months and years the same date, or the last day of a month
        that has no such date: article 3(2)(c).
        """
        amount = -self.amount if self.backward else self.amount
        match self.unit:
            case Unit.MONTHS:
                return add_months(day, amount)
            case Unit.YEARS:
                return add_months(day, 12 * amount)
            case Unit.WEEKS:
                return day + timedelta(weeks=amount)
            case Unit.DAYS:
                return day + amount * DAY
            case _:
                raise ValueError(f"{self.words} are not laid off in calendar days.")

    def as_json(self) -> dict[str, Any]:
        """The period as plain data."""
        return {
            "amount": self.amount,
            "unit": str(self.unit),
            "backward": self.backward,
            "end": self.end.isoformat("minutes") if self.end else "24:00",
            "roll": self.roll,
        }


def add_months(day: date, months: int) -> date:
    """The same date so many months on or back, or the last day of that month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
