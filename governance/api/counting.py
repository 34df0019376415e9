"""Counting a period: a computation, which keeps nothing and needs nobody to sign in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from governance.api.identity import TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Day, Instant
from governance.calendar.deadline import deadline

routes = APIRouter(tags=["calendar"])


class ToCount(Asked):
    """A period: from an event, or back from it with `before` or `backward`."""

    days: Annotated[int, Field(ge=1, le=36_600)] = Field(examples=[14])
    from_: date | None = Field(None, alias="from", examples=["2025-04-07"])
    before: date | None = None
    calendar: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = Field(
        "", description="A calendar of the organisation (lyon) or a country (FR, FRA)."
    )
    working: bool = Field(False, description="Count working days, not calendar days.")
    backward: bool = False


class Step(BaseModel):
    """One step of the working."""

    first: Day
    last: Day
    counted: bool
    numbers: list[int] | None
    because: str
    pattern: str
    article: str


class Counted(BaseModel):
    """The last day, the instant that binds, and the working."""

    period: dict[str, Any]
    start: str
    calendar: str
    zone: str
    first_day: Day
    last_day: Day = Field(description="Inclusive.")
    due_at: Instant = Field(description="Exclusive, in UTC.")
    articles: list[str]
    summary: str
    working: list[Step]


@routes.post("/deadline", operation_id="count_deadline", responses=problems(422))
def count_deadline(house: TheHouse, given: ToCount) -> Counted:
    """Count a period as Regulation (EEC, Euratom) 1182/71 does, with every step."""
    counted = deadline(
        days=given.days,
        from_=given.from_,
        before=given.before,
        calendar=given.calendar,
        working=given.working,
        backward=given.backward,
        known=house.calendars,
    )
    return Counted.model_validate(counted.as_json())
