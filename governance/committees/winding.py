"""The end of a body: nobody sits any more, and what is open passes to whoever takes its place."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.committees.sittings import settle
from governance.lifecycle import finals
from governance.refusals import refuse

AHEAD = ("planned", "convened", "circulated", "in_session", "suspended", "inquorate", "postponed")


def wind_up(moment: Moment, committee: Committee, successor: Committee | None) -> dict[str, int]:
    """End every sitting and office; give open actions and children to the successor.

    Raises Refused while a meeting is still to be held, or where nobody takes what is open.
    """
    _no_meeting_is_ahead(moment.session, committee)
    given = 0
    if successor is not None:
        given = _give_actions(moment.session, committee, successor)
    ended = _end_sittings(moment, committee)
    children = select(Committee).where(col(Committee.parent_id) == committee.id)
    to = successor.id if successor is not None else committee.parent_id
    for child in moment.session.exec(children):
        child.parent_id = to if to != child.id else committee.parent_id
    moment.session.flush()
    return {"sittings_ended": ended, "actions_given": given}


def _no_meeting_is_ahead(session: Session, committee: Committee) -> None:
    query = select(func.count()).where(
        col(Meeting.committee_id) == committee.id, col(Meeting.state).in_(AHEAD)
    )
    count = session.exec(query).one()
    if count:
        raise refuse(
            "{n} meetings of this body are still to be held",
            rule="meetings_are_over",
            cure="Hold them, or cancel them, so that everybody is told.",
            n=count,
        )


def _end_sittings(moment: Moment, committee: Committee) -> int:
    """Everybody's sitting and office ends now; what was to begin never does."""
    now = moment.now
    still = or_(col(Sitting.until).is_(None), col(Sitting.until) > now)
    query = select(Sitting).where(col(Sitting.committee_id) == committee.id, still)
    ended = 0
    for each in moment.session.exec(query):
        each.until, each.ended_because = max(each.since, now), "the body ended"
        each.holding_over = False
        ended += 1
    officers = select(Officer).where(
        col(Officer.committee_id) == committee.id,
        or_(col(Officer.until).is_(None), col(Officer.until) > now),
    )
    for officer in moment.session.exec(officers):
        officer.until = max(officer.since, now)
    moment.session.flush()
    seats = select(Seat).where(
        col(Seat.committee_id) == committee.id, col(Seat.state) != "abolished"
    )
    for seat in list(moment.session.exec(seats)):
        settle(moment.session, seat, now)
    return ended


def _give_actions(session: Session, committee: Committee, successor: Committee) -> int:
    """Open actions go on there, under the next numbers of that body."""
    last = select(func.max(Action.number)).where(col(Action.committee_id) == successor.id)
    number = session.exec(last).one() or 0
    query = (
        select(Action)
        .where(
            col(Action.committee_id) == committee.id,
            col(Action.state).not_in(finals(ActionLifecycle)),
        )
        .order_by(col(Action.number))
    )
    given = 0
    for action in list(session.exec(query)):
        given += 1
        action.committee_id, action.number = successor.id, number + given
        session.flush()
    return given


def told(facts: Mapping[str, int]) -> dict[str, int]:
    """Only what happened."""
    return {key: value for key, value in facts.items() if value}
