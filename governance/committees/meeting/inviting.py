"""Who is invited to a meeting, and the invitation as calendars read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.local import instant_of, local
from governance.committees.meeting.models import Meeting, MeetingSeries
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.committees.people import has_address
from governance.notices.invitation import (
    CANCEL,
    PUBLISH,
    Event,
    Guest,
    calendar_text,
)
from governance.people.models import Person
from governance.record.outbox import Notice
from governance.settings import Settings

ROLES = {"observer": "OPT-PARTICIPANT", "adviser": "OPT-PARTICIPANT", "guest": "OPT-PARTICIPANT",
         "staff": "NON-PARTICIPANT"}  # fmt: skip


def invited_to(session: Session, committee: Committee, at: DateTime) -> list[tuple[Person, str]]:
    """Everybody who sits in the body at an instant, and its officers, each with their capacity."""
    sits = session.exec(
        select(Person, Seat.capacity)
        .join(Sitting, col(Sitting.person_id) == col(Person.id))
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .where(
            col(Sitting.committee_id) == committee.id,
            col(Sitting.since) <= at,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
        .order_by(col(Seat.position))
    ).all()
    serves = session.exec(
        select(Person, Officer.office)
        .join(Officer, col(Officer.person_id) == col(Person.id))
        .where(
            col(Officer.committee_id) == committee.id,
            col(Officer.since) <= at,
            or_(col(Officer.until).is_(None), col(Officer.until) > at),
        )
    ).all()
    found: dict[str, tuple[Person, str]] = {}
    for person, capacity in (*sits, *((person, "staff") for person, _ in serves)):
        found.setdefault(person.id, (person, capacity))
    return list(found.values())


def invite(moment: Moment, committee: Committee, meeting: Meeting, method: str) -> int:
    """Queue the invitation, the change or the cancellation to each with an address."""
    people = [
        each
        for each in invited_to(moment.session, committee, meeting.starts_at)
        if has_address(each[0])
    ]
    event = event_of(moment.house.settings, committee, meeting, moment.now)
    for person, capacity in people:
        guest = Guest(person.name, person.email, ROLES.get(capacity, "REQ-PARTICIPANT"))
        mine = replace(event, guests=(guest,), cancelled=method == CANCEL)
        moment.tell(
            ("meeting", meeting.id),
            Notice(
                key=f"meeting:{meeting.id}:{meeting.sequence}:{method}:{person.id}",
                person_id=person.id,
                template="meeting_cancelled" if method == CANCEL else "meeting_convened",
                facts={
                    "meeting": meeting.id,
                    "reference": meeting.reference,
                    "title": meeting.title,
                    "body": committee.title,
                    "starts": local(meeting.starts_at, meeting.zone).isoformat(),
                    "ends": local(meeting.ends_at, meeting.zone).isoformat(),
                    "zone": meeting.zone,
                    "place": meeting.place,
                    "moved": meeting.sequence > 0 and method != CANCEL,
                    "method": method,
                    "calendar": calendar_text(method, [mine]),
                },
            ),
        )
    return len(people)


def event_of(
    settings: Settings,
    committee: Committee,
    meeting: Meeting,
    now: DateTime,
    guests: Sequence[tuple[Person, str]] = (),
) -> Event:
    """A meeting as a calendar event."""
    return Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        title=meeting.title.get("en") or next(iter(meeting.title.values()), committee.key),
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        zone=meeting.zone,
        stamped=now,
        organizer=Guest(committee.title.get("en", committee.key), settings.mail_from),
        place=meeting.place,
        text=f"{meeting.reference}: {settings.base_url}/meetings/{meeting.reference}",
        instead_of=meeting.planned_for if meeting.series_id else None,
        cancelled=meeting.state in ("cancelled", "postponed"),
        guests=tuple(
            Guest(person.name, person.email, ROLES.get(capacity, "REQ-PARTICIPANT"))
            for person, capacity in guests
            if has_address(person)
        ),
    )


def invitation(
    session: Session, settings: Settings, meeting: Meeting, now: DateTime, method: str
) -> str:
    """The iCalendar object of a meeting as it stands."""
    committee = session.get_one(Committee, meeting.committee_id)
    guests = invited_to(session, committee, meeting.starts_at) if method != PUBLISH else []
    return calendar_text(method, [event_of(settings, committee, meeting, now, guests)])


def series_calendar(
    session: Session, settings: Settings, series: MeetingSeries, now: DateTime
) -> str:
    """A series as one recurring event, with each of its meetings that differs."""
    committee = session.get_one(Committee, series.committee_id)
    query = select(Meeting).where(col(Meeting.series_id) == series.id)
    meetings = list(session.exec(query.order_by(col(Meeting.planned_for))))
    starts = instant_of(series.starts, series.zone)
    whole = Event(
        uid=series.uid,
        sequence=series.sequence,
        title=series.title.get("en") or committee.key,
        starts=starts,
        ends=starts.add(minutes=series.minutes),
        zone=series.zone,
        stamped=now,
        organizer=Guest(committee.title.get("en", committee.key), settings.mail_from),
        recurrence=series.recurrence,
    )
    differing = [
        event_of(settings, committee, each, now)
        for each in meetings
        if each.sequence or each.starts_at != each.planned_for
    ]
    return calendar_text(PUBLISH, [whole, *differing])
