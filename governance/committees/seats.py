"""Seats change: somebody sits or leaves, goes on leave, loses or regains the right to vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.acts import Moment, Verb, Written
from governance.committees.authority import for_roles
from governance.committees.calendars import day_of
from governance.committees.law import law_of
from governance.committees.lifecycle import CHAIR, SECRETARY, SeatLifecycle
from governance.committees.models import Committee, Leave, Seat, VotingRight
from governance.committees.officers import leaves_office_with_the_seat
from governance.committees.people import person_of
from governance.committees.sittings import (
    HOLDER,
    Place,
    begins,
    ends,
    find_seat,
    known_seat,
    no_such_seat,
    settle,
    sit,
    sitting_at,
    terms_in_a_row,
)
from governance.committees.tenure import MEMBERS, within_the_limit
from governance.committees.terms import set_term_clocks
from governance.database import new_id
from governance.lifecycle import fire


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


def seat_body(moment: Moment, committee: Committee | None, given: Seating) -> Written[Committee]:
    """Seat somebody. Whoever held the seat holds it until then."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = _seat(moment, committee, given)
    since = begins(committee, given.since, moment.now)
    person_id = given.person_id or person_of(moment.session, given.name, given.email).id
    place = Place(person_id, since, given.until, given.role, given.came_by)
    if given.role == HOLDER and seat.capacity == "member":
        may_serve(moment, committee, place)
    sit(moment.session, committee, seat, place, moment.now)
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "person": person_id, "since": since.isoformat()}, committee)


def leave_seat(moment: Moment, committee: Committee | None, given: Leaving) -> Written[Committee]:
    """The holder goes at the end of a day, or now."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment.session, committee, given.seat)
    at = ends(committee, given.on) or moment.now
    gone = sitting_at(moment.session, seat, moment.now)
    for each in gone:
        each.until, each.ended_because = at, (given.because or given.how)[:200]
        each.holding_over = False
    if at <= moment.now:
        fire(SeatLifecycle, seat.state, given.how)
        moment.session.flush()
        settle(moment.session, seat, moment.now, given.how)
    moment.session.flush()
    for each in gone:
        leaves_office_with_the_seat(moment, committee, each.person_id, at)
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "how": given.how, "until": at.isoformat()}, committee)


def leave_body(moment: Moment, committee: Committee | None, given: LeaveOf) -> Written[Committee]:
    """Enter a leave of absence."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment.session, committee, given.seat)
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
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "since": given.since.isoformat(), "until": until}, committee)


def right_body(moment: Moment, committee: Committee | None, given: RightOf) -> Written[Committee]:
    """Enter a voting right lost or regained, with its reason."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment.session, committee, given.seat)
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
    moment.session.flush()
    set_term_clocks(moment, committee)
    return Written({"seat": seat.key, "has": given.has, "at": at.isoformat()}, committee)


WHO = for_roles(SECRETARY)
SEAT: Verb[Committee, Seating] = Verb("committee:seat", Committee, "committee", WHO, seat_body)
UNSEAT: Verb[Committee, Leaving] = Verb("committee:unseat", Committee, "committee", WHO, leave_seat)
GRANT_LEAVE: Verb[Committee, LeaveOf] = Verb(
    "committee:grant_leave", Committee, "committee", for_roles(SECRETARY, CHAIR), leave_body
)
CHANGE_RIGHT: Verb[Committee, RightOf] = Verb(
    "committee:change_right", Committee, "committee", WHO, right_body
)


def _seat(moment: Moment, committee: Committee, given: Seating) -> Seat:
    found = find_seat(moment.session, committee, given.seat)
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


def may_serve(moment: Moment, committee: Committee, place: Place) -> None:
    """The rules allow one more term of this person. Raises Refused."""
    served = terms_in_a_row(moment.session, committee, place)
    day = day_of(committee, place.since)
    within_the_limit(law_of(moment.session, committee), MEMBERS, day, served)
