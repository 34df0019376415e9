"""What somebody says of an absence, as text, and what it is: instants in the person's own zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pendulum
from pendulum import DateTime

from governance.calendar.days import Calendar
from governance.people.models import Preference
from governance.people.rules import Period
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse

MOST_ROWS = 5000
DAY_LENGTH = 10


@dataclass(frozen=True)
class Told:
    """One absence as it was given: on the page, the command line, or a row of a file.

    `where` is the row; `until` a last day that is included, or an instant that is not.
    """

    person: str
    since: str
    until: str
    substitute: str = ""
    scope: tuple[str, ...] = ()
    instrument: str = ""
    uid: str = ""
    where: str = ""
    cancelled: bool = False
    source: str = "person"


@dataclass(frozen=True)
class Skipped:
    """An event of a calendar that is no absence, and why it was passed over."""

    where: str
    because: Sentence


@dataclass(frozen=True)
class AbsenceFile:
    """What a file of absences holds: rows to take, events passed over, faults by their place."""

    told: tuple[Told, ...]
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Finding, ...] = ()


def fault(rule: str, because: Sentence, cure: Sentence, where: str) -> Finding:
    """A fault of one row."""
    return Finding(rule, "", Verdict.FAIL, because, cure, where)


def zone_of(preference: Preference | None, station: str, calendars: Mapping[str, Calendar]) -> str:
    """The zone that a person lives by: the one they chose, or that of their duty station."""
    if preference is not None and preference.zone:
        return preference.zone
    return calendars[station].zone if station in calendars else "UTC"


def period_of(told: Told, zone: str) -> Period:
    """The period of an absence. Raises Refused for what is no day and no instant."""
    return Period(
        instant_of(told.since, zone, "from", told.where),
        instant_of(told.until, zone, "until", told.where, last=True),
    )


def instant_of(text: str, zone: str, name: str, where: str = "", *, last: bool = False) -> DateTime:
    """A day's beginning, or with `last` its end, in a zone; or an instant as it was given."""
    given = text.strip()
    try:
        if len(given) == DAY_LENGTH:
            day = date.fromisoformat(given)
            start = pendulum.datetime(day.year, day.month, day.day, tz=zone)
            return (start.add(days=1) if last else start).in_timezone("UTC")
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise _unreadable(given, name, where) from None
    if moment.tzinfo is None:
        return pendulum.instance(moment, tz=zone).in_timezone("UTC")
    return pendulum.instance(moment).in_timezone("UTC")


def _unreadable(given: str, name: str, where: str) -> Refused:
    return refuse(
        '"{given}" is no day',
        rule="absence_is_understood",
        cure="Write {name} as 2026-12-01, or as an instant such as 2026-12-01T09:00:00+01:00.",
        where=f"{where}, {name}" if where else name,
        reason=Reason.INPUT,
        given=given[:60],
        name=name,
    )
