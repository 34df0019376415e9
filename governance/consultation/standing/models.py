"""Rows beside an invitation: ways in for others, delegation, information, recusal, drafts."""

from __future__ import annotations

from typing import Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.consultation.standing.lifecycle import InformationLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Way(Model, table=True):
    """A link to one question for one person beside whoever was invited, and in which part.

    `part`: successor, substitute, delegate, assistant, or informant (asked for information).
    """

    __table_args__ = (UniqueConstraint("invitation_id", "person_id", "part"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    part: str = Field(max_length=20)
    token: str = Field(max_length=64, unique=True)
    made_at: DateTime = instant()


class Delegation(Model, table=True):
    """Whoever is asked has handed one question to a named person: once, and not further."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, unique=True)
    by_id: str = Field(foreign_key="person.id", max_length=32)
    to_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    text: str = Field(default="", max_length=32)
    at: DateTime = instant()
    taken_back_at: Optional[DateTime] = maybe_instant()


class Information(Model, table=True):
    """Something that somebody wants to know before they answer, and what they were told."""

    __table_args__ = (states_only(InformationLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, index=True)
    by_id: str = Field(foreign_key="person.id", max_length=32)
    of_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    state: str = Field(default="asked", max_length=20)
    question: str = Field(max_length=32)
    answer: str = Field(default="", max_length=32)
    asked_at: DateTime = instant()
    due_at: Optional[DateTime] = maybe_instant()
    answered_at: Optional[DateTime] = maybe_instant()


class Recusal(Model, table=True):
    """Somebody asked steps back from one question, by their own word or because a rule found it."""

    __table_args__ = (UniqueConstraint("consultation_id", "person_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    invitation_id: Optional[str] = Field(
        default=None, foreign_key="invitation.id", max_length=32, index=True
    )
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    ground: str = Field(max_length=20)
    text: str = Field(default="", max_length=32)
    at: DateTime = instant()


class Draft(Model, table=True):
    """What an assistant has prepared for an office: an answer that its holder may send, a note."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, unique=True)
    by_id: str = Field(foreign_key="person.id", max_length=32)
    position: str = Field(default="", max_length=40)
    chosen: list[str] = json_column(list)
    text: str = Field(default="", max_length=32)
    note: str = Field(default="", max_length=32)
    content_version: int = 1
    at: DateTime = instant()
