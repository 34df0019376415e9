"""A meeting that was held, as rows: four of five there, three items, one of them closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pendulum
from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.committees.meeting.models import AgendaItem, Attendance, Meeting, Motion, Note
from governance.committees.minutes.drafting import begin_minutes
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee
from tests.acts.chamber import COMMITTEE, MEMBERS
from tests.acts.world import World

MEETING = "meeting-1"
OPENED = pendulum.datetime(2026, 11, 20, 9)
CLOSED = pendulum.datetime(2026, 11, 20, 11)
OWN = {"own": "for the test"}
RULES: dict[str, Any] = {
    "correction_window": {"value": {"days": 7, "after": "dispatch"}, "article": OWN},
    "tacit_adoption": {"value": {"allowed": True}, "article": OWN},
}
PUBLIC, SECRET = "Office Legal presented the report.", "The case of one official."


def hold_meeting(world: World, rules: dict[str, Any] | None = None) -> Minutes:
    """The meeting with its roll, items, notes and one motion; its minutes are due."""
    meeting = Meeting(
        id=MEETING,
        committee_id=COMMITTEE,
        reference="AUD-2026-4",
        number=4,
        title={"en": "Fourth meeting"},
        state="closed",
        zone="Europe/Paris",
        starts_at=OPENED,
        ends_at=CLOSED,
        planned_for=OPENED,
        uid="aud-4",
        rules=RULES if rules is None else rules,
        opened_at=OPENED,
        closed_at=CLOSED,
        quorum={"present": 4, "needed": 3, "base": 5, "reached": True},
    )
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).calendar = "lyon"
        session.add(meeting)
        session.flush()
        _fill(world, session)
    return begin(world)


def _fill(world: World, session: Session) -> None:
    """Roll, agenda, notes and a motion."""
    for person in MEMBERS:
        here = person != "south"
        session.add(
            Attendance(
                meeting_id=MEETING,
                seat_id=f"seat-{person}",
                person_id=person,
                status="present" if here else "apologies",
                came_at=OPENED if here else None,
            )
        )
    for place, (title, access) in enumerate(
        (("Opening", "open"), ("Report", "open"), ("Staff", "closed")), 1
    ):
        session.add(
            AgendaItem(
                id=f"item-{place}",
                meeting_id=MEETING,
                number=str(place),
                position=place,
                title={"en": title},
                access=access,
                state="closed",
                proposed_at=OPENED,
            )
        )
    for item, words in ((2, PUBLIC), (3, SECRET)):
        sealed = world.house.keys.seal(session, f"meeting:{MEETING}", words).sealed
        session.add(
            Note(
                id=f"note-{item}",
                meeting_id=MEETING,
                item_id=f"item-{item}",
                text=sealed,
                seat_id="seat-legal",
                at=OPENED.add(minutes=item * 10),
            )
        )
    session.add(
        Motion(
            id="motion-1",
            meeting_id=MEETING,
            item_id="item-2",
            text="That the report be approved.",
            mover="seat-panel",
            seconder="seat-staff",
            state="recorded",
            votes={"yes": 3, "no": 1, "abstain": 0},
            result={"result": "carried"},
            moved_at=OPENED.add(minutes=25),
        )
    )


def _begin(moment: Moment, meeting: Meeting | None, _: None) -> Written[Meeting]:
    assert meeting is not None
    return Written({"minutes": begin_minutes(moment, meeting).id}, meeting)


BEGIN: Verb[Meeting, None] = Verb("minutes:assemble", Meeting, "meeting", lambda *_: "test", _begin)


def begin(world: World) -> Minutes:
    """Its minutes are due."""
    world.do("hr", BEGIN, None, MEETING)
    return the_minutes(world)


def the_minutes(world: World) -> Minutes:
    """The minutes as they stand."""
    (found,) = world.rows(Minutes)
    return found  # type: ignore[no-any-return]


LONG_AFTER = date(2027, 3, 1)
