"""Calls, vetting, panel and the course of a case at the API: what officers do besides the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, status
from pydantic import Field

from governance.acts import Verb, perform
from governance.api.given import ToAct, acted
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Done, Reference, Short
from governance.appointments.assessment import meetings, panel, recommending
from governance.appointments.calls import changing
from governance.appointments.calls.bureaus import SET_BUREAU, Address, tell_bureaus
from governance.appointments.calls.queries import tell_calls, tell_history
from governance.appointments.checks import (
    attesting,
    declaring,
    excepting,
    reconsidering,
    ruling,
    waiving,
)
from governance.appointments.checks.queries import tell_exceptions, tell_vetting
from governance.appointments.launching import Why
from governance.appointments.likeness.saying import SAY_SAME, Said, tell_likenesses
from governance.appointments.models import Case
from governance.appointments.queries import case_by_reference
from governance.appointments.service import offers, pausing
from governance.appointments.service.copying import COPY, Copy

routes = APIRouter(tags=["casework"])
SEEN = problems(401, 404, 422)
ACTS = problems(401, 403, 404, 409, 422)

CaseAct = Literal[
    "ask_exception", "ask_home_administration", "call_off_examination", "cancel_call",
    "compose_panel", "declare_ties", "extend_call", "hold_examination", "meet_condition",
    "move_examination", "name_member", "note_discussion", "pause", "propose_ruling",
    "recommend", "record_declarations", "recuse_member", "request_review", "resume",
    "say_same_person", "set_criteria", "set_examinations", "waive_check",
]  # fmt: skip
CASE_ACTS: Mapping[str, tuple[Verb[Case, Any], type | None]] = {
    "ask_exception": (excepting.ASK_EXCEPTION, excepting.ExceptionAsked),
    "ask_home_administration": (attesting.ASK_HOME, attesting.HomeAsked),
    "call_off_examination": (meetings.CALL_OFF, meetings.Which),
    "cancel_call": (changing.CANCEL_CALL, Why),
    "compose_panel": (panel.COMPOSE, None),
    "declare_ties": (panel.DECLARE, panel.Declared),
    "extend_call": (changing.EXTEND_CALL, changing.Longer),
    "hold_examination": (meetings.HOLD, meetings.Which),
    "meet_condition": (offers.MEET, offers.Met),
    "move_examination": (meetings.MOVE, meetings.Moved),
    "name_member": (panel.NAME, panel.Named),
    "note_discussion": (recommending.NOTE, recommending.Note),
    "pause": (pausing.PAUSE, pausing.Paused),
    "propose_ruling": (ruling.PROPOSE_RULING, ruling.Proposal),
    "recommend": (recommending.RECOMMEND, recommending.Shortlist),
    "record_declarations": (declaring.RECORD_DECLARATIONS, declaring.Declared),
    "recuse_member": (panel.RECUSE, panel.Recused),
    "request_review": (reconsidering.REQUEST_REVIEW, reconsidering.ReviewRequest),
    "resume": (pausing.RESUME, None),
    "say_same_person": (SAY_SAME, Said),
    "set_criteria": (panel.SET_CRITERIA, panel.Criteria),
    "set_examinations": (meetings.SET, meetings.Slots),
    "waive_check": (waiving.WAIVE_CHECK, waiving.Waived),
}
Country = Annotated[str, Path(max_length=3, pattern=r"^[A-Z]{3}$", examples=["FRA"])]


class ToCopy(Asked):
    """The wanted day of entry on duty of the new case."""

    wanted_on: date | None = None


class BureauAddress(Asked):
    """Where a National Central Bureau is reached."""

    email: Annotated[Short, Field(min_length=3)]
    language: Literal["en", "fr", "es", "ar"] = "en"


@routes.post("/appointments/{reference}/acts/{act}", operation_id="act_on_case", responses=ACTS)
def act_on_case(
    house: TheHouse, actor: SignedIn, reference: Reference, act: CaseAct, given: ToAct
) -> Done:
    """Call, rulings, panel, examinations, pause: the fields stand in docs/appointments.md."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
    return acted(house, actor, CASE_ACTS[act], case.id, given)


@routes.post(
    "/appointments/{reference}/copy",
    operation_id="copy_appointment",
    status_code=status.HTTP_201_CREATED,
    responses=ACTS,
)
def copy(house: TheHouse, actor: SignedIn, reference: Reference, given: ToCopy) -> Done:
    """Launch a case as another one was: post, procedure, weights, panel, and no candidate."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
    return Done.of(perform(house, actor, COPY, None, Copy(case.id, given.wanted_on)))


@routes.get("/appointments/{reference}/calls", operation_id="calls_of_case", responses=SEEN)
def calls_of_case(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """The calls of a case, their changes, notes verbales, and who looks alike. For HR and audit."""
    told = tell_history(house, actor, reference)
    return told | {"look_alike": tell_likenesses(house, actor, reference)}


@routes.get("/appointments/{reference}/vetting", operation_id="vetting", responses=SEEN)
def vetting(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """Where each candidate stands in vetting: checks, rulings, exceptions. For HR and audit."""
    told = tell_vetting(house, actor, reference)
    return told | {"exceptions": tell_exceptions(house, actor, reference)}


@routes.get("/calls", operation_id="open_calls", responses={})
def open_calls(house: TheHouse) -> dict[str, Any]:
    """The calls that are open now; nobody need be signed in."""
    with house.database.reading() as session:
        return {"calls": tell_calls(session, house.clock.now())}


@routes.get("/bureaus", operation_id="bureaus", responses=problems(401, 404))
def bureaus(house: TheHouse, actor: SignedIn) -> dict[str, Any]:
    """The National Central Bureaus that have an address on file. For HR and audit."""
    return {"bureaus": tell_bureaus(house, actor)}


@routes.put("/bureaus/{country}", operation_id="set_bureau", responses=ACTS)
def set_bureau(house: TheHouse, actor: SignedIn, country: Country, given: BureauAddress) -> Done:
    """Keep the address of a bureau; a newer one takes its place."""
    address = Address(country, given.email, given.language)
    return Done.of(perform(house, actor, SET_BUREAU, None, address))
