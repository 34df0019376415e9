"""Rows of signing in. Tokens and codes are kept as fingerprints only."""

from __future__ import annotations

from typing import Optional

from pendulum import DateTime
from sqlmodel import Field

from governance.database import new_id
from governance.record.models import Model, instant, maybe_instant


class SignIn(Model, table=True):
    """Somebody is signed in: until when, how surely, and for one invitation only where by link."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    token: str = Field(max_length=64, unique=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    invitation_id: Optional[str] = Field(default=None, max_length=32)
    at: DateTime = instant()
    fresh_until: DateTime = instant()
    until: DateTime = instant()
    ended_at: Optional[DateTime] = maybe_instant()


class Code(Model, table=True):
    """A one-time code on its way to a registered address."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: Optional[str] = Field(default=None, max_length=32)
    invitation_id: Optional[str] = Field(default=None, max_length=32)
    code: str = Field(max_length=64)
    until: DateTime = instant()
    tries: int = 0
    used_at: Optional[DateTime] = maybe_instant()
