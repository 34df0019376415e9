"""How long somebody has to answer, when they are reminded, and what a stopped clock gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pendulum
from pendulum import DateTime

from governance.calendar.counting import count, end_of
from governance.calendar.days import DAY, Calendar
from governance.calendar.periods import Period, Unit
from governance.consultation.models import Consultation, Invitation
from governance.rulebook.parts import Deadline
from governance.rulebook.parts import Period as Written
from governance.rulebook.periods import Anchors, Reckoned, counting, in_zone, reckon

MORNING = time(8)


@dataclass(frozen=True)
class End:
    """When somebody's time is over: the instant, exclusive, and the last day that people see."""

    due_at: DateTime
    last_day: date


def within_of(rule: Mapping[str, Any]) -> Deadline | None:
    """The deadline of a rule as plain data; None where it has none."""
    told = rule.get("within")
    return Deadline.model_validate(told) if told else None


def on_silence(consultation: Consultation) -> str:
    """What the end of the time means as things stand, in the words of `on_late`.

    A question is passed on once, and extended as often as its rule says: then it means less.
    """
    on_late = str(consultation.rule["on_late"])
    within = within_of(consultation.rule) if on_late in {"escalate", "extend"} else None
    if on_late == "escalate" and consultation.escalated:
        return "remind"
    times = within.extension.times if within and within.extension else 0
    return "fail" if on_late == "extend" and consultation.extended >= times else on_late


@dataclass(frozen=True)
class Measure:
    """By what somebody's time is measured: the rule's deadline and the days of their calendar."""

    within: Deadline
    calendar: Calendar
    known: Mapping[str, Calendar]

    def window(self, consultation: Consultation, since: datetime) -> Reckoned:
        """The window of somebody whose time begins at `since`."""
        return reckon(self.within, _anchors(consultation, since), self.calendar, self.known)

    @property
    def zoned(self) -> Calendar:
        """The calendar whose days are counted, in the zone in which they end."""
        return in_zone(self.calendar, self.within.ends[0], self.known)

    def on_day(self, day: date) -> End:
        """The end of a day, at the hour at which the rule lets days end."""
        at = next((each.at for each in self.within.ends if each.at), None)
        return End(_utc(end_of(day, self.zoned, time.fromisoformat(at) if at else None)), day)

    def at(self, due_at: datetime) -> End:
        """An end at an instant."""
        return End(_utc(due_at), last_day_of(due_at, self.zoned))

    def extended(self, end: End, by: Written) -> End:
        """The end moved on by a period that runs from the old last day."""
        period = counting(by)
        if period.unit is Unit.HOURS:
            return self.at(end.due_at + timedelta(hours=period.amount))
        return self.on_day(count(period, end.last_day, self.zoned).last_day)

    def given_back(self, end: End, since: datetime, until: datetime) -> End:
        """The end after the clock stood still.

        Hours are given back exactly. Days are given back whole: those from the day on which the
        clock stopped to the day before it ran on, one at least, worked ones where worked days
        are counted.
        """
        if all(each.unit == Unit.HOURS for each in self.within.ends):
            return self.at(end.due_at + (until - since))
        days = self.zoned
        first, last = (each.astimezone(days.timezone).date() for each in (since, until))
        if any(each.unit == Unit.WORKING_DAYS for each in self.within.ends):
            lost = max(1, days.working_days(first, last - DAY))
            return self.on_day(count(Period(lost, Unit.WORKING_DAYS), end.last_day, days).last_day)
        day = end.last_day + max(1, (last - first).days) * DAY
        return self.on_day(days.next_working(day) if self.within.roll else day)


def last_day_of(due_at: datetime, calendar: Calendar) -> date:
    """The inclusive day of an exclusive instant, as people at a duty station see it."""
    return (due_at - timedelta(microseconds=1)).astimezone(calendar.timezone).date()


def reminders(
    invitation: Invitation, offsets: Sequence[int], calendar: Calendar
) -> Iterator[tuple[int, DateTime]]:
    """When somebody is reminded: in the morning, so many working days before their last day.

    A reminder that would come with the question itself, or on the same day, is left out.
    """
    if invitation.due_at is None or invitation.handed_over_at is None:
        return
    last = date.fromisoformat(invitation.last_day)
    for offset in sorted(offsets):
        day = count(Period(-offset, Unit.WORKING_DAYS, backward=True), last, calendar).last_day
        at = datetime.combine(day, MORNING, calendar.timezone)
        if at > invitation.handed_over_at + DAY:
            yield offset, _utc(at)


def _anchors(consultation: Consultation, since: datetime) -> Anchors:
    named = consultation.content.get("anchors", {})
    dates = {key: _moment(told) for key, told in named.items()}
    return {**dates, "delivery": since, "opening": consultation.opened_at}


def _moment(told: str) -> date | datetime:
    return date.fromisoformat(told) if len(told) == len("2026-01-01") else _aware(told)


def _aware(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _utc(instant: datetime) -> DateTime:
    return pendulum.instance(instant).in_timezone("UTC")
