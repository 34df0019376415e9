"""Rows of consultations: the question, who is asked, every version of every answer."""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.consultation.lifecycle import ConsultationLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant, maybe_json


class Consultation(Model, table=True):
    """One question. Its owner is opaque: closing it marks that owner as due, nothing more."""

    __table_args__ = (
        UniqueConstraint("owner_kind", "owner_id", "step_key", "round"),
        states_only(ConsultationLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    owner_kind: str = Field(max_length=40)
    owner_id: str = Field(max_length=32, index=True)
    step_key: str = Field(max_length=60)
    round: int = 1
    reference: str = Field(max_length=60)
    question: dict[str, Any] = json_column(dict)
    asked_by: Optional[str] = Field(default=None, max_length=32)
    rule: dict[str, Any] = json_column(dict)
    level: str = Field(default="session", max_length=10)
    content: dict[str, Any] = json_column(dict)
    content_version: int = 1
    state: str = Field(default="open", max_length=20, index=True)
    opened_at: DateTime = instant()
    closed_at: Optional[DateTime] = maybe_instant()
    outcome: Optional[dict[str, Any]] = maybe_json()
    because: str = Field(default="", max_length=64)
    closing_entry: str = Field(default="", max_length=64)


class Invitation(Model, table=True):
    """One person asked, in one capacity. The window begins when the notice was handed over.

    Where the capacity is an office, the question is the office's: `standing/` says who may answer
    it now. Whoever has recused themselves is out of the roll; `unreached` says why a notice that
    was handed over did not arrive after all.
    """

    __table_args__ = (UniqueConstraint("consultation_id", "person_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    capacity: str = Field(default="", max_length=60)
    calendar: str = Field(default="", max_length=40)
    token: str = Field(max_length=64, unique=True)
    invited_at: DateTime = instant()
    handed_over_at: Optional[DateTime] = maybe_instant()
    due_at: Optional[DateTime] = maybe_instant()
    last_day: str = Field(default="", max_length=10)
    working: dict[str, Any] = json_column(dict)
    alternates: list[str] = json_column(list)
    recused_at: Optional[DateTime] = maybe_instant()
    unreached: str = Field(default="", max_length=200)


class Answer(Model, table=True):
    """One version of one answer. The newest counts; the older ones are kept.

    `by_id` is who gave it, `standing` by which right: `{"kind": "substitute", "for": …}`.
    """

    __table_args__ = (UniqueConstraint("invitation_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, index=True)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    version: int = 1
    position: str = Field(max_length=40)
    chosen: list[str] = json_column(list)
    text: str = Field(default="", max_length=32)
    content_version: int = 1
    at: DateTime = instant()
    entry: str = Field(default="", max_length=64)
    by_id: Optional[str] = Field(default=None, max_length=32)
    standing: dict[str, Any] = json_column(dict)
