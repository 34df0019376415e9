"""The register of an installed body, from its rows: what minutes and rolls are held against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.committees.calendars import day_of
from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.models import (
    Committee,
    Leave,
    Officer,
    Seat,
    Sitting,
    VotingRight,
)
from governance.committees.register import MEMBER, Held, Person, Register, Right, Span
from governance.people.models import Person as Somebody
from governance.rulebook.proceedings.law import Proceedings

DAY = timedelta(days=1)
MOST_MEETINGS = 24


def register_of_body(
    session: Session, committee: Committee, rules: Proceedings, before: DateTime
) -> Register:
    """Who sits or sat in a body, with leave, rights and offices, and its meetings before one.

    Days are in the body's zone; a span's last day is the one on which it still held.
    """
    people = _people(session, committee)
    keys = {each.key: each for each in people}
    offices = session.exec(select(Officer).where(col(Officer.committee_id) == committee.id))
    of_person = {key.partition(":")[0]: key for key in keys}
    return Register(
        body=committee.key,
        title=committee.title.get("en") or next(iter(committee.title.values()), committee.key),
        zone=committee.zone,
        people=tuple(people),
        officers=tuple(
            (each.office, of_person[each.person_id], _span(committee, each.since, each.until))
            for each in offices
            if each.person_id in of_person
        ),
        meetings=tuple(_meetings(session, committee, before)),
        rules=rules,
    )


def _people(session: Session, committee: Committee) -> list[Person]:
    """Everybody who holds or held a seat; the key is the person's and the sitting's."""
    rows = session.exec(
        select(Sitting, Seat, Somebody)
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .join(Somebody, col(Somebody.id) == col(Sitting.person_id))
        .where(col(Sitting.committee_id) == committee.id)
        .order_by(col(Seat.position), col(Sitting.since))
    ).all()
    leave = _by_seat(session, committee, Leave)
    rights = _by_seat(session, committee, VotingRight)
    holders = {
        seat.id: f"{person.id}:{sitting.id}"
        for sitting, seat, person in rows
        if sitting.role == "holder"
    }
    return [
        Person(
            key=f"{person.id}:{sitting.id}",
            name=person.name,
            seat=seat.key,
            capacity=seat.capacity,
            votes=seat.capacity == MEMBER and seat.votes > 0,
            span=_span(committee, sitting.since, sitting.until, sitting.ended_because),
            aliases=tuple(dict.fromkeys(seat.title.values())),
            represents=seat.represents,
            alternate_of="" if sitting.role == "holder" else holders.get(seat.id, ""),
            leave=tuple(
                _span(committee, each.since, each.until, each.because)
                for each in leave.get(seat.id, ())
            ),
            rights=tuple(
                Right(day_of(committee, each.at), each.has_right, each.reason)
                for each in sorted(rights.get(seat.id, ()), key=lambda each: each.at)
            ),
        )
        for sitting, seat, person in rows
    ]


def _by_seat(session: Session, committee: Committee, model: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in session.exec(select(model).where(col(model.committee_id) == committee.id)):
        found.setdefault(each.seat_id, []).append(each)
    return found


def _span(committee: Committee, since: DateTime, until: DateTime | None, reason: str = "") -> Span:
    last = day_of(committee, until - timedelta(microseconds=1)) if until else None
    return Span(day_of(committee, since), last, reason)


def _meetings(session: Session, committee: Committee, before: DateTime) -> list[Held]:
    """The meetings that were held before an instant, the earliest first."""
    held = session.exec(
        select(Meeting)
        .where(
            col(Meeting.committee_id) == committee.id,
            col(Meeting.opened_at).is_not(None),
            col(Meeting.starts_at) < before,
        )
        .order_by(col(Meeting.starts_at).desc())
        .limit(MOST_MEETINGS)
    ).all()
    keys = dict(
        session.exec(select(Seat.id, Seat.key).where(col(Seat.committee_id) == committee.id)).all()
    )
    days: dict[str, date] = {each.id: day_of(committee, each.starts_at) for each in held}
    present: dict[str, set[str]] = {each: set() for each in days}
    away: dict[str, set[str]] = {each: set() for each in days}
    rows = select(Attendance).where(col(Attendance.meeting_id).in_(days))
    for row in session.exec(rows):
        seat = keys.get(row.seat_id or "")
        if seat is not None and row.came_at is not None:
            present[row.meeting_id].add(seat)
        elif seat is not None and row.status == "leave":
            away[row.meeting_id].add(seat)
    return [
        Held(days[each.id], frozenset(present[each.id]), frozenset(away[each.id]))
        for each in reversed(held)
    ]
