"""When reviews fall due: the days that a body's rules name, kept as deadlines of the clock.

A deadline belongs to whose composition it is: a committee, or else the body itself. What the clock
opens stands in the deadline's working, so that the sweep needs to know nothing of committees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlmodel import Session

from governance.record import deadlines
from governance.representation.terms import minus, plus
from governance.rulebook.bodies.body import Body, ReviewDue

KIND = "reviews"
FAR = 10  # years: a day that lies further ahead is no plan


@dataclass(frozen=True)
class Planned:
    """Whose composition is reviewed, and what the clock must know to plan it.

    `key` is the owner of the deadlines (a committee's identifier, or the body's key); `owner` is
    what the review says of it; `at` turns a day into the instant at which it begins there.
    """

    key: str
    owner: str
    law: Body
    at: Callable[[date], DateTime]


def utc(day: date) -> DateTime:
    """The beginning of a day, for a body without a zone."""
    return pendulum.datetime(day.year, day.month, day.day)


def of_body(law: Body) -> Planned:
    """The plan of a body that is no committee of this installation."""
    return Planned(law.body[:32], "", law, utc)


def next_of(line: ReviewDue, today: date, election: date | None) -> date | None:
    """The next day that a line names, today left out; None where the calendar has none."""
    if line.every_year is not None:
        return next(
            day
            for year in range(today.year, today.year + 9)
            if (day := _in_year(line.every_year, year)) > today
        )
    if line.before_election is not None and election is not None and election > today:
        return max(minus(election, line.before_election), today + timedelta(days=1))
    return None


def _in_year(day: str, year: int) -> date:
    month, number = (int(each) for each in day.split("-"))
    try:
        return date(year, month, number)
    except ValueError:  # 29 February, where there is none
        return date(year, month, number - 1)


def plan(session: Session, planned: Planned, today: date, election: date | None) -> None:
    """Set what the calendar alone names; what it names no longer is lifted."""
    for line in planned.law.reviews:
        if line.after_vacancy is not None:
            continue
        due = next_of(line, today, election)
        if due is None or due.year > today.year + FAR:
            deadlines.lift(session, (KIND, planned.key), line.key)
        else:
            _set(session, planned, line, due, election)


def plan_vacancy(session: Session, planned: Planned, today: date) -> None:
    """A seat fell vacant today: set the reviews that follow from it."""
    for line in planned.law.reviews:
        if line.after_vacancy is not None:
            _set(session, planned, line, plus(today, line.after_vacancy), None)


def lift_all(session: Session, planned: Planned) -> None:
    """Nothing is reviewed any more: the body has ended, or follows other rules."""
    deadlines.close(session, (KIND, planned.key))


def _set(
    session: Session, planned: Planned, line: ReviewDue, due: date, election: date | None
) -> None:
    working = {
        "body": planned.law.body,
        "owner": planned.owner,
        "line": line.key,
        "due_on": due.isoformat(),
        "election": election.isoformat() if election else None,
        "article": str(line.article),
    }
    held = deadlines.find(session, (KIND, planned.key), line.key)
    if held is not None and held.is_open and held.working == working:
        return
    if held is not None and not held.is_open and held.working == working:
        return  # it has come, and was opened for this very day
    deadlines.set_deadline(session, (KIND, planned.key), line.key, planned.at(due), working)
