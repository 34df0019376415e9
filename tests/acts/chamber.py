"""A body to act in: a committee with a chair, a secretary and members, as rows."""

from __future__ import annotations

import pendulum

from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.people.models import Grant
from tests.acts.world import World

COMMITTEE = "body"
SINCE = pendulum.datetime(2025, 1, 1)
MEMBERS = ("panel", "legal", "regions", "staff", "south")
CHAIR, SECRETARY, OUTSIDER = "panel", "hr", "nobody"


def found_committee(world: World, zone: str = "Europe/Paris") -> Committee:
    """An active committee of five, chaired by the first; `hr` is its secretary."""
    committee = Committee(
        id=COMMITTEE,
        key="audit",
        title={"en": "Audit Committee"},
        state="active",
        zone=zone,
        created_at=SINCE,
    )
    with world.house.database.deciding() as session:
        session.add(committee)
        session.flush()
        for place, person in enumerate(MEMBERS):
            seat = Seat(
                id=f"seat-{person}",
                committee_id=COMMITTEE,
                key=person,
                state="serving",
                position=place,
                since=SINCE,
            )
            session.add(seat)
            session.flush()
            session.add(
                Sitting(committee_id=COMMITTEE, seat_id=seat.id, person_id=person, since=SINCE)
            )
        session.add(Officer(committee_id=COMMITTEE, office="chair", person_id=CHAIR, since=SINCE))
        session.add(Grant(person_id=SECRETARY, role="committee_secretary"))
    return committee
