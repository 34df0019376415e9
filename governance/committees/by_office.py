"""Seats that an office fills: whoever takes the office sits from then on, whoever left goes."""

from __future__ import annotations

from sqlalchemy import or_
from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.committees.authority import only_the_clock
from governance.committees.lifecycle import SeatLifecycle
from governance.committees.models import Committee, Seat, Sitting
from governance.house import House
from governance.lifecycle import fire, ways_on
from governance.people.queries import holder


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


SYNC: Verb[Committee, None] = Verb(
    "committee:follow_office", Committee, "committee", only_the_clock, sync_body
)


def follow(house: House, office: str) -> int:
    """An office passed on: every body with a seat for it follows; gives how many changed."""
    with house.database.reading() as session:
        query = select(Seat.committee_id).where(col(Seat.office) == office).distinct()
        bodies = list(session.exec(query))
    return sum(perform(house, CLOCK, SYNC, each, None) is not None for each in bodies)
