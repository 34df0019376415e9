"""Rows of minutes: their versions, and the findings waived.

The corrections asked for are the proposals of the question with which the minutes circulate.
"""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class Minutes(Model, table=True):
    """The minutes of one meeting. `version` is the newest text; what is adopted stays."""

    __table_args__ = (states_only(MinutesLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=32, unique=True)
    committee_id: str = Field(foreign_key="committee.id", max_length=32, index=True)
    state: str = Field(default="due", max_length=20, index=True)
    version: int = 0
    round: int = 0
    circulated_at: Optional[DateTime] = maybe_instant()
    window_closes_at: Optional[DateTime] = maybe_instant()
    consultation_id: Optional[str] = Field(default=None, max_length=32)
    adopted_at: Optional[DateTime] = maybe_instant()
    adopted_how: str = Field(default="", max_length=20)
    adopted_version: int = 0
    certificate: dict[str, Any] = json_column(dict)
    signatures: list[dict[str, Any]] = json_column(list)
    published_at: Optional[DateTime] = maybe_instant()


class MinutesText(Model, table=True):
    """One version of the text, as blocks of plain data; never changed after it is written.

    Blocks of closed items carry `access`; the public edition leaves them out.
    """

    __tablename__ = "minutes_text"
    __table_args__ = (UniqueConstraint("minutes_id", "version", "edition"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    minutes_id: str = Field(foreign_key="minutes.id", max_length=32, index=True)
    version: int = 1
    edition: str = Field(default="full", max_length=20)
    blocks: list[dict[str, Any]] = json_column(list)
    sha256: str = Field(max_length=64)
    at: DateTime = instant()
    by: Optional[str] = Field(default=None, max_length=32)
    because: str = Field(default="", max_length=400)


class Waiver(Model, table=True):
    """A finding of the check that is let stand, by whom and why."""

    __tablename__ = "minutes_waiver"
    __table_args__ = (UniqueConstraint("minutes_id", "finding"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    minutes_id: str = Field(foreign_key="minutes.id", max_length=32, index=True)
    finding: str = Field(max_length=64)
    rule: str = Field(max_length=60)
    because: str = Field(max_length=400)
    by: Optional[str] = Field(default=None, max_length=32)
    at: DateTime = instant()


class Corrigendum(Model, table=True):
    """What is wrong in adopted minutes, and how it reads rightly; the text itself stays."""

    __table_args__ = (UniqueConstraint("minutes_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    minutes_id: str = Field(foreign_key="minutes.id", max_length=32, index=True)
    number: int = 1
    block: str = Field(max_length=60)
    reads: str
    should_read: str
    decision: str = Field(default="", max_length=60)
    issued_at: DateTime = instant()
