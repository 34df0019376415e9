"""The register of a body of this installation, read from its rows in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.committees.after.models import Decision
from governance.committees.law import law_of
from governance.committees.local import local_day
from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.models import Committee, Leave, Officer, Seat, Sitting, VotingRight
from governance.committees.people import NO_ADDRESS
from governance.committees.register import Held, Person, Register, Right, Span
from governance.people.models import Person as PersonRow
from governance.rulebook.proceedings.law import Proceedings

FIRST = date(1970, 1, 2)
MET = ("in_session", "suspended", "closed", "completed")


def register_from(
    session: Session,
    committee: Committee,
    rules: Proceedings | None = None,
    *,
    numbers_before: DateTime | None = None,
) -> Register:
    """Who sits and sat in a body, with its officers, rights, leave and earlier meetings.

    `numbers_before`: the series of decisions as it stood at that instant.
    Each sitting is a person of the register; its key is the sitting's identifier.
    """
    seats = _seats(session, committee)
    people = tuple(_people(session, committee, seats))
    persons = _persons(session, committee)
    return Register(
        body=committee.key,
        title=committee.title.get("en", committee.key),
        zone=committee.zone,
        seats=committee.facts.get("seats"),
        people=people,
        officers=tuple(_officers(session, committee, persons)),
        meetings=tuple(_meetings(session, committee, seats)),
        places={name.casefold(): zone for name, zone in committee.facts.get("places", {}).items()},
        last_number=_last_number(session, committee, numbers_before),
        rules=rules or law_of(session, committee),
    )


def _day(at: DateTime, zone: str) -> date:
    return local_day(at, zone)


def span_of(since: DateTime, until: DateTime | None, zone: str, reason: str = "") -> Span:
    """Instants as days where the body is; the last day is included."""
    first = _day(since, zone)
    last = None if until is None else _day(until - timedelta(microseconds=1), zone)
    return Span(None if first <= FIRST else first, last, reason)


def _seats(session: Session, committee: Committee) -> dict[str, Seat]:
    query = select(Seat).where(col(Seat.committee_id) == committee.id)
    return {each.id: each for each in session.exec(query.order_by(col(Seat.position)))}


def _persons(session: Session, committee: Committee) -> dict[str, list[str]]:
    """The sittings of each person, holders first."""
    query = select(Sitting.person_id, Sitting.id).where(col(Sitting.committee_id) == committee.id)
    found: dict[str, list[str]] = defaultdict(list)
    for person, sitting in session.exec(query.order_by(col(Sitting.role).desc())):
        found[person].append(sitting)
    return found


def _people(session: Session, committee: Committee, seats: dict[str, Seat]) -> list[Person]:
    zone = committee.zone
    leaves: dict[str, list[Span]] = defaultdict(list)
    for leave in session.exec(select(Leave).where(col(Leave.committee_id) == committee.id)):
        leaves[leave.seat_id].append(span_of(leave.since, leave.until, zone, leave.because))
    rights: dict[str, list[Right]] = defaultdict(list)
    changes = select(VotingRight).where(col(VotingRight.committee_id) == committee.id)
    for each in session.exec(changes.order_by(col(VotingRight.at))):
        rights[each.seat_id].append(Right(_day(each.at, zone), each.has_right, each.reason))
    rows = session.exec(
        select(Sitting, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(Sitting.person_id))
        .where(col(Sitting.committee_id) == committee.id)
        .order_by(col(Sitting.since), col(Sitting.id))
    ).all()
    holder = _holders([sitting for sitting, _ in rows])
    return [
        _person(sitting, row, seats[sitting.seat_id], zone, (leaves, rights, holder))
        for sitting, row in sorted(rows, key=lambda each: seats[each[0].seat_id].position)
    ]


def _holders(sittings: list[Sitting]) -> dict[str, str]:
    """The sitting of the latest holder of each seat."""
    return {each.seat_id: each.id for each in sittings if each.role == "holder"}


def _person(
    sitting: Sitting,
    row: PersonRow,
    seat: Seat,
    zone: str,
    facts: tuple[dict[str, list[Span]], dict[str, list[Right]], dict[str, str]],
) -> Person:
    leaves, rights, holder = facts
    is_holder = sitting.role == "holder"
    address = () if row.email.endswith(NO_ADDRESS) else (row.email.split("@")[0],)
    return Person(
        key=sitting.id,
        name=row.name,
        seat=seat.key,
        capacity=seat.capacity if sitting.role != "adviser" else "adviser",
        votes=bool(seat.votes) and sitting.role != "adviser",
        span=span_of(sitting.since, sitting.until, zone),
        aliases=(*address, *dict.fromkeys(seat.title.values())) if is_holder else (),
        represents=seat.represents,
        alternate_of="" if is_holder else holder.get(seat.id, ""),
        leave=tuple(leaves.get(seat.id, ())),
        rights=tuple(rights.get(seat.id, ())),
    )


def _officers(
    session: Session, committee: Committee, persons: dict[str, list[str]]
) -> list[tuple[str, str, Span]]:
    query = select(Officer).where(col(Officer.committee_id) == committee.id)
    return [
        (each.office, key, span_of(each.since, each.until, committee.zone))
        for each in session.exec(query)
        for key in persons.get(each.person_id, ())
    ]


def _meetings(session: Session, committee: Committee, seats: dict[str, Seat]) -> list[Held]:
    """Earlier meetings by who was there, in one query."""
    query = (
        select(Meeting.id, Meeting.starts_at, Attendance.seat_id, Attendance.status)
        .join(Attendance, col(Attendance.meeting_id) == col(Meeting.id))
        .where(
            col(Meeting.committee_id) == committee.id,
            col(Meeting.state).in_(MET),
            col(Attendance.seat_id).is_not(None),
        )
    )
    present: dict[date, set[str]] = defaultdict(set)
    leave: dict[date, set[str]] = defaultdict(set)
    for _, starts, seat_id, status in session.exec(query):
        day = _day(pendulum.instance(starts), committee.zone)
        present.setdefault(day, set())
        if status in ("present", "leave") and seat_id in seats:
            (present if status == "present" else leave)[day].add(seats[seat_id].key)
    return [
        Held(day, frozenset(present[day]), frozenset(leave.get(day, ()))) for day in sorted(present)
    ]


def _last_number(session: Session, committee: Committee, before: DateTime | None) -> str:
    query = select(Decision.number).where(col(Decision.committee_id) == committee.id)
    if before is not None:
        query = query.where(col(Decision.taken_at) < before)
    last = session.exec(query.order_by(col(Decision.taken_at).desc()).limit(1)).first()
    return last or str(committee.facts.get("last_number", ""))
