"""Rows about people. Names and addresses stand in clear here alone; erasure blanks them."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.database import new_id
from governance.record.models import Model, instant, json_column, maybe_instant


class Person(Model, table=True):
    """Somebody who acts, is asked, or is a candidate."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    family_name: str = Field(max_length=120)
    given_names: str = Field(default="", max_length=120)
    email: str = Field(max_length=254, index=True, unique=True)
    language: str = Field(default="en", max_length=2)
    sex: Optional[str] = Field(default=None, max_length=1)
    birth_date: Optional[date] = None
    nationality: Optional[str] = Field(default=None, max_length=3)
    duty_station: str = Field(default="lyon", max_length=40)

    @property
    def name(self) -> str:
        """As people are called: given names, then family name."""
        return f"{self.given_names} {self.family_name}".strip()


class Holding(Model, table=True):
    """Who holds an office, from when to when (the end is exclusive)."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    office: str = Field(max_length=60, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()
    facts: dict[str, Any] = json_column(dict)


class Grant(Model, table=True):
    """A role in this installation, such as HR officer."""

    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    role: str = Field(max_length=40)
