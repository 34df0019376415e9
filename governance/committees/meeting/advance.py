"""A meeting goes on by itself: votes that closed are counted; notices that left are noted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.committees.authority import only_the_clock
from governance.committees.meeting.ballots import COUNT, Counting
from governance.committees.meeting.models import Meeting, Motion
from governance.consultation.models import Consultation
from governance.house import House
from governance.record.models import Outbox


@dataclass(frozen=True)
class Taken:
    """The key of the notice that was handed over."""

    key: str


def advance(house: House, meeting_id: str) -> list[str]:
    """Count every question of the meeting that has closed; what was done, in words."""
    with house.database.reading() as session:
        query = (
            select(Motion.number)
            .join(Consultation, col(Consultation.id) == col(Motion.consultation_id))
            .where(
                col(Motion.meeting_id) == meeting_id,
                col(Motion.state) == "put",
                col(Consultation.state) == "closed",
            )
        )
        waiting = list(session.exec(query))
    done = [perform(house, CLOCK, COUNT, meeting_id, Counting(number)) for number in waiting]
    return [f"motion {n}: counted." for n, each in zip(waiting, done, strict=True) if each]


def handed_over_body(
    moment: Moment, meeting: Meeting | None, given: Taken
) -> Written[Meeting] | None:
    """Keep when the notice left; a second time is nothing."""
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    return Written({"notice": parcel.template, "to": parcel.person_id}, meeting)


HAND_OVER: Verb[Meeting, Taken] = Verb(
    "meeting:notice_handed_over", Meeting, "meeting", only_the_clock, handed_over_body
)
