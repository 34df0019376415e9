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
    left_at: Optional[DateTime] = maybe_instant()

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


class Absence(Model, table=True):
    """Somebody is away for a period (the end is exclusive), and who acts for them meanwhile.

    `scope`: offices and references of cases that the substitution reaches; empty: every office.
    `uid` tells an imported absence apart, so that a second import changes it and adds nothing.
    """

    __table_args__ = (UniqueConstraint("person_id", "uid"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    since: DateTime = instant()
    until: DateTime = instant(index=True)
    substitute_id: Optional[str] = Field(
        default=None, foreign_key="person.id", max_length=32, index=True
    )
    scope: list[str] = json_column(list)
    instrument: str = Field(default="", max_length=200)
    source: str = Field(default="person", max_length=20)
    uid: str = Field(max_length=200)
    made_at: DateTime = instant()
    made_by: Optional[str] = Field(default=None, max_length=32)
    cancelled_at: Optional[DateTime] = maybe_instant()


class Tie(Model, table=True):
    """Two persons who are family, or of whom the first reports to the second."""

    __table_args__ = (UniqueConstraint("person_id", "other_id", "kind"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    other_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    kind: str = Field(max_length=20)
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()


class Assistance(Model, table=True):
    """Who prepares and annotates for an office, and never decides, from when to when."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    office: str = Field(max_length=60, index=True)
    since: DateTime = instant()
    until: Optional[DateTime] = maybe_instant()
    made_by: Optional[str] = Field(default=None, max_length=32)


class Preference(Model, table=True):
    """How somebody wants to be told. Quiet hours and the digest's hour are in their own zone."""

    person_id: str = Field(foreign_key="person.id", primary_key=True, max_length=32)
    zone: str = Field(default="", max_length=60)
    channels: list[str] = json_column(list)
    digest_at: str = Field(default="", max_length=5)
    quiet_from: str = Field(default="", max_length=5)
    quiet_until: str = Field(default="", max_length=5)
    calendar: int = 0
    changed_at: DateTime = instant()


class Reach(Model, table=True):
    """Where a channel beside mail reaches somebody; the address is kept sealed."""

    __table_args__ = (UniqueConstraint("person_id", "channel"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    channel: str = Field(max_length=20)
    address: str = Field(max_length=32)
    changed_at: DateTime = instant()


class Bounce(Model, table=True):
    """A notice came back: whom it never reached, and why."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    notice: str = Field(max_length=160, unique=True)
    subject_kind: str = Field(max_length=40)
    subject_id: str = Field(max_length=32, index=True)
    because: str = Field(max_length=200)
    at: DateTime = instant()
    settled_at: Optional[DateTime] = maybe_instant()
