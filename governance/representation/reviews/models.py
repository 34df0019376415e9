"""Rows of reviews, and of the groups of states that an administrator has set."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlmodel import Field

from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant
from governance.representation.reviews.lifecycle import ReviewLifecycle


class Review(Model, table=True):
    """One review of a body's composition: what was judged, what came of it, who answered for it.

    `members` and `verdict` are plain data of the last computation; `answered` says who justified or
    waived, and holds the commitments of what they wrote. `line` is the line of the body's rules on
    reviews that it follows; empty: it was opened by hand.
    """

    __tablename__ = "composition_review"
    __table_args__ = (states_only(ReviewLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    body: str = Field(max_length=60, index=True)
    owner: str = Field(default="", max_length=80, index=True)
    state: str = Field(default="due", max_length=20, index=True)
    due_on: date
    judged_on: Optional[date] = None
    members: list[Any] = json_column(list)
    verdict: dict[str, Any] = json_column(dict)
    answered: dict[str, Any] = json_column(dict)
    opened_by: Optional[str] = Field(default=None, max_length=32)
    opened_at: DateTime = instant(index=True)
    decided_at: Optional[DateTime] = maybe_instant()
    line: str = Field(default="", max_length=60)
    answer_by: Optional[date] = None


class SchemeTable(Model, table=True):
    """A table of groups as it was set; the newest of a key is in force."""

    __tablename__ = "scheme_table"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    scheme: str = Field(max_length=60, index=True)
    content: str
    set_by: Optional[str] = Field(default=None, max_length=32)
    set_at: DateTime = instant(index=True)
