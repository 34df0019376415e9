"""Search at the API: everything that the caller may see, by its words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL
from governance.searching import search, tell_found

routes = APIRouter(tags=["search"])
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, pattern=NO_NUL),
    Query(description="Each word, or its beginning; accents do not matter.", examples=["budget"]),
]
Kind = Literal["", "case", "body", "meeting", "item", "decision", "minutes", "action"]


@routes.get("/search", operation_id="search", responses=problems(401, 422))
def search_all(
    house: TheHouse,
    actor: SignedIn,
    q: Words,
    kind: Kind = "",
    older_than: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> dict[str, Any]:
    """What holds every word, the newest first; counts by kind, up to the newest thousand."""
    with house.database.reading() as session:
        now = house.clock.now()
        return tell_found(search(session, actor, now, q, kind=kind, older_than=older_than))
