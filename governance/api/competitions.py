"""The competition at one glance: board, quality of the process, assessment, services."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field, StringConstraints

from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Reference
from governance.appointments.assessment.telling import tell_assessment
from governance.appointments.board.process import tell_quality
from governance.appointments.board.queries import tell_board

routes = APIRouter(tags=["competition"])
SEEN = problems(401, 403, 404, 409, 422)
Column = Literal[
    "", "examined", "eligible", "vetted", "cleared", "shortlisted", "chosen", "appointed", "out"
]


class Page(Asked):
    """Which column of the board, and where the last page ended."""

    column: Column = ""
    after: Annotated[str, StringConstraints(max_length=300, pattern=r"^[A-Za-z0-9_-]*$")] = Field(
        "", description="As the last page says."
    )


@routes.get("/board", operation_id="board", responses=SEEN)
def board(house: TheHouse, actor: SignedIn, wanted: Annotated[Page, Query()]) -> dict[str, Any]:
    """Candidates of all cases by stage: counts, and a page of one column. For HR and audit."""
    return tell_board(house, actor, "", wanted.column, wanted.after)


@routes.get("/appointments/{reference}/board", operation_id="board_of_case", responses=SEEN)
def board_of_case(
    house: TheHouse, actor: SignedIn, reference: Reference, wanted: Annotated[Page, Query()]
) -> dict[str, Any]:
    """The same for one case."""
    return tell_board(house, actor, reference, wanted.column, wanted.after)


@routes.get("/appointments/{reference}/quality", operation_id="quality", responses=SEEN)
def quality(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """Each question on the process: green, amber or red, with the article and the facts."""
    return tell_quality(house, actor, reference)


@routes.get("/appointments/{reference}/assessment", operation_id="assessment", responses=SEEN)
def assessment(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """The panel, its rules, and the ranking once every score is in."""
    return tell_assessment(house, actor, reference)
