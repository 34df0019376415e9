"""Vacant seats at the API: what is vacant, how it is filled, and one act that fills it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from governance.api.committees import ACTS, Key
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Done, Short
from governance.committees.ending import endings, tell_ending
from governance.committees.filling import Wanted
from governance.committees.queries import bodies, body_by_key
from governance.committees.vacancies import tell_vacancy
from governance.seats import body_to_fill, fill_seat, vacancies_for

routes = APIRouter(tags=["committees"])


class ToFill(Asked):
    """An appointment that is wanted for a vacant seat."""

    seat: Short = Field(examples=["legal"])
    wanted_on: date | None = None
    confirmed: dict[str, Short] = Field(
        default_factory=dict, examples=[{"funding_confirmed": "budget line 4.2"}]
    )


class SeatFilled(BaseModel):
    """The receipt of the act, and the case that was launched for it."""

    done: Done
    case: str = Field(examples=["INT-2026-0001"])


@routes.get("/vacancies", operation_id="list_vacancies", responses=problems(401, 422))
def list_vacancies(house: TheHouse, actor: SignedIn) -> list[dict[str, Any]]:
    """Seats that nobody holds, or soon nobody: how each is filled, until when, by which case."""
    with house.database.reading() as session:
        return [tell_vacancy(each) for each in vacancies_for(house, session, actor)]


@routes.post("/committees/{key}/filling", operation_id="fill_seat", responses=ACTS)
def fill(house: TheHouse, actor: SignedIn, key: Key, given: ToFill) -> SeatFilled:
    """Launch the appointment that fills a vacant seat; whoever is appointed sits by themselves."""
    with house.database.reading() as session:
        body = body_to_fill(session, actor, key, house.clock.now())
    wanted = Wanted(given.seat, given.wanted_on, dict(given.confirmed))
    filled = fill_seat(house, actor, body, wanted)
    return SeatFilled(done=Done.of(filled.receipt), case=filled.reference)


@routes.get("/terms", operation_id="list_terms", responses=problems(401, 404, 422))
def list_terms(
    house: TheHouse,
    actor: SignedIn,
    body: Annotated[str, Query(max_length=60, pattern=r"^[a-z0-9_-]*$")] = "",
    months: Annotated[int, Query(ge=1, le=600)] = 24,
) -> list[dict[str, Any]]:
    """What ends: terms of seats and offices, leave, mandates and milestones, the next first."""
    with house.database.reading() as session:
        now = house.clock.now()
        known = [body_by_key(session, actor, body, now)] if body else bodies(session, actor, now)
        return [tell_ending(each) for each in endings(session, known, now, months)]
