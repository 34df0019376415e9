"""Rows of appointments. The case is the file: whatever happens in it locks the case."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle, CheckLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Case(Model, table=True):
    """One appointment, on one procedure, under the law as it stood when it was launched."""

    __tablename__ = "appointment_case"
    __table_args__ = (states_only(CaseLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    reference: str = Field(max_length=30, unique=True)
    procedure: str = Field(max_length=60)
    post: str = Field(max_length=60, index=True)
    law: str = Field(max_length=64)
    state: str = Field(default="running", max_length=20, index=True)
    stage: str = Field(max_length=60)
    stage_since: DateTime = instant()
    rounds: dict[str, int] = json_column(dict)
    passed: dict[str, str] = json_column(dict)
    needs: dict[str, Any] = json_column(dict)
    verdicts: dict[str, Any] = json_column(dict)
    justified: dict[str, Any] = json_column(dict)
    chosen: Optional[str] = Field(default=None, max_length=32)
    wanted_on: Optional[date] = None
    entry_on_duty: Optional[date] = None
    launched_by: str = Field(foreign_key="person.id", max_length=32)
    launched_at: DateTime = instant(index=True)
    ended_at: Optional[DateTime] = maybe_instant()


class Candidacy(Model, table=True):
    """One person in one case."""

    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("ix_candidacy_case_id_state_came_at_id", "case_id", "state", "came_at", "id"),
        Index("ix_candidacy_state_came_at_id", "state", "came_at", "id"),
        states_only(CandidacyLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    state: str = Field(default="nominated", max_length=20)
    facts: dict[str, Any] = json_column(dict)
    findings: list[dict[str, Any]] = json_column(list)
    came_at: DateTime = instant()


class Check(Model, table=True):
    """One check of one candidacy."""

    __tablename__ = "vetting_check"
    __table_args__ = (
        UniqueConstraint("candidacy_id", "kind", "number"),
        states_only(CheckLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    kind: str = Field(max_length=60)
    number: int = 1
    state: str = Field(default="ordered", max_length=20)
    ordered_at: DateTime = instant()
    closed_at: Optional[DateTime] = maybe_instant()
    valid_until: Optional[date] = None
    source: str = Field(default="", max_length=200)
    judged_by: Optional[str] = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=32)


class Document(Model, table=True):
    """An issued document. Its bytes never change; something newer supersedes it."""

    __table_args__ = (UniqueConstraint("case_id", "candidacy_id", "kind", "language", "round"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    kind: str = Field(max_length=40)
    language: str = Field(max_length=2)
    round: int = 1
    number: str = Field(max_length=60, index=True)
    issued_at: DateTime = instant()
    html: str
    pdf: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=64)
    provenance: dict[str, Any] = json_column(dict)


class Task(Model, table=True):
    """Something to be done before entry on duty."""

    __tablename__ = "induction_task"
    __table_args__ = (UniqueConstraint("case_id", "key"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    key: str = Field(max_length=60)
    title: dict[str, str] = json_column(dict)
    due_on: Optional[date] = None
    done_at: Optional[DateTime] = maybe_instant()
    done_by: Optional[str] = Field(default=None, max_length=32)
