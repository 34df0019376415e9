"""Rows of what follows a decision: offers, rosters, services and what is due in them, pauses."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.appointments.service.lifecycle import (
    OfferLifecycle,
    RosterLifecycle,
    ServiceLifecycle,
)
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Offer(Model, table=True):
    """One offer of a post to one candidate.

    `live_post` is the post while the offer is good. It is unique, so that the database itself
    holds no second good offer for one post.
    """

    __table_args__ = (UniqueConstraint("case_id", "number"), states_only(OfferLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    number: int = 1
    state: str = Field(default="made", max_length=20)
    live_post: Optional[str] = Field(default=None, max_length=60, unique=True)
    conditions: list[dict[str, Any]] = json_column(list)
    made_at: DateTime = instant()
    due_at: Optional[DateTime] = maybe_instant()
    decided_at: Optional[DateTime] = maybe_instant()


class RosterPlace(Model, table=True):
    """Somebody who was found suitable and not appointed, and may be drawn until a day."""

    __tablename__ = "roster_place"
    __table_args__ = (states_only(RosterLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, unique=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    post: str = Field(max_length=60, index=True)
    grade: str = Field(max_length=12, index=True)
    state: str = Field(default="listed", max_length=20)
    since: date
    until: date
    renewed: int = 0
    used_in: Optional[str] = Field(default=None, max_length=32)
    because: str = Field(default="", max_length=32)


class Service(Model, table=True):
    """Somebody's time in an office: `kind` is regular, acting or interim."""

    __table_args__ = (UniqueConstraint("candidacy_id"), states_only(ServiceLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    reference: str = Field(max_length=30, unique=True)
    kind: str = Field(default="regular", max_length=10)
    case_id: Optional[str] = Field(
        default=None, foreign_key="appointment_case.id", max_length=32, index=True
    )
    candidacy_id: Optional[str] = Field(default=None, foreign_key="candidacy.id", max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    office: str = Field(max_length=60, index=True)
    post: str = Field(default="", max_length=60)
    law: str = Field(max_length=64)
    state: str = Field(default="expected", max_length=20, index=True)
    begins_on: date
    ends_on: Optional[date] = None
    cap_on: Optional[date] = None
    oath_on: Optional[date] = None
    probation_until: Optional[date] = None
    prolonged: int = 0
    extended: int = 0
    entered_at: Optional[DateTime] = maybe_instant()
    ended_at: Optional[DateTime] = maybe_instant()
    ratified_at: Optional[DateTime] = maybe_instant()
    holding_id: Optional[str] = Field(default=None, max_length=32)
    because: str = Field(default="", max_length=32)
    end_reason: str = Field(default="", max_length=40)


class ServiceTask(Model, table=True):
    """Something due in a service: a training, a paper to sign, a review of the probation."""

    __tablename__ = "service_task"
    __table_args__ = (UniqueConstraint("service_id", "key"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    service_id: str = Field(foreign_key="service.id", max_length=32, index=True)
    kind: str = Field(max_length=20)
    key: str = Field(max_length=60)
    title: dict[str, str] = json_column(dict)
    due_on: Optional[date] = None
    done_at: Optional[DateTime] = maybe_instant()
    done_by: Optional[str] = Field(default=None, max_length=32)
    result: str = Field(default="", max_length=20)
    note: str = Field(default="", max_length=32)


class CasePause(Model, table=True):
    """A case that stands still for a reason; on resuming its deadlines moved by as much."""

    __tablename__ = "case_pause"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    number: int = 1
    paused_at: DateTime = instant()
    paused_by: str = Field(max_length=32)
    reason: str = Field(default="", max_length=32)
    resumed_at: Optional[DateTime] = maybe_instant()
    moved: list[dict[str, Any]] = json_column(list)
