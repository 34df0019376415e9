"""What ends by itself: terms of seats and officers, mandates, and bodies that meet no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.calendar.periods import add_months
from governance.committees import watching
from governance.committees.authority import only_the_clock
from governance.committees.calendars import day_of, end_of_day
from governance.committees.composing import follow_reviews
from governance.committees.law import law_of
from governance.committees.lifecycle import CommitteeLifecycle
from governance.committees.local import local
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.committees.officers import pass_on
from governance.committees.sittings import hold_over, settle
from governance.committees.tenure import MEMBERS, holds_over
from governance.lifecycle import finals
from governance.record import deadlines

TERMS, SUNSET, DORMANCY = "terms", "sunset", "dormancy"
WARN_MONTHS = (6, 3, 1)
DORMANT_MONTHS = 12


@dataclass(frozen=True)
class Passed:
    """A day of the body has come, in the generation that the sweep saw."""

    event: str
    generation: int


def set_term_clocks(moment: Moment, committee: Committee) -> None:
    """Set the next deadline of each kind. The caller holds the lock of the body."""
    owner = ("committee", committee.id)
    for event, at in (
        (TERMS, _next_term(moment, committee)),
        (SUNSET, _next_warning(moment, committee)),
        (DORMANCY, _dormant_at(moment, committee)),
        (watching.VACANCIES, watching.next_overdue(moment, committee)),
        (watching.FEW, watching.few_at(moment, committee)),
    ):
        if at is None or committee.state in finals(CommitteeLifecycle):
            deadlines.lift(moment.session, owner, event)
        else:
            deadlines.set_deadline(moment.session, owner, event, at, {})
    follow_reviews(moment, committee)


def passed_body(
    moment: Moment, committee: Committee | None, given: Passed
) -> Written[Committee] | None:
    """Terms end, seats begin, mandates are warned of, dormancy is noticed; then the next day."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("committee", committee.id), given.event)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now:
        return None
    held.is_open = False
    facts = EVENTS[given.event](moment, committee)
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"event": given.event, **facts}, committee)


PASSED: Verb[Committee, Passed] = Verb(
    "committee:by_clock", Committee, "committee", only_the_clock, passed_body
)


def _next_term(moment: Moment, committee: Committee) -> DateTime | None:
    """The next instant at which somebody's sitting begins or ends."""
    query = select(Sitting.since, Sitting.until).where(
        col(Sitting.committee_id) == committee.id,
        or_(col(Sitting.since) > moment.now, col(Sitting.until) > moment.now),
    )
    officers = select(Officer.since, Officer.until).where(
        col(Officer.committee_id) == committee.id, col(Officer.until) > moment.now
    )
    every = [
        each
        for row in (*moment.session.exec(query), *moment.session.exec(officers))
        for each in row
        if each is not None and each > moment.now
    ]
    return min(every, default=None)


def _next_warning(moment: Moment, committee: Committee) -> DateTime | None:
    """6, 3 and 1 months before the end of the mandate, and the end itself."""
    sunset = committee.sunset_on
    if sunset is None:
        return None
    days = [add_months(sunset, -months) for months in WARN_MONTHS] + [sunset + timedelta(days=1)]
    at = [end_of_day(moment.house, committee, day - timedelta(days=1)) for day in days]
    return min((each for each in at if each > moment.now), default=None)


def _dormant_at(moment: Moment, committee: Committee) -> DateTime | None:
    """So long after the last meeting, or after the founding, a body that is active is flagged."""
    if committee.state != "active" or committee.facts.get("dormancy_noticed"):
        return None
    last = committee.last_met_at or committee.created_at
    ruling = law_of(moment.session, committee).ruling("inactivity", day_of(committee, moment.now))
    period = ruling.value.without_meeting if ruling else None
    if ruling is not None and period is None:
        return None
    zoned = local(last, committee.zone)
    span = {period.unit.replace("working_", ""): period.count} if period else {}
    return (zoned.add(**(span or {"months": DORMANT_MONTHS}))).in_timezone("UTC")


def _terms(moment: Moment, committee: Committee) -> dict[str, Any]:
    """Seats whose holder's time is over fall vacant, or hold over; others begin."""
    counted = {"ended": 0, "begun": 0, "hold_over": 0}
    query = select(Seat).where(
        col(Seat.committee_id) == committee.id, col(Seat.state) != "abolished"
    )
    rules = law_of(moment.session, committee)
    over = holds_over(rules, MEMBERS, day_of(committee, moment.now))
    for seat in list(moment.session.exec(query)):
        if over and hold_over(moment.session, seat, moment.now):
            counted["hold_over"] += 1
        elif what := settle(moment.session, seat, moment.now):
            counted[what] += 1
    return {**counted, **pass_on(moment, committee)}


def _warned(_: Moment, committee: Committee) -> dict[str, Any]:
    """The end of a mandate comes near, or has come."""
    sunset = committee.sunset_on
    return {"sunset": sunset.isoformat() if sunset else None}


def _noticed(moment: Moment, committee: Committee) -> dict[str, Any]:
    """A body that has not met for long is proposed for review; its parent decides."""
    committee.facts = {**committee.facts, "dormancy_noticed": moment.now.isoformat()}
    return {"dormant": True}


EVENTS = {
    TERMS: _terms,
    SUNSET: _warned,
    DORMANCY: _noticed,
    watching.VACANCIES: watching.overdue,
    watching.FEW: watching.few,
}
