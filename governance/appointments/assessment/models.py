"""Rows of assessment. Scores are answers of a consultation, and stand there alone."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.appointments.assessment.lifecycle import (
    AssessmentLifecycle,
    ExaminationLifecycle,
    PanelMemberLifecycle,
)
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Assessment(Model, table=True):
    """How the candidates of a case are assessed. `criteria` are fixed before names are known.

    `codes` (candidacy to code) stand in for names while `anonymous` is true.
    """

    __table_args__ = (states_only(AssessmentLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, unique=True)
    state: str = Field(default="fixed", max_length=20)
    criteria: list[dict[str, Any]] = json_column(list)
    fixed_at: DateTime = instant()
    fixed_by: Optional[str] = Field(default=None, max_length=32)
    anonymous: bool = False
    codes: dict[str, str] = json_column(dict)
    findings: list[dict[str, Any]] = json_column(list)
    composed_at: Optional[DateTime] = maybe_instant()
    ranking: dict[str, Any] = json_column(dict)
    recommended: list[str] = json_column(list)
    discussion: str = Field(default="", max_length=32)


class PanelMember(Model, table=True):
    """One seat on a panel. `relations` are what its holder declared: kinship, line of report."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("case_id", "person_id"), states_only(PanelMemberLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    role: str = Field(default="member", max_length=20)
    state: str = Field(default="named", max_length=20)
    outside: bool = False
    trained_on: Optional[date] = None
    relations: list[dict[str, str]] = json_column(list)
    replaces: Optional[str] = Field(default=None, max_length=32)
    because: str = Field(default="", max_length=32)
    named_at: DateTime = instant()
    declared_at: Optional[DateTime] = maybe_instant()
    left_at: Optional[DateTime] = maybe_instant()


class AssessmentMeeting(Model, table=True):
    """A written test or an interview. `uid` stays, `sequence` grows: calendars follow it."""

    __tablename__ = "assessment_meeting"
    __table_args__ = (states_only(ExaminationLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    candidacy_id: Optional[str] = Field(default=None, foreign_key="candidacy.id", max_length=32)
    kind: str = Field(max_length=20)
    state: str = Field(default="set", max_length=20)
    begins_at: DateTime = instant(index=True)
    ends_at: DateTime = instant()
    zone: str = Field(max_length=60)
    place: str = Field(default="", max_length=200)
    sequence: int = 0
    changed_at: DateTime = instant()
