"""Rows of acts for many candidates."""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlmodel import Field

from governance.appointments.together.lifecycle import TogetherLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant


class ActTogether(Model, table=True):
    """One act for many candidates of a case, before and after it takes effect.

    `given`: what was asked for, without the reason, which is sealed; `found`: why it could not be
    done, where it could not.
    """

    __tablename__ = "act_together"
    __table_args__ = (states_only(TogetherLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    case_id: str = Field(foreign_key="appointment_case.id", max_length=32, index=True)
    act: str = Field(max_length=20)
    state: str = Field(default="waiting", max_length=20)
    candidacies: list[str] = json_column(list)
    given: dict[str, Any] = json_column(dict)
    reason: str = Field(default="", max_length=32)
    ordered_by: str = Field(foreign_key="person.id", max_length=32)
    ordered_at: DateTime = instant()
    due_at: DateTime = instant()
    ended_at: Optional[DateTime] = maybe_instant()
    found: list[dict[str, Any]] = json_column(list)
