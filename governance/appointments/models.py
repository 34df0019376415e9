"""Rows of appointments. The case is the file: whatever happens in it locks the case."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from governance.appointments.lifecycle import (
    ApplicationLifecycle,
    CallLifecycle,
    CandidacyLifecycle,
    CaseLifecycle,
    CheckLifecycle,
    RulingLifecycle,
)
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
    endorsed: list[str] = json_column(list)
    wanted_on: Optional[date] = None
    entry_on_duty: Optional[date] = None
    launched_by: str = Field(foreign_key="person.id", max_length=32)
    launched_at: DateTime = instant(index=True)
    ended_at: Optional[DateTime] = maybe_instant()


ONE_OF_THESE = text("state IN ('chosen', 'appointed')")


class Candidacy(Model, table=True):
    """One person in one case. Of one case, one candidate at most is chosen or appointed.

    `kind`: external, internal, seconded or from the roster. `came_by`: import, application or
    nomination. `held`: where the candidate stood when a review was opened anew.
    """

    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("ix_candidacy_case_id_state_came_at_id", "case_id", "state", "came_at", "id"),
        Index("ix_candidacy_state_came_at_id", "state", "came_at", "id"),
        Index(
            "uq_candidacy_one_chosen",
            "case_id",
            unique=True,
            sqlite_where=ONE_OF_THESE,
            postgresql_where=ONE_OF_THESE,
        ),
        states_only(CandidacyLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    state: str = Field(default="nominated", max_length=30)
    kind: str = Field(default="external", max_length=20)
    came_by: str = Field(default="import", max_length=20)
    held: str = Field(default="", max_length=30)
    conditions: str = Field(default="", max_length=32)
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
    stage: str = Field(default="", max_length=60)
    kind: str = Field(max_length=60)
    number: int = 1
    state: str = Field(default="ordered", max_length=20)
    answered_by: str = Field(default="officer", max_length=30)
    ordered_at: DateTime = instant()
    closed_at: Optional[DateTime] = maybe_instant()
    dated: Optional[date] = None
    valid_until: Optional[date] = Field(default=None, index=True)
    source: str = Field(default="", max_length=200)
    judged_by: Optional[str] = Field(default=None, max_length=32)
    note: str = Field(default="", max_length=32)
    condition: str = Field(default="", max_length=32)
    waived_because: str = Field(default="", max_length=32)
    told: str = Field(default="", max_length=32)
    comment: str = Field(default="", max_length=32)
    heard_at: Optional[DateTime] = maybe_instant()


class Ruling(Model, table=True):
    """What two people made of adverse findings; the texts are sealed under the candidacy."""

    __tablename__ = "vetting_ruling"
    __table_args__ = (UniqueConstraint("candidacy_id", "number"), states_only(RulingLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    number: int = 1
    state: str = Field(default="proposed", max_length=20)
    outcome: str = Field(max_length=30)
    reason: str = Field(max_length=60)
    text: str = Field(default="", max_length=32)
    conditions: str = Field(default="", max_length=32)
    proposed_by: str = Field(max_length=32)
    proposed_at: DateTime = instant()
    signed_by: Optional[str] = Field(default=None, max_length=32)
    signed_at: Optional[DateTime] = maybe_instant()
    requested_at: Optional[DateTime] = maybe_instant()
    request: str = Field(default="", max_length=32)
    reconsidered_by: Optional[str] = Field(default=None, max_length=32)
    reconsidered_at: Optional[DateTime] = maybe_instant()


class GateException(Model, table=True):
    """Checks that the rulebook's own exception procedure lets pass, asked and granted."""

    __tablename__ = "gate_exception"
    __table_args__ = (UniqueConstraint("candidacy_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    candidacy_id: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    number: int = 1
    kinds: list[str] = json_column(list)
    article: str = Field(max_length=300)
    text: str = Field(default="", max_length=32)
    asked_by: str = Field(max_length=32)
    asked_at: DateTime = instant()
    granted: Optional[bool] = None
    decided_by: Optional[str] = Field(default=None, max_length=32)
    decided_at: Optional[DateTime] = maybe_instant()


class Call(Model, table=True):
    """One call for candidacies to one post: when it is open, and what became of it."""

    __tablename__ = "appointment_call"
    __table_args__ = (UniqueConstraint("case_id", "round"), states_only(CallLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    round: int = 1
    state: str = Field(default="prepared", max_length=20, index=True)
    words: dict[str, Any] = json_column(dict)
    approved_by: Optional[str] = Field(default=None, max_length=32)
    opened_at: Optional[DateTime] = maybe_instant()
    closes_at: Optional[DateTime] = maybe_instant(index=True)
    closed_at: Optional[DateTime] = maybe_instant()
    changes: list[dict[str, Any]] = json_column(list)


class Application(Model, table=True):
    """What somebody writes on the public page; sealed until it is sent and a candidacy is made.

    The candidacy that comes of it has the same identifier, and its texts and files the same key.
    """

    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        Index("uq_application_token", "token", unique=True),
        states_only(ApplicationLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    state: str = Field(default="draft", max_length=20)
    language: str = Field(default="en", max_length=2)
    form: str = Field(default="", max_length=32)
    token: str = Field(max_length=64)
    privacy: str = Field(default="", max_length=60)
    consented_at: Optional[DateTime] = maybe_instant()
    began_at: DateTime = instant()
    saved_at: DateTime = instant()
    sent_at: Optional[DateTime] = maybe_instant()


class Evidence(Model, table=True):
    """A file of a candidacy, sealed under its key. What it is called is sealed with it."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    candidacy_id: str = Field(max_length=32, index=True)
    check_id: Optional[str] = Field(default=None, max_length=32, index=True)
    purpose: str = Field(max_length=40)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    name: str = Field(max_length=32)
    content: str = Field(max_length=32)
    given_by: str = Field(max_length=32)
    at: DateTime = instant()
    removed_at: Optional[DateTime] = maybe_instant()


class SamePerson(Model, table=True):
    """What a person has said of two candidacies that look like one person's. Nothing is merged."""

    __tablename__ = "same_person"
    __table_args__ = (UniqueConstraint("one", "other"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    one: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    other: str = Field(foreign_key="candidacy.id", max_length=32, index=True)
    is_same: bool
    note: str = Field(default="", max_length=32)
    said_by: str = Field(max_length=32)
    at: DateTime = instant()


class NationalBureau(Model, table=True):
    """Where a member's National Central Bureau is reached."""

    __tablename__ = "national_bureau"

    country: str = Field(primary_key=True, max_length=3)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    since: DateTime = instant()

    @property
    def id(self) -> str:
        """How its chain in the record is named."""
        return self.country


class ColumnNames(Model, table=True):
    """How the columns of somebody's files were named the last time: remembered, never guessed."""

    __tablename__ = "column_names"

    header: str = Field(primary_key=True, max_length=64)
    names: dict[str, str] = json_column(dict)
    said_by: str = Field(max_length=32)
    at: DateTime = instant()


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
