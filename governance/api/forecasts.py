"""Forecasts: of a post before launch, of a case at any time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Day, Texts
from governance.appointments.forecast.telling import Wanted, foresee
from governance.refusals import Reason, refuse

routes = APIRouter(tags=["forecast"])
Span = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}:\d{4}-\d{2}-\d{2}$")]


class ToForesee(Asked):
    """What to forecast."""

    of: Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")] = Field(
        description="A post of the rulebook, or a case's reference.",
        examples=["regional-director-abidjan"],
    )
    start: date | None = Field(None, description="The day of launch; empty: today. Posts only.")
    against: date | None = Field(None, description="What a launch on this day would change.")
    recess: list[Span] = Field(
        default_factory=list, max_length=20, examples=[["2026-12-21:2027-01-04"]]
    )


class Three(BaseModel):
    """One date in the three courses."""

    earliest: Day
    likely: Day
    latest: Day


class StageForecast(BaseModel):
    """One stage: when it begins and ends, and what decides that."""

    key: str
    title: Texts
    verb: str
    begins: Three
    ends: Three
    basis: str = Field(description="law, history, assumption or passed.")
    because: str
    critical: str = Field(description="What is waited for longest.")
    slack: dict[str, int] = Field(description="Working days that the others have to spare.")


class ForecastTold(BaseModel):
    """A forecast, with the critical path and the benchmark of 120 days."""

    post: str
    procedure: str
    case: str | None
    start: Day
    calendar: str
    stages: list[StageForecast]
    critical_path: list[dict[str, str]]
    posting: Three | None
    selection: Three | None
    ends: Three
    benchmark: dict[str, Any] | None
    past_cases: dict[str, int]
    recess: dict[str, Any] | None
    against: dict[str, Any] | None


@routes.get("/forecast", operation_id="forecast", responses=problems(401, 404, 422))
def forecast(
    house: TheHouse, actor: SignedIn, wanted: Annotated[ToForesee, Query()]
) -> ForecastTold:
    """When each stage will be over: earliest, likely, latest, on real calendars."""
    recess = [_days(each) for each in wanted.recess]
    asked = Wanted(wanted.of, wanted.start, recess, wanted.against)
    return ForecastTold.model_validate(foresee(house, actor, asked).as_json())


def _days(span: str) -> tuple[date, date]:
    first, _, last = span.partition(":")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise refuse(
            '"{text}" is no span of days',
            rule="recess_is_a_span",
            cure="Give its first and its last day, such as 2026-12-21:2027-01-04.",
            where="recess",
            reason=Reason.INPUT,
            text=span,
        ) from None
