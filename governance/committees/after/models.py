"""Rows of what follows: decisions with their numbers, and actions with their owners."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.committees.after.lifecycle import ActionLifecycle, DecisionLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Decision(Model, table=True):
    """A decision of a body. Its number never changes; the aliases are other names for it."""

    __table_args__ = (UniqueConstraint("committee_id", "number"), states_only(DecisionLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    meeting_id: Optional[str] = Field(default=None, foreign_key="meeting.id", max_length=32)
    item_id: Optional[str] = Field(default=None, max_length=32)
    motion_id: Optional[str] = Field(default=None, max_length=32, unique=True)
    consultation_id: Optional[str] = Field(default=None, max_length=32)
    number: str = Field(max_length=60)
    aliases: list[str] = json_column(list)
    title: str = Field(default="", max_length=300)
    text: str = ""
    access: str = Field(default="open", max_length=20)
    how: str = Field(default="", max_length=30)
    rule: dict[str, Any] = json_column(dict)
    outcome: dict[str, Any] = json_column(dict)
    state: str = Field(default="recorded", max_length=20, index=True)
    taken_at: DateTime = instant()
    effective_on: Optional[date] = None
    expires_on: Optional[date] = None
    confirm_by: Optional[DateTime] = maybe_instant()
    confirmed_at: Optional[DateTime] = maybe_instant()
    supersedes: str = Field(default="", max_length=60)
    superseded_by: str = Field(default="", max_length=60)
    ended_at: Optional[DateTime] = maybe_instant()


class Action(Model, table=True):
    """Something that somebody must do because of a decision. It stays open across meetings."""

    __tablename__ = "committee_action"
    __table_args__ = (UniqueConstraint("committee_id", "number"), states_only(ActionLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    meeting_id: Optional[str] = Field(default=None, max_length=32)
    item_id: Optional[str] = Field(default=None, max_length=32)
    decision_id: Optional[str] = Field(default=None, max_length=32, index=True)
    number: int = 1
    text: str = Field(max_length=1000)
    owner_id: Optional[str] = Field(default=None, max_length=32, index=True)
    owner_name: str = Field(default="", max_length=200)
    due_on: Optional[date] = None
    first_due_on: Optional[date] = None
    extensions: int = 0
    state: str = Field(default="opened", max_length=20, index=True)
    progress: str = Field(default="", max_length=1000)
    opened_at: DateTime = instant()
    ended_at: Optional[DateTime] = maybe_instant()
