"""Seats change: somebody sits or leaves, goes on leave, loses or regains the right to vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import for_roles
from governance.committees.lifecycle import CHAIR, SECRETARY, SeatLifecycle
from governance.committees.models import Committee, Leave, Officer, Seat, Sitting, VotingRight
from governance.committees.people import person_of
from governance.committees.terms import set_term_clocks
from governance.database import new_id
from governance.lifecycle import fire
from governance.refusals import Reason, Refused, refuse


@dataclass(frozen=True)
class Seating:
    """Somebody sits on a seat from a day on; a seat that is not there yet is made.

    `person_id` where the person is known, otherwise `name` and perhaps `email`.
    """

    seat: str
    name: str = ""
    email: str = ""
    person_id: str = ""
    role: str = "holder"
    capacity: str = "member"
    represents: str = ""
    since: date | None = None
    until: date | None = None
    came_by: str = ""


@dataclass(frozen=True)
class Leaving:
    """The holder of a seat goes: term over, resignation, removal, office lost."""

    seat: str
    how: str = "resign"  # end_term, resign, remove, lose_office
    on: date | None = None
    because: str = ""


@dataclass(frozen=True)
class LeaveOf:
    """A seat is on leave from a day to a day, both included."""

    seat: str
    since: date
    until: date | None = None
    because: str = ""


@dataclass(frozen=True)
class RightOf:
    """A seat loses or regains its right to vote."""

    seat: str
    has: bool
    since: date | None = None
    because: str = ""
    article: str = ""


@dataclass(frozen=True)
class OfficeOf:
    """A person holds an office of the body, such as chair; whoever held it before holds no more."""

    office: str
    name: str = ""
    email: str = ""
    person_id: str = ""
    since: date | None = None
    until: date | None = None
    acting: bool = False


def _start(committee: Committee, day: date) -> DateTime:
    return pendulum.datetime(day.year, day.month, day.day, tz=committee.zone).in_timezone("UTC")


def begins(committee: Committee, day: date | None, now: DateTime) -> DateTime:
    """The beginning of a day where the body is; now, where none is given."""
    return now if day is None else _start(committee, day)


def ends(committee: Committee, day: date | None) -> DateTime | None:
    """The end of a last day where the body is."""
    return (
        None if day is None else begins(committee, day + timedelta(days=1), pendulum.DateTime.min)
    )


def seat_body(moment: Moment, committee: Committee | None, given: Seating) -> Written[Committee]:
    """Seat somebody. Whoever held the seat holds it until then."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = _seat(moment, committee, given)
    since = begins(committee, given.since, moment.now)
    person_id = given.person_id or person_of(moment.session, given.name, given.email).id
    if given.role == "holder":
        for before in sitting_at(moment, seat, since):
            before.until, before.ended_because = since, "replaced"
    moment.session.add(
        Sitting(
            committee_id=committee.id,
            seat_id=seat.id,
            person_id=person_id,
            role=given.role,
            since=since,
            until=ends(committee, given.until),
            term_until=given.until,
            came_by=given.came_by,
        )
    )
    if given.role == "holder" and seat.state != "serving":
        if seat.state in ("vacant", "nominated", "accepted"):
            seat.state = fire(SeatLifecycle, seat.state, "appoint")
        if seat.state == "appointed" and since <= moment.now:
            seat.state = fire(SeatLifecycle, seat.state, "begin")
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "person": person_id, "since": since.isoformat()}, committee)


def leave_seat(moment: Moment, committee: Committee | None, given: Leaving) -> Written[Committee]:
    """The holder goes at the end of a day, or now."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment, committee, given.seat)
    at = ends(committee, given.on) or moment.now
    for each in sitting_at(moment, seat, moment.now):
        each.until, each.ended_because = at, (given.because or given.how)[:200]
    if at <= moment.now:
        seat.state = fire(SeatLifecycle, seat.state, given.how)
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "how": given.how, "until": at.isoformat()}, committee)


def leave_body(moment: Moment, committee: Committee | None, given: LeaveOf) -> Written[Committee]:
    """Enter a leave of absence."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment, committee, given.seat)
    moment.session.add(
        Leave(
            committee_id=committee.id,
            seat_id=seat.id,
            since=begins(committee, given.since, moment.now),
            until=ends(committee, given.until),
            because=given.because[:200],
        )
    )
    until = given.until.isoformat() if given.until else None
    return Written({"seat": seat.key, "since": given.since.isoformat(), "until": until}, committee)


def right_body(moment: Moment, committee: Committee | None, given: RightOf) -> Written[Committee]:
    """Enter a voting right lost or regained, with its reason."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment, committee, given.seat)
    at = begins(committee, given.since, moment.now)
    moment.session.add(
        VotingRight(
            committee_id=committee.id,
            seat_id=seat.id,
            at=at,
            has_right=given.has,
            reason=given.because[:40],
            article=given.article[:300],
        )
    )
    return Written({"seat": seat.key, "has": given.has, "at": at.isoformat()}, committee)


def office_body(moment: Moment, committee: Committee | None, given: OfficeOf) -> Written[Committee]:
    """Somebody takes an office; the one before them ends at the same instant."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    office = given.office.strip().casefold().replace(" ", "_")
    since = begins(committee, given.since, moment.now)
    holding = select(Officer).where(
        col(Officer.committee_id) == committee.id,
        col(Officer.office) == office,
        or_(col(Officer.until).is_(None), col(Officer.until) > since),
    )
    if not given.acting:
        for before in moment.session.exec(holding):
            before.until = since
    person_id = given.person_id or person_of(moment.session, given.name, given.email).id
    moment.session.add(
        Officer(
            committee_id=committee.id,
            office=office,
            person_id=person_id,
            acting=given.acting,
            since=since,
            until=ends(committee, given.until),
            term_until=given.until,
        )
    )
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"office": office, "person": person_id, "since": since.isoformat()}, committee)


WHO = for_roles(SECRETARY)
SEAT: Verb[Committee, Seating] = Verb("committee:seat", Committee, "committee", WHO, seat_body)
UNSEAT: Verb[Committee, Leaving] = Verb("committee:unseat", Committee, "committee", WHO, leave_seat)
GRANT_LEAVE: Verb[Committee, LeaveOf] = Verb(
    "committee:grant_leave", Committee, "committee", for_roles(SECRETARY, CHAIR), leave_body
)
CHANGE_RIGHT: Verb[Committee, RightOf] = Verb(
    "committee:change_right", Committee, "committee", WHO, right_body
)
TAKE_OFFICE: Verb[Committee, OfficeOf] = Verb(
    "committee:take_office", Committee, "committee", WHO, office_body
)


def known_seat(moment: Moment, committee: Committee, key: str) -> Seat:
    """A seat of the body by its key. Raises Refused."""
    found = _find(moment, committee, key)
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


def sitting_at(moment: Moment, seat: Seat, at: DateTime) -> list[Sitting]:
    """Who holds a seat at an instant, alternates left out."""
    query = select(Sitting).where(
        col(Sitting.seat_id) == seat.id,
        col(Sitting.role) == "holder",
        col(Sitting.since) <= at,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
    )
    return list(moment.session.exec(query))


def _find(moment: Moment, committee: Committee, key: str) -> Seat | None:
    query = select(Seat).where(
        col(Seat.committee_id) == committee.id, col(Seat.key) == key.strip().casefold()
    )
    return moment.session.exec(query).first()


def _seat(moment: Moment, committee: Committee, given: Seating) -> Seat:
    found = _find(moment, committee, given.seat)
    if found is not None:
        return found
    if not given.seat.strip():
        raise no_such_seat(given.seat)
    seat = Seat(
        id=new_id(),
        committee_id=committee.id,
        key="-".join(given.seat.casefold().split())[:60],
        title={"en": given.seat},
        capacity=given.capacity,
        votes=int(given.capacity == "member"),
        represents=given.represents,
        position=10_000,
        since=moment.now,
    )
    moment.session.add(seat)
    moment.session.flush()
    return seat
