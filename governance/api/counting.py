"""Counting a period: a computation, which keeps nothing and needs nobody to sign in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from governance.api.identity import TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Day, Instant
from governance.calendar.deadline import another, compared, deadline, moment

routes = APIRouter(tags=["calendar"])


Amount = Annotated[int, Field(ge=0, le=36_600)]
Name = Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]
InWords = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]


class ToCount(Asked):
    """A period in exactly one unit: from an event, or back from it with `before` or `backward`."""

    days: Amount = Field(0, examples=[14])
    hours: Amount = 0
    weeks: Amount = 0
    months: Amount = 0
    years: Amount = 0
    from_: Name = Field("", alias="from", examples=["2025-04-07", "2026-11-23T10:00+01:00"])
    before: Name = ""
    calendar: Name = Field(
        "", description="A calendar of the organisation (lyon) or a country (FR, FRA)."
    )
    working: bool = Field(False, description="Count working days, not calendar days.")
    backward: bool = False
    at: Name = Field("", description="When the last day ends; empty: 24:00.", examples=["17:00"])
    zone: Name = Field("", description="Whose time of day.", examples=["Europe/Paris"])
    roll: bool = Field(True, description="A last day that is not worked moves to the next one.")
    earlier_of: list[InWords] = Field(
        default_factory=list, max_length=10, examples=[["3 working days before 2026-12-04"]]
    )
    later_of: list[InWords] = Field(default_factory=list, max_length=10)


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
    compared: str | None = Field(None, description="earlier_of, later_of, or null.")
    others: list[Counted] = Field(default_factory=list)


@routes.post("/deadline", operation_id="count_deadline", responses=problems(422))
def count_deadline(house: TheHouse, given: ToCount) -> Counted:
    """Count a period as Regulation (EEC, Euratom) 1182/71 does, with every step."""
    known = house.calendars
    start = moment(given.from_, "from") if given.from_ else None
    end = moment(given.before, "before") if given.before else None
    counted = deadline(
        days=given.days,
        hours=given.hours,
        weeks=given.weeks,
        months=given.months,
        years=given.years,
        from_=start,
        before=end,
        calendar=given.calendar,
        working=given.working,
        backward=given.backward,
        at=given.at,
        zone=given.zone,
        roll=given.roll,
        known=known,
    )
    own = start if start is not None else end
    found = compared(
        counted,
        earlier=tuple(another(each, own, given.calendar, known) for each in given.earlier_of),
        later=tuple(another(each, own, given.calendar, known) for each in given.later_of),
    )
    return Counted.model_validate(found.as_json())
