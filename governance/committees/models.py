"""Rows of a body: its mandate, seats, and who held them when. Role, seat, right, presence apart.

Whatever changes the body locks the committee. Spans are half-open: `until` is the first instant
at which a fact no longer holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.committees.lifecycle import (
    CommitteeLifecycle,
    FillingLifecycle,
    SeatLifecycle,
)
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant, maybe_json


class Committee(Model, table=True):
    """A body. `rules` are its own rules of procedure; empty: those of its parent."""

    __table_args__ = (states_only(CommitteeLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    key: str = Field(max_length=60, unique=True)
    title: dict[str, str] = json_column(dict)
    kind: str = Field(default="committee", max_length=30)
    parent_id: Optional[str] = Field(default=None, foreign_key="committee.id", max_length=32)
    state: str = Field(default="idea", max_length=20, index=True)
    zone: str = Field(default="UTC", max_length=60)
    calendar: str = Field(default="", max_length=40)
    languages: list[str] = json_column(list)
    rules: dict[str, Any] = json_column(dict)
    rules_version: str = Field(default="", max_length=64)
    access: str = Field(default="restricted", max_length=20)
    created_at: DateTime = instant()
    sunset_on: Optional[date] = None
    last_met_at: Optional[DateTime] = maybe_instant()
    ended_at: Optional[DateTime] = maybe_instant()
    replaced_by: Optional[str] = Field(default=None, max_length=32)
    facts: dict[str, Any] = json_column(dict)


class Mandate(Model, table=True):
    """One version of what a body is for, approved by its parent. The newest approved one holds."""

    __tablename__ = "committee_mandate"
    __table_args__ = (UniqueConstraint("committee_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    version: int = 1
    text: dict[str, str] = json_column(dict)
    milestones: list[dict[str, Any]] = json_column(list)
    proposed_at: DateTime = instant()
    approved_at: Optional[DateTime] = maybe_instant()
    approved_by: str = Field(default="", max_length=200)
    since: Optional[date] = None
    sunset_on: Optional[date] = None
    because: str = Field(default="", max_length=400)


class Seat(Model, table=True):
    """A place in a body, whoever sits on it. `capacity`: member, observer or adviser."""

    __table_args__ = (UniqueConstraint("committee_id", "key"), states_only(SeatLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    key: str = Field(max_length=60)
    title: dict[str, str] = json_column(dict)
    capacity: str = Field(default="member", max_length=20)
    votes: int = 1
    office: str = Field(default="", max_length=60)
    represents: str = Field(default="", max_length=120)
    post: str = Field(default="", max_length=60)
    state: str = Field(default="vacant", max_length=20, index=True)
    position: int = 0
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()


class Sitting(Model, table=True):
    """Somebody on a seat, from when to when: as holder, alternate or adviser."""

    __tablename__ = "committee_sitting"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    seat_id: str = Field(foreign_key="seat.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    role: str = Field(default="holder", max_length=20)
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()
    term_until: Optional[date] = Field(default=None, index=True)
    term: int = 1
    holding_over: bool = False
    came_by: str = Field(default="", max_length=200)
    ended_because: str = Field(default="", max_length=200)


class Filling(Model, table=True):
    """A vacant seat for which an appointment is wanted: the case there, who came of it here.

    `case_id` is a case of the appointments, of which this domain knows nothing but its name.
    `entry` is the act by which the appointment was asked for, which the case cites.
    """

    __tablename__ = "seat_filling"
    __table_args__ = (states_only(FillingLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    seat_id: str = Field(foreign_key="seat.id", max_length=32, index=True)
    post: str = Field(max_length=60)
    article: str = Field(default="", max_length=300)
    state: str = Field(default="wanted", max_length=20, index=True)
    asked_by: str = Field(foreign_key="person.id", max_length=32)
    asked_at: DateTime = instant()
    wanted_on: Optional[date] = None
    vacant_from: Optional[DateTime] = maybe_instant()
    confirmed: dict[str, str] = json_column(dict)
    case_id: Optional[str] = Field(default=None, max_length=32, index=True)
    reference: str = Field(default="", max_length=30)
    sitting_id: Optional[str] = Field(default=None, max_length=32)
    because: str = Field(default="", max_length=1000)
    entry: str = Field(default="", max_length=64)


class Leave(Model, table=True):
    """A seat is on leave, from when to when, accepted by whom and why."""

    __tablename__ = "committee_leave"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    seat_id: str = Field(foreign_key="seat.id", max_length=32, index=True)
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()
    because: str = Field(default="", max_length=200)


class VotingRight(Model, table=True):
    """A change of a seat's right to vote, with its instant, its reason and the rule's working."""

    __tablename__ = "committee_voting_right"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    seat_id: str = Field(foreign_key="seat.id", max_length=32, index=True)
    at: DateTime = instant()
    has_right: bool = True
    reason: str = Field(default="", max_length=40)
    article: str = Field(default="", max_length=300)
    working: list[dict[str, Any]] = json_column(list)


class Officer(Model, table=True):
    """Who holds an office of the body, such as chair; `rank` is the order of succession."""

    __tablename__ = "committee_officer"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    office: str = Field(max_length=40)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    rank: int = 0
    acting: bool = False
    term: int = 1
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()
    term_until: Optional[date] = Field(default=None, index=True)


class LogLine(Model, table=True):
    """A line of a body's situation log; its text is sealed under the body's file."""

    __tablename__ = "committee_log"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    at: DateTime = instant()
    by: Optional[str] = Field(default=None, max_length=32)
    kind: str = Field(default="note", max_length=20)
    text: str = Field(default="", max_length=32)
    facts: Optional[dict[str, Any]] = maybe_json()


class Reading(Model, table=True):
    """Somebody is to read a message of the log, and when they did."""

    __tablename__ = "committee_reading"
    __table_args__ = (UniqueConstraint("line_id", "person_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    line_id: str = Field(foreign_key="committee_log.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    read_at: Optional[DateTime] = maybe_instant()
