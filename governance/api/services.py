"""What follows a decision, at the API: offers, services from entry to end, roster, acting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, status
from pydantic import Field, StringConstraints

from governance.acts import Verb, perform
from governance.api.given import ToAct, acted, filled
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Done, IdInPath, Reference
from governance.appointments.queries import case_by_reference
from governance.appointments.service import engaging, lasting, rosters
from governance.appointments.service.acting import BEGIN_ACTING, Acting
from governance.appointments.service.models import RosterPlace, Service
from governance.appointments.service.telling import (
    find_service,
    place_of,
    tell_next,
    tell_offers,
    tell_roster,
    tell_service,
    tell_services,
)

routes = APIRouter(tags=["services"])
SEEN = problems(401, 403, 404, 422)
ACTS = problems(401, 403, 404, 409, 422)

Number = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9-]+$", examples=["SV-2026-0001"])]
ServiceAct = Literal[
    "confirm", "enter", "extend", "fall_through", "oath", "prolong_probation", "separate", "task"
]
SERVICE_ACTS: Mapping[str, tuple[Verb[Service, Any], type | None]] = {
    "confirm": (lasting.CONFIRM, None),
    "enter": (engaging.ENTER, engaging.Entered),
    "extend": (lasting.EXTEND, lasting.Longer),
    "fall_through": (engaging.FALL_THROUGH, engaging.Because),
    "oath": (engaging.OATH, engaging.Sworn),
    "prolong_probation": (lasting.PROLONG, engaging.Because),
    "separate": (lasting.SEPARATE, engaging.Because),
    "task": (lasting.TASK, lasting.TaskDone),
}
PlaceAct = Literal["remove", "renew"]
PLACE_ACTS: Mapping[str, tuple[Verb[RosterPlace, Any], type | None]] = {
    "remove": (rosters.REMOVE, rosters.GivenUp),
    "renew": (rosters.RENEW, None),
}


class Filter(Asked):
    """Which services to list."""

    state: Literal["", "expected", "probation", "serving", "ended", "fallen_through"] = ""
    kind: Literal["", "regular", "acting", "interim"] = ""
    older_than: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Z0-9-]*$")] = Field(
        "", description="A reference: the page of those before it."
    )


class Listed(Asked):
    """Which places on the roster to list."""

    state: Literal["listed", "used", "expired", "removed"] = "listed"
    grade: Annotated[str, StringConstraints(max_length=12, pattern=r"^[A-Za-z0-9-]*$")] = ""


class Into(Asked):
    """The case into which somebody is drawn."""

    case: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9-]+$")]


@routes.get("/appointments/{reference}/offers", operation_id="offers", responses=SEEN)
def offers(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """The offers of a case with their conditions, and who is next. For HR and audit."""
    return {
        "offers": tell_offers(house, actor, reference),
        "next_on_list": tell_next(house, actor, reference),
    }


@routes.get("/services", operation_id="services", responses=problems(401, 422))
def services(
    house: TheHouse, actor: SignedIn, wanted: Annotated[Filter, Query()]
) -> dict[str, Any]:
    """Who serves in which office, the newest first; of others than HR and audit, their own."""
    return {"services": tell_services(house, actor, **wanted.model_dump())}


@routes.get("/services/{number}", operation_id="show_service", responses=SEEN)
def show_service(house: TheHouse, actor: SignedIn, number: Number) -> dict[str, Any]:
    """One service: dates, plan, what may be done now and what stands in its way."""
    return tell_service(house, actor, number)


@routes.post("/services/{number}/acts/{act}", operation_id="act_on_service", responses=ACTS)
def act_on_service(
    house: TheHouse, actor: SignedIn, number: Number, act: ServiceAct, given: ToAct
) -> Done:
    """Oath, entry on duty, tasks and reviews, confirmation, extension, end."""
    with house.database.reading() as session:
        found = find_service(session, actor, number)
    return acted(house, actor, SERVICE_ACTS[act], found.id, given)


@routes.post(
    "/services", operation_id="begin_acting", status_code=status.HTTP_201_CREATED, responses=ACTS
)
def begin_acting(house: TheHouse, actor: SignedIn, given: ToAct) -> Done:
    """Let somebody act: `email`, `office`, `begins_on`, `ends_on`, `reason`, within the caps."""
    return Done.of(perform(house, actor, BEGIN_ACTING, None, filled(Acting, given.given)))


@routes.get("/roster", operation_id="roster", responses=problems(401, 403, 422))
def roster(house: TheHouse, actor: SignedIn, wanted: Annotated[Listed, Query()]) -> dict[str, Any]:
    """The roster, the place that ends first on top. For HR and audit."""
    return {"roster": tell_roster(house, actor, **wanted.model_dump())}


@routes.post("/roster/{place}/draw", operation_id="draw_from_roster", responses=ACTS)
def draw(house: TheHouse, actor: SignedIn, place: IdInPath, given: Into) -> Done:
    """Draw somebody into a case whose call is open, for a post of that grade."""
    with house.database.reading() as session:
        found = place_of(session, actor, place)
        case = case_by_reference(session, actor, given.case)
    return Done.of(perform(house, actor, rosters.USE, found.id, rosters.Draw(case.id)))


@routes.post("/roster/{place}/acts/{act}", operation_id="act_on_place", responses=ACTS)
def act_on_place(
    house: TheHouse, actor: SignedIn, place: IdInPath, act: PlaceAct, given: ToAct
) -> Done:
    """Renew a place, or give it up with its reason."""
    with house.database.reading() as session:
        found = place_of(session, actor, place)
    return acted(house, actor, PLACE_ACTS[act], found.id, given)
