"""Who sits where, from when to when; and what the chart of a seat makes of it.

A sitting is a fact with two instants. The state of a seat follows from its sittings: `settle` is
asked whenever one begins or ends, whoever did it: a person, an election, an appointment, the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.committees.lifecycle import SeatLifecycle
from governance.committees.models import Committee, Seat, Sitting
from governance.database import new_id
from governance.lifecycle import fire, ways_on
from governance.refusals import Reason, Refused, refuse

HOLDER = "holder"
NOT_YET = frozenset({"vacant", "nominated", "accepted"})
REPLACED = "replaced"


@dataclass(frozen=True)
class Place:
    """For whom, from when, until which last day, and how they came to the seat."""

    person_id: str
    since: DateTime
    last_day: date | None = None
    role: str = HOLDER
    came_by: str = ""


def begins(committee: Committee, day: date | None, now: DateTime) -> DateTime:
    """The beginning of a day where the body is; now, where none is given."""
    if day is None:
        return now
    return pendulum.datetime(day.year, day.month, day.day, tz=committee.zone).in_timezone("UTC")


def ends(committee: Committee, day: date | None) -> DateTime | None:
    """The end of a last day where the body is."""
    return (
        None if day is None else begins(committee, day + timedelta(days=1), pendulum.DateTime.min)
    )


def sit(session: Session, committee: Committee, seat: Seat, place: Place, now: DateTime) -> Sitting:
    """Seat somebody. Whoever held the seat holds it until then; the caller locks the body."""
    if place.role == HOLDER:
        for before in sitting_at(session, seat, place.since):
            before.until, before.ended_because = place.since, REPLACED
    sitting = Sitting(
        id=new_id(),
        committee_id=committee.id,
        seat_id=seat.id,
        person_id=place.person_id,
        role=place.role,
        since=place.since,
        until=ends(committee, place.last_day),
        term_until=place.last_day,
        term=terms_in_a_row(session, committee, place) + 1 if place.role == HOLDER else 1,
        came_by=place.came_by[:200],
    )
    session.add(sitting)
    session.flush()
    if place.role == HOLDER:
        settle(session, seat, now)
    return sitting


def settle(session: Session, seat: Seat, now: DateTime, how: str = "end_term") -> str:
    """Let the chart of a seat follow its sittings: begun, ended, or empty for neither."""
    query = select(Sitting).where(col(Sitting.seat_id) == seat.id, col(Sitting.role) == HOLDER)
    rows = [e for e in session.exec(query) if e.until is None or e.until > e.since]
    holder = next((e for e in rows if e.since <= now and (e.until is None or e.until > now)), None)
    coming = any(each.since > now for each in rows)
    before = seat.state
    over = any(each.until is not None and each.until <= now for each in rows)
    if holder is None and (over or (seat.state == "appointed" and not coming)):
        _step(seat, how)
    if holder is not None and seat.state == "holding_over" and not holder.holding_over:
        _step(seat, "end_term")
    if seat.state in NOT_YET and (holder is not None or coming):
        _step(seat, "appoint")
    if holder is not None:
        _step(seat, "begin")
    if before == seat.state:
        return ""
    return "begun" if seat.state == "serving" else "ended"


def hold_over(session: Session, seat: Seat, now: DateTime) -> bool:
    """Whoever's term has run out stays on the seat until somebody else sits on it."""
    last = session.exec(
        select(Sitting)
        .where(
            col(Sitting.seat_id) == seat.id,
            col(Sitting.role) == HOLDER,
            col(Sitting.since) <= now,
        )
        .order_by(col(Sitting.since).desc(), col(Sitting.id))
    ).first()
    ran_out = (
        last is not None
        and last.until is not None
        and last.until <= now
        and last.term_until is not None
        and not last.ended_because
    )
    if last is None or not ran_out or "hold_over" not in ways_on(SeatLifecycle, seat.state):
        return False
    last.until, last.holding_over = None, True
    seat.state = fire(SeatLifecycle, seat.state, "hold_over")
    session.flush()
    return True


def _step(seat: Seat, event: str) -> None:
    if event in ways_on(SeatLifecycle, seat.state):
        seat.state = fire(SeatLifecycle, seat.state, event)


def terms_in_a_row(session: Session, committee: Committee, place: Place) -> int:
    """How many terms this person has served in the body up to the day, without a gap."""
    query = select(Sitting).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.person_id) == place.person_id,
        col(Sitting.role) == HOLDER,
        col(Sitting.since) < place.since,
        or_(col(Sitting.until).is_(None), col(Sitting.until) >= place.since.subtract(days=1)),
    )
    return max((each.term for each in session.exec(query)), default=0)


def sitting_at(session: Session, seat: Seat, at: DateTime) -> list[Sitting]:
    """Who holds a seat at an instant, alternates left out."""
    query = select(Sitting).where(
        col(Sitting.seat_id) == seat.id,
        col(Sitting.role) == HOLDER,
        col(Sitting.since) <= at,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
    )
    return list(session.exec(query))


def find_seat(session: Session, committee: Committee, key: str) -> Seat | None:
    """A seat of the body by its key, or None."""
    query = select(Seat).where(
        col(Seat.committee_id) == committee.id, col(Seat.key) == key.strip().casefold()
    )
    return session.exec(query).first()


def known_seat(session: Session, committee: Committee, key: str) -> Seat:
    """A seat of the body by its key. Raises Refused."""
    found = find_seat(session, committee, key)
    if found is None:
        raise no_such_seat(key)
    return found


def no_such_seat(key: str) -> Refused:
    """For a seat that the body does not have."""
    return refuse(
        'this body has no seat "{key}"',
        rule="known_seat",
        cure="See the seats: mandate committee show.",
        where="seat",
        reason=Reason.INPUT,
        key=key[:60],
    )
