"""What time brings to a meeting: proposals close, the agenda is due, notice, reminders, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pendulum
from pendulum import DateTime

from governance.acts import Moment
from governance.calendar.counting import count
from governance.calendar.periods import Period as Counting
from governance.calendar.periods import Unit
from governance.committees.calendars import calendar_of
from governance.committees.local import local, local_day
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from governance.record import deadlines
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Proceedings
from governance.rulebook.proceedings.meetings import Anchored, Reminders

CALL, SOON, PROPOSALS, NOTICE, AGENDA, PAPERS, FORECAST = (
    "call_for_items",
    "proposals_reminder",
    "proposals_close",
    "notice_due",
    "agenda_due",
    "papers_reminder",
    "quorum_forecast",
)
# Days before the opening where the rules say nothing; the secretary's practice.
USUAL = {CALL: 70, PROPOSALS: 42, NOTICE: 28, AGENDA: 14}
SET = (*USUAL, SOON, PAPERS, FORECAST)
MORNING = 8  # what is written to people leaves in the morning where the body is
MINUTES = "minutes_due"
USUAL_MINUTES = Period(days=7)
OVER = ("closed", "completed", "cancelled", "postponed", "in_session", "suspended", "inquorate")
DONE = {NOTICE: "convened_at", AGENDA: "circulated_at"}


def before(moment: Moment, committee: Committee, at: DateTime, period: Period) -> DateTime:
    """The last instant, exclusive, that lies so long before another, in whole days of the body."""
    if period.unit == "hours":
        return at.subtract(hours=period.count)
    counting = Counting(period.count, Unit(period.unit), backward=True, roll=False)
    day = local_day(at, committee.zone)
    return pendulum.instance(count(counting, day, calendar_of(moment.house, committee)).due_at)


def after(moment: Moment, committee: Committee, at: DateTime, period: Period) -> DateTime:
    """The end, exclusive, of a period that begins with an instant."""
    counting = Counting(period.count, Unit(period.unit), from_the_moment=True)
    return pendulum.instance(count(counting, at, calendar_of(moment.house, committee)).due_at)


def set_clocks(moment: Moment, committee: Committee, meeting: Meeting, rules: Proceedings) -> None:
    """Set every deadline of a meeting that lies ahead; of one that is over, none."""
    owner = ("meeting", meeting.id)
    if meeting.state in OVER:
        for event in SET:
            deadlines.lift(moment.session, owner, event)
        return
    for event, at in _instants(moment, committee, meeting, rules):
        done = getattr(meeting, DONE[event]) if event in DONE else None
        if at <= moment.now or done is not None:
            deadlines.lift(moment.session, owner, event)
        else:
            deadlines.set_deadline(moment.session, owner, event, at, {"event": event})


def set_minutes_clock(
    moment: Moment, committee: Committee, meeting: Meeting, rules: Proceedings
) -> None:
    """When the draft of the minutes is due, counted from the closing."""
    ruling = rules.ruling("minutes_due", local_day(moment.now, committee.zone))
    period = ruling.value if ruling else USUAL_MINUTES
    at = after(moment, committee, moment.now, period)
    deadlines.set_deadline(moment.session, ("meeting", meeting.id), MINUTES, at, {})


def _instants(
    moment: Moment, committee: Committee, meeting: Meeting, rules: Proceedings
) -> Iterator[tuple[str, DateTime]]:
    day = local_day(meeting.starts_at, committee.zone)
    opening = meeting.starts_at
    for event, parameter in ((NOTICE, "notice_of_meeting"), (AGENDA, "agenda_distribution")):
        ruling = rules.ruling(parameter, day)
        period = ruling.value if ruling else Period(days=USUAL[event])
        yield event, before(moment, committee, opening, period)
    usual = reminders_of(rules, day)
    close = proposals_close(moment, committee, meeting, rules)
    yield PROPOSALS, close
    for event, end, ahead in (
        (CALL, opening, Period(days=USUAL[CALL])),
        (SOON, close.subtract(microseconds=1), usual.proposals),
        (PAPERS, opening, usual.papers),
        (FORECAST, opening, usual.quorum),
    ):
        at = before(moment, committee, end, ahead)
        yield event, at if ahead.unit == "hours" else morning(at, committee)


def reminders_of(rules: Proceedings, day: date) -> Reminders:
    """How long ahead a body reminds: as its rules say, otherwise as is usual."""
    ruling = rules.ruling("reminders", day)
    return ruling.value if ruling else Reminders()


def morning(end: DateTime, committee: Committee) -> DateTime:
    """The morning, where the body is, of the day that ends at an instant, exclusive."""
    here = local(end.subtract(microseconds=1), committee.zone)
    return here.set(hour=MORNING, minute=0, second=0, microsecond=0).in_timezone("UTC")


def proposals_close(
    moment: Moment, committee: Committee, meeting: Meeting, rules: Proceedings
) -> DateTime:
    """When proposals for the agenda close: the earlier or later of the anchors of the rules."""
    day = local_day(meeting.starts_at, committee.zone)
    ruling = rules.ruling("proposals_close", day)
    if ruling is None:
        return before(moment, committee, meeting.starts_at, Period(days=USUAL[PROPOSALS]))
    at = [_anchored(moment, committee, meeting, each) for each in ruling.value.at]
    known = [each for each in at if each is not None]
    pick = min if ruling.value.take == "earlier" else max
    return pick(known, default=meeting.starts_at)


def _anchored(
    moment: Moment, committee: Committee, meeting: Meeting, period: Anchored
) -> DateTime | None:
    if period.before == "opening":
        return before(moment, committee, meeting.starts_at, period)
    anchors = {"call": meeting.facts.get("called_at"), "circulation": meeting.circulated_at}
    anchor = anchors.get(str(period.after))
    if anchor is None:
        return None
    at = pendulum.parse(anchor) if isinstance(anchor, str) else anchor
    assert isinstance(at, DateTime)  # noqa: S101 -- what was written by an act is an instant
    return after(moment, committee, at, period)
