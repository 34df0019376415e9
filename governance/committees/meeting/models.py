"""Rows of a meeting: agenda, papers, roll, speakers, motions. What happens in it locks it."""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from governance.committees.meeting.lifecycle import (
    ItemLifecycle,
    MeetingLifecycle,
    MotionLifecycle,
)
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class MeetingSeries(Model, table=True):
    """Meetings that recur, in a zone: local time stays, whatever the clocks do."""

    __tablename__ = "meeting_series"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    title: dict[str, str] = json_column(dict)
    zone: str = Field(max_length=60)
    starts: str = Field(max_length=20)
    minutes: int = 120
    recurrence: str = Field(max_length=200)
    uid: str = Field(max_length=120, unique=True)
    sequence: int = 0


class Meeting(Model, table=True):
    """One meeting. `rules` is the law that it is under, pinned when it was convened."""

    __table_args__ = (states_only(MeetingLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    series_id: Optional[str] = Field(default=None, foreign_key="meeting_series.id", max_length=32)
    reference: str = Field(max_length=60, unique=True)
    number: int = 1
    title: dict[str, str] = json_column(dict)
    kind: str = Field(default="ordinary", max_length=20)
    state: str = Field(default="planned", max_length=20, index=True)
    zone: str = Field(max_length=60)
    starts_at: DateTime = instant(index=True)
    ends_at: DateTime = instant()
    planned_for: DateTime = instant()
    place: str = Field(default="", max_length=200)
    uid: str = Field(max_length=120, index=True)
    sequence: int = 0
    rules: dict[str, Any] = json_column(dict)
    rules_version: str = Field(default="", max_length=64)
    notice: dict[str, Any] = json_column(dict)
    convened_at: Optional[DateTime] = maybe_instant()
    agenda_version: int = 0
    circulated_at: Optional[DateTime] = maybe_instant()
    agenda_adopted_at: Optional[DateTime] = maybe_instant()
    opened_at: Optional[DateTime] = maybe_instant()
    closed_at: Optional[DateTime] = maybe_instant()
    second_call: bool = False
    quorum: dict[str, Any] = json_column(dict)
    current_item: Optional[str] = Field(default=None, max_length=32)
    facts: dict[str, Any] = json_column(dict)


class AgendaItem(Model, table=True):
    """One item of an agenda. `came_from` is the item or action that it carries on."""

    __tablename__ = "agenda_item"
    __table_args__ = (states_only(ItemLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    number: str = Field(default="", max_length=20)
    position: int = 0
    title: dict[str, str] = json_column(dict)
    category: str = Field(default="discussion", max_length=20)
    access: str = Field(default="open", max_length=20)
    minutes: int = 10
    origin: str = Field(default="proposed", max_length=20)
    came_from: str = Field(default="", max_length=32)
    proposed_by: Optional[str] = Field(default=None, max_length=32)
    proposed_at: DateTime = instant()
    is_late: bool = False
    deferrals: int = 0
    state: str = Field(default="proposed", max_length=20)
    because: str = Field(default="", max_length=400)
    opened_at: Optional[DateTime] = maybe_instant()
    closed_at: Optional[DateTime] = maybe_instant()


class Paper(Model, table=True):
    """One language of one version of a paper. Frozen and hashed when the agenda circulates."""

    __tablename__ = "meeting_paper"
    __table_args__ = (UniqueConstraint("meeting_id", "key", "version", "language"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    item_id: Optional[str] = Field(default=None, max_length=32, index=True)
    key: str = Field(max_length=60)
    title: str = Field(max_length=200)
    version: int = 1
    language: str = Field(max_length=2)
    access: str = Field(default="open", max_length=20)
    media: str = Field(default="application/pdf", max_length=100)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=64)
    came_at: DateTime = instant()
    frozen_at: Optional[DateTime] = maybe_instant()


class Review(Model, table=True):
    """What a seat says of an item before the meeting: approve, flag or comment."""

    __tablename__ = "item_review"
    __table_args__ = (UniqueConstraint("item_id", "seat_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    item_id: str = Field(foreign_key="agenda_item.id", max_length=32)
    seat_id: str = Field(foreign_key="seat.id", max_length=32)
    person_id: str = Field(max_length=32)
    position: str = Field(max_length=20)
    text: str = Field(default="", max_length=32)
    at: DateTime = instant()


class Attendance(Model, table=True):
    """Somebody in the room, from when to when; one row a span. `capacity` is as what they sit."""

    __tablename__ = "meeting_attendance"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    seat_id: Optional[str] = Field(default=None, max_length=32)
    person_id: Optional[str] = Field(default=None, max_length=32)
    name: str = Field(default="", max_length=200)
    capacity: str = Field(default="member", max_length=20)
    status: str = Field(default="present", max_length=20)
    mode: str = Field(default="room", max_length=20)
    came_at: Optional[DateTime] = maybe_instant()
    left_at: Optional[DateTime] = maybe_instant()


class Proxy(Model, table=True):
    """One seat is represented by another at one meeting."""

    __tablename__ = "meeting_proxy"
    __table_args__ = (UniqueConstraint("meeting_id", "from_seat"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    from_seat: str = Field(foreign_key="seat.id", max_length=32)
    to_seat: str = Field(foreign_key="seat.id", max_length=32)
    given_at: DateTime = instant()
    revoked_at: Optional[DateTime] = maybe_instant()


class ItemRecusal(Model, table=True):
    """A seat takes no part in an item, and why, as a class of reasons."""

    __tablename__ = "item_recusal"
    __table_args__ = (UniqueConstraint("item_id", "seat_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    item_id: str = Field(foreign_key="agenda_item.id", max_length=32)
    seat_id: str = Field(foreign_key="seat.id", max_length=32)
    reason: str = Field(default="interest", max_length=30)
    leaves_room: bool = False
    at: DateTime = instant()


class Note(Model, table=True):
    """Something noted in the meeting: a note, a speech, a point of order. Its text is sealed."""

    __tablename__ = "meeting_note"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    item_id: Optional[str] = Field(default=None, max_length=32, index=True)
    kind: str = Field(default="note", max_length=20)
    seat_id: Optional[str] = Field(default=None, max_length=32)
    name: str = Field(default="", max_length=200)
    text: str = Field(default="", max_length=32)
    key: str = Field(default="", max_length=64)
    at: DateTime = instant()
    began_at: Optional[DateTime] = maybe_instant()
    ended_at: Optional[DateTime] = maybe_instant()


class Motion(Model, table=True):
    """A motion, or an amendment to one. Its votes are a consultation; its result is declared."""

    __table_args__ = (states_only(MotionLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, index=True)
    item_id: str = Field(foreign_key="agenda_item.id", max_length=32, index=True)
    parent_id: Optional[str] = Field(default=None, max_length=32)
    number: int = 1
    kind: str = Field(default="motion", max_length=20)
    subject: str = Field(default="all", max_length=40)
    text: str = ""
    distance: int = 0
    mover: Optional[str] = Field(default=None, max_length=32)
    seconder: Optional[str] = Field(default=None, max_length=32)
    state: str = Field(default="moved", max_length=20)
    mode: str = Field(default="", max_length=20)
    consultation_id: Optional[str] = Field(default=None, max_length=32)
    votes: dict[str, Any] = json_column(dict)
    result: dict[str, Any] = json_column(dict)
    moved_at: DateTime = instant()
    declared_at: Optional[DateTime] = maybe_instant()
