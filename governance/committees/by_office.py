"""Seats that an office fills: whoever takes the office sits from then on, whoever left goes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.committees.authority import only_the_clock
from governance.committees.lifecycle import SeatLifecycle
from governance.committees.models import Committee, Seat, Sitting
from governance.house import House
from governance.lifecycle import fire, ways_on
from governance.people.models import Absence
from governance.people.queries import holder, offices_of


def sync_body(moment: Moment, committee: Committee | None, _: object) -> Written[Committee] | None:
    """Compare each seat of an office with who holds the office now; nothing where all is so."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    query = select(Seat).where(
        col(Seat.committee_id) == committee.id,
        col(Seat.office) != "",
        col(Seat.state) != "abolished",
    )
    changed = [each.key for each in moment.session.exec(query) if _follow(moment, committee, each)]
    return Written({"seats": changed}, committee) if changed else None


def _follow(moment: Moment, committee: Committee, seat: Seat) -> bool:
    person = holder(moment.session, seat.office, moment.now)
    sitting = moment.session.exec(
        select(Sitting).where(
            col(Sitting.seat_id) == seat.id,
            col(Sitting.role) == "holder",
            col(Sitting.since) <= moment.now,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > moment.now),
        )
    ).first()
    if (person.id if person else None) == (sitting.person_id if sitting else None):
        return False
    if sitting is not None:
        sitting.until, sitting.ended_because = moment.now, "office lost"
        if "lose_office" in ways_on(SeatLifecycle, seat.state):
            seat.state = fire(SeatLifecycle, seat.state, "lose_office")
    if person is not None:
        moment.session.add(
            Sitting(
                committee_id=committee.id,
                seat_id=seat.id,
                person_id=person.id,
                since=moment.now,
                came_by=f"office:{seat.office}",
            )
        )
        for event in ("appoint", "begin"):
            if event in ways_on(SeatLifecycle, seat.state):
                seat.state = fire(SeatLifecycle, seat.state, event)
    return True


@dataclass(frozen=True)
class Away:
    """Somebody whose absence has begun."""

    absence: str


def substitute_body(
    moment: Moment, committee: Committee | None, given: Away
) -> Written[Committee] | None:
    """While the holder of an office is away, their substitute sits beside them on its seat."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    absence = moment.session.get_one(Absence, given.absence)
    if absence.until <= moment.now:
        return _back(moment, committee, absence)
    seats = [each for each in _held(moment, committee, absence) if _beside(moment, each, absence)]
    for seat in seats:
        moment.session.add(
            Sitting(
                committee_id=committee.id,
                seat_id=seat.id,
                person_id=str(absence.substitute_id),
                role="alternate",
                since=moment.now,
                until=absence.until,
                came_by="substitute",
            )
        )
    return Written({"seats": [each.key for each in seats]}, committee) if seats else None


def _back(moment: Moment, committee: Committee, absence: Absence) -> Written[Committee] | None:
    """Whoever was away is back early: the substitute sits there no more."""
    query = select(Sitting).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.person_id) == absence.substitute_id,
        col(Sitting.came_by) == "substitute",
        col(Sitting.until) > moment.now,
    )
    found = list(moment.session.exec(query))
    for each in found:
        each.until, each.ended_because = moment.now, "the absence is over"
    return Written({"ended": len(found)}, committee) if found else None


def _held(moment: Moment, committee: Committee, absence: Absence) -> list[Seat]:
    """The seats that whoever is away holds by their office."""
    query = (
        select(Seat)
        .join(Sitting, col(Sitting.seat_id) == col(Seat.id))
        .where(
            col(Seat.committee_id) == committee.id,
            col(Seat.office) != "",
            col(Sitting.person_id) == absence.person_id,
            col(Sitting.role) == "holder",
            or_(col(Sitting.until).is_(None), col(Sitting.until) > moment.now),
        )
    )
    return list(moment.session.exec(query))


def _beside(moment: Moment, seat: Seat, absence: Absence) -> bool:
    """Whether the substitute does not sit there yet."""
    query = select(Sitting.id).where(
        col(Sitting.seat_id) == seat.id,
        col(Sitting.person_id) == absence.substitute_id,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > moment.now),
    )
    return moment.session.exec(query).first() is None


SUBSTITUTE: Verb[Committee, Away] = Verb(
    "committee:seat_substitute", Committee, "committee", only_the_clock, substitute_body
)
SYNC: Verb[Committee, None] = Verb(
    "committee:follow_office", Committee, "committee", only_the_clock, sync_body
)


def follow(house: House, office: str) -> int:
    """An office passed on: every body with a seat for it follows; gives how many changed."""
    with house.database.reading() as session:
        query = select(Seat.committee_id).where(col(Seat.office) == office).distinct()
        bodies = list(session.exec(query))
    return sum(perform(house, CLOCK, SYNC, each, None) is not None for each in bodies)


def stand_in(house: House, absence_id: str) -> int:
    """An absence has begun: the substitute sits where the office of the absent has a seat."""
    with house.database.reading() as session:
        absence = session.get_one(Absence, absence_id)
        if absence.substitute_id is None:
            return 0
        offices = offices_of(session, absence.person_id, house.clock.now())
        query = select(Seat.committee_id).where(col(Seat.office).in_(offices)).distinct()
        bodies = list(session.exec(query))
    given = Away(absence_id)
    return sum(perform(house, CLOCK, SUBSTITUTE, each, given) is not None for each in bodies)
