"""Appointments: launch, list, show, withdraw, and what HR does in a case."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response, status
from pydantic import Field, StringConstraints
from starlette.exceptions import HTTPException

from governance.access.actor import Actor
from governance.acts import Verb, perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.told import Appointment, Appointments
from governance.api.words import (
    NO_NUL,
    Asked,
    Done,
    Id,
    IdInPath,
    Key,
    KeyInPath,
    Long,
    Reference,
    Short,
)
from governance.appointments.candidates import (
    IMPORT,
    WITHDRAW_CANDIDACY,
    CandidateFile,
    Out,
)
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, WITHDRAW, Launch, Need, Why
from governance.appointments.models import Case
from governance.appointments.queries import case_by_reference
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.telling import tell_case, tell_cases
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    JUSTIFY,
    Confirmed,
    Justified,
)
from governance.appointments.vetting import Done as TaskDone
from governance.house import House

routes = APIRouter(prefix="/appointments", tags=["appointments"])
ACTS = problems(401, 403, 404, 409, 422)
MOST_BYTES = 32 * 1024 * 1024
CSV = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


class Filter(Asked):
    """Which appointments to list."""

    state: Literal["", "running", "completed", "closed", "withdrawn"] = ""
    stage: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_-]*$")] = ""
    search: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = ""
    older_than: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Z0-9-]*$")] = Field(
        "", description="A reference: the page of those before it."
    )


class ToLaunch(Asked):
    """A case to launch."""

    procedure: Key = Field(examples=["regional-director"])
    post: Key = Field(examples=["regional-director-abidjan"])
    wanted_on: date | None = Field(None, description="The wanted day of entry on duty.")
    confirmed: dict[Key, Short] = Field(
        default_factory=dict,
        description="What the first stage needs and is there, with a note.",
        examples=[{"funding_confirmed": "Budget line 4"}],
    )


class GivenReason(Asked):
    """Why; kept confidentially on file."""

    reason: Long = ""


class GivenNote(Asked):
    """A word on where it stands."""

    note: Short = ""


class Pair(Asked):
    """One check of one candidate."""

    candidacy: Id
    kind: Key = Field(examples=["identity"])


class ChecksDone(Asked):
    """What came of checks: one result and its source for all that are named."""

    checks: list[Pair] = Field(min_length=1, max_length=10_000)
    result: Literal["satisfactory", "adverse"]
    source: Short = Field(examples=["Passport seen"])
    note: Long = ""


class ToAsk(Asked):
    """A referee to ask."""

    name: Annotated[Short, Field(max_length=100)]
    email: Annotated[Short, Field(min_length=3)]
    language: Literal["en", "fr", "es", "ar"] = "en"


class Justification(Asked):
    """Why the shortlist goes forward although the balance speaks against it."""

    text: Long


async def csv_body(request: Request) -> bytes:
    """The body of a request as CSV, no longer than a file of candidates may be."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "text/csv":
        raise HTTPException(
            status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
            "Candidates are taken as CSV: send the file with Content-Type: text/csv.",
        )
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            raise HTTPException(
                status.HTTP_413_CONTENT_TOO_LARGE, "Send the candidates in several files."
            )
        parts.append(part)
    return b"".join(parts)


@routes.get("", operation_id="list_appointments", responses=problems(401, 422))
def list_appointments(
    house: TheHouse, actor: SignedIn, wanted: Annotated[Filter, Query()]
) -> Appointments:
    """The appointments that you may see, the newest first, fifty a page."""
    return Appointments.model_validate(tell_cases(house, actor, **wanted.model_dump()))


@routes.post(
    "",
    operation_id="launch_appointment",
    status_code=status.HTTP_201_CREATED,
    responses=problems(401, 403, 404, 409, 422),
)
def launch(
    house: TheHouse, actor: SignedIn, given: ToLaunch, request: Request, response: Response
) -> Done:
    """Launch a case; the rulebook in force is its law from now on. `Location` leads to it."""
    act = Launch(given.procedure, given.post, given.wanted_on, dict(given.confirmed))
    done = Done.of(perform(house, actor, LAUNCH, None, act))
    where = request.url_for("show_appointment", reference=done.facts["reference"])
    response.headers["Location"] = where.path
    return done


@routes.get(
    "/{reference}",
    operation_id="show_appointment",
    response_model_exclude_unset=True,
    responses=problems(401, 404, 422),
)
def show_appointment(house: TheHouse, actor: SignedIn, reference: Reference) -> Appointment:
    """One appointment, as far as you may see it."""
    return Appointment.model_validate(tell_case(house, actor, reference))


@routes.post("/{reference}/withdraw", operation_id="withdraw_appointment", responses=ACTS)
def withdraw(house: TheHouse, actor: SignedIn, reference: Reference, given: GivenReason) -> Done:
    """Withdraw a case: open questions and unsent notices are withdrawn with it."""
    return _act(house, actor, WITHDRAW, reference, Why(given.reason))


@routes.post("/{reference}/needs/{need}", operation_id="confirm_need", responses=ACTS)
def confirm_need(
    house: TheHouse, actor: SignedIn, reference: Reference, need: KeyInPath, given: GivenNote
) -> Done:
    """Confirm that something which the first stage needs is there."""
    return _act(house, actor, CONFIRM_NEED, reference, Need(need, given.note))


@routes.post(
    "/{reference}/candidates",
    operation_id="import_candidates",
    openapi_extra=CSV,
    responses=ACTS | problems(413, 415),
)
def import_candidates(
    house: TheHouse,
    actor: SignedIn,
    reference: Reference,
    content: Annotated[bytes, Depends(csv_body)],
) -> Done:
    """Import candidates from CSV: all of them, or none and every fault by line and column."""
    return _act(house, actor, IMPORT, reference, CandidateFile(content))


@routes.post(
    "/{reference}/candidates/{candidacy}/withdraw",
    operation_id="withdraw_candidacy",
    responses=ACTS,
)
def withdraw_candidacy(
    house: TheHouse, actor: SignedIn, reference: Reference, candidacy: IdInPath, given: GivenReason
) -> Done:
    """Take a candidate out of the competition, at their own wish."""
    return _act(house, actor, WITHDRAW_CANDIDACY, reference, Out(candidacy, given.reason))


@routes.post(
    "/{reference}/candidates/{candidacy}/referee",
    operation_id="ask_referee",
    responses=ACTS,
)
def ask_referee(
    house: TheHouse, actor: SignedIn, reference: Reference, candidacy: IdInPath, given: ToAsk
) -> Done:
    """Ask a referee outside; a link is mailed, and the answer is judged by HR."""
    asked = Referee(candidacy, given.name, given.email, given.language)
    return _act(house, actor, ASK_REFEREE, reference, asked)


@routes.post("/{reference}/eligibility", operation_id="confirm_eligibility", responses=ACTS)
def confirm_eligibility(
    house: TheHouse, actor: SignedIn, reference: Reference, given: GivenReason
) -> Done:
    """Stand by the findings: who keeps every rule is admitted, who breaks one is excluded."""
    return _act(house, actor, CONFIRM_ELIGIBILITY, reference, Confirmed(given.reason))


@routes.post("/{reference}/checks", operation_id="record_checks", responses=ACTS)
def record_checks(
    house: TheHouse, actor: SignedIn, reference: Reference, given: ChecksDone
) -> Done:
    """Record what came of checks; who has none open any more is cleared or refused."""
    pairs = tuple((each.candidacy, each.kind) for each in given.checks)
    act = Recorded(pairs, given.result, given.source, given.note)
    return _act(house, actor, RECORD_CHECKS, reference, act)


@routes.post("/{reference}/justification", operation_id="justify", responses=ACTS)
def justify(house: TheHouse, actor: SignedIn, reference: Reference, given: Justification) -> Done:
    """Justify that the shortlist goes forward although the balance speaks against it."""
    return _act(house, actor, JUSTIFY, reference, Justified(given.text))


@routes.post("/{reference}/tasks/{task}", operation_id="complete_task", responses=ACTS)
def complete_task(house: TheHouse, actor: SignedIn, reference: Reference, task: KeyInPath) -> Done:
    """Tick off a task of entry on duty."""
    return _act(house, actor, COMPLETE_TASK, reference, TaskDone(task))


def _act(house: House, actor: Actor, verb: Verb[Case, Any], reference: str, given: object) -> Done:
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
    return Done.of(perform(house, actor, verb, case.id, given))
