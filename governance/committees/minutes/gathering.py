"""Reads what a meeting has left, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from governance.committees.after.models import Action, Decision
from governance.committees.meeting.models import (
    AgendaItem,
    Attendance,
    ItemRecusal,
    Meeting,
    Motion,
    Note,
    Proxy,
)
from governance.committees.minutes.assembling import Gathered
from governance.committees.models import Committee, Seat, Sitting
from governance.people.models import Person
from governance.record.filekeys import Erased, KeyRing
from governance.record.models import Sealed

M = TypeVar("M", bound=Any)


def gather(session: Session, keys: KeyRing, meeting: Meeting) -> Gathered:
    """Everything that the minutes of a meeting are made of."""
    committee = session.get_one(Committee, meeting.committee_id)
    roll = _of_meeting(session, Attendance, meeting)
    motions = _of_meeting(session, Motion, meeting)
    actions = _of_meeting(session, Action, meeting)
    notes = _of_meeting(session, Note, meeting)
    people = {each.person_id for each in roll} | {each.owner_id for each in actions}
    seats = session.exec(select(Seat).where(col(Seat.committee_id) == committee.id)).all()
    language = (committee.languages or ["en"])[0]
    marked = {each.seat_id for each in roll}
    absent = {
        each.seat_id: each.person_id
        for each in _sitting(session, meeting, seats)
        if each.seat_id not in marked
    }
    people |= set(absent.values())
    texts = _texts(session, keys, notes)
    return Gathered(
        meeting=meeting,
        items=_of_meeting(session, AgendaItem, meeting),
        roll=roll,
        recusals=_of_meeting(session, ItemRecusal, meeting),
        notes=notes,
        motions=motions,
        decisions=_of_meeting(session, Decision, meeting),
        actions=actions,
        names=_people(session, people - {None})
        | {each.id: _seat_name(each, language) for each in seats},
        order={each.id: each.position for each in seats},
        texts=texts,
        proxies={
            each.from_seat: each.to_seat
            for each in _of_meeting(session, Proxy, meeting)
            if each.revoked_at is None
        },
        language=language,
        absent=absent,
    )


def _of_meeting(session: Session, model: type[M], meeting: Meeting) -> list[M]:
    query = select(model).where(col(model.meeting_id) == meeting.id).order_by(col(model.id))
    return list(session.exec(query))


def _sitting(session: Session, meeting: Meeting, seats: Sequence[Seat]) -> list[Sitting]:
    """Who held the seats of members when the meeting began."""
    members = {each.id for each in seats if each.capacity == "member"}
    began = meeting.opened_at or meeting.starts_at
    query = select(Sitting).where(
        col(Sitting.committee_id) == meeting.committee_id,
        col(Sitting.role) == "holder",
        col(Sitting.since) < began,
        col(Sitting.until).is_(None) | (col(Sitting.until) > began),
    )
    return [each for each in session.exec(query) if each.seat_id in members]


def _people(session: Session, ids: set[str | None]) -> dict[str, str]:
    query = select(Person).where(col(Person.id).in_(ids))
    return {each.id: each.name for each in session.exec(query)}


def _seat_name(seat: Seat, language: str) -> str:
    """What it represents, or its title in the language of the minutes."""
    title = seat.title.get(language) or seat.title.get("en", "")
    return seat.represents or title or seat.key


def _texts(session: Session, keys: KeyRing, notes: list[Note]) -> dict[str, str]:
    """The words of the notes; those whose key was destroyed are not there any more."""
    wanted = {each.text for each in notes if each.text}
    read = session.exec(select(Sealed).where(col(Sealed.id).in_(wanted))).all()
    held = {each.id for each in read}  # kept alive: the next look-ups find them in the session
    return {each.id: _text(session, keys, each.text) for each in notes if each.text in held}


def _text(session: Session, keys: KeyRing, sealed: str) -> str:
    try:
        return keys.open(session, sealed)
    except Erased:
        return ""
