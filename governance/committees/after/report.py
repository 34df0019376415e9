"""The year of a body: its meetings, attendance, decisions, actions, and how its seats are held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.committees.after.models import Action, Decision
from governance.committees.after.telling import decisions_seen, tell_decision
from governance.committees.composing import owner_of
from governance.committees.local import local
from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.models import Committee, Seat
from governance.representation.reviews.queries import answered_in

Plain = dict[str, Any]


def annual_report(
    session: Session, actor: Actor, at: DateTime, committee: Committee, year: int
) -> Plain:
    """The year as plain data, in a fixed number of queries; the year is that of the body's zone.

    Numbers count everything; the list of decisions has those that the reader may see.
    """
    since = pendulum.datetime(year, 1, 1, tz=committee.zone)
    until = pendulum.datetime(year + 1, 1, 1, tz=committee.zone)
    here = col(Meeting.committee_id) == committee.id
    of_year = (col(Meeting.starts_at) >= since, col(Meeting.starts_at) < until)
    query = select(Meeting).where(here, *of_year).order_by(col(Meeting.starts_at))
    meetings = list(session.exec(query))
    held = [each for each in meetings if each.opened_at is not None]
    taken = (
        (col(Decision.committee_id) == committee.id)
        & (col(Decision.taken_at) >= since)
        & (col(Decision.taken_at) < until)
    )
    decisions = decisions_seen(session, actor, at, taken)
    states = session.exec(select(Decision.state).where(taken)).all()
    return {
        "body": committee.key,
        "title": committee.title,
        "year": year,
        "meetings": {
            "planned": len(meetings),
            "held": len(held),
            "by_state": dict(sorted(Counter(each.state for each in meetings).items())),
            "list": [_meeting(each) for each in meetings],
        },
        "attendance": _attendance(session, committee, held),
        "decisions": {
            "taken": len(states),
            "by_state": dict(sorted(Counter(states).items())),
            "list": [tell_decision(each, committee.key) for each in decisions],
        },
        "actions": _actions(session, committee, since, until),
        "balance": _balance(session, committee),
        "reviews": answered_in(session, year, owner_of(committee)),
    }


def _meeting(meeting: Meeting) -> Plain:
    return {
        "reference": meeting.reference,
        "starts": local(meeting.starts_at, meeting.zone).isoformat(),
        "state": meeting.state,
        "quorum": meeting.quorum,
    }


def _attendance(session: Session, committee: Committee, held: Sequence[Meeting]) -> list[Plain]:
    """Of each seat: at how many of the meetings held somebody was there for it."""
    there = (
        select(Attendance.seat_id, Attendance.meeting_id)
        .where(
            col(Attendance.meeting_id).in_([each.id for each in held]),
            col(Attendance.came_at).is_not(None),
        )
        .distinct()
    )
    counts = Counter(seat for seat, _ in session.exec(there))
    seats = select(Seat).where(
        col(Seat.committee_id) == committee.id, col(Seat.state) != "abolished"
    )
    return [
        {"seat": each.key, "capacity": each.capacity, "present": counts[each.id], "of": len(held)}
        for each in session.exec(seats.order_by(col(Seat.position), col(Seat.key)))
    ]


def _actions(session: Session, committee: Committee, since: DateTime, until: DateTime) -> Plain:
    """What was opened and ended in the year, and what was open at its end."""
    rows = session.exec(
        select(Action).where(
            col(Action.committee_id) == committee.id, col(Action.opened_at) < until
        )
    ).all()
    ended = [each for each in rows if each.ended_at and since <= each.ended_at < until]
    return {
        "opened": sum(each.opened_at >= since for each in rows),
        "ended": len(ended),
        "by_end": dict(sorted(Counter(each.state for each in ended).items())),
        "extended": sum(each.extensions > 0 for each in rows if each.opened_at >= since),
        "open_at_end": sum(each.ended_at is None or each.ended_at >= until for each in rows),
    }


def _balance(session: Session, committee: Committee) -> Plain:
    """How the seats are held today, by capacity."""
    query = select(Seat.capacity, Seat.state).where(
        col(Seat.committee_id) == committee.id, col(Seat.state) != "abolished"
    )
    found: dict[str, Counter[str]] = {}
    for capacity, state in session.exec(query):
        found.setdefault(capacity, Counter())[state] += 1
    return {capacity: dict(sorted(states.items())) for capacity, states in sorted(found.items())}
