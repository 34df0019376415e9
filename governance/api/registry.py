"""Documents of the registry at the API: their kind, number and state."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, IdInPath
from governance.registry import queries
from governance.registry.models import Paper

routes = APIRouter(tags=["documents"])

Word = Annotated[str, Query(max_length=40, pattern=NO_NUL)]


class Registered(BaseModel):
    """One document of the registry."""

    id: str
    number: str | None = Field(description="Given when it is issued.")
    kind: str
    language: str
    state: str
    version: int
    issued_at: str | None

    @classmethod
    def of(cls, paper: Paper) -> Registered:
        """From its row."""
        return cls(
            id=paper.id,
            number=paper.number or None,
            kind=paper.kind,
            language=paper.language,
            state=paper.state,
            version=paper.version,
            issued_at=paper.issued_at.isoformat() if paper.issued_at else None,
        )


@routes.get("/registry", operation_id="list_registered", responses=problems(401, 422))
def list_registered(
    house: TheHouse, actor: SignedIn, state: Word = "", kind: Word = ""
) -> list[Registered]:
    """The newest documents that you may see."""
    with house.database.reading() as session:
        found = queries.papers(session, actor, state=state, kind=kind)
        return [Registered.of(each) for each in found]


@routes.get(
    "/registry/{document_id}", operation_id="get_registered", responses=problems(401, 404, 422)
)
def get_registered(house: TheHouse, actor: SignedIn, document_id: IdInPath) -> Registered:
    """One document of the registry."""
    with house.database.reading() as session:
        return Registered.of(queries.paper_of(session, actor, document_id))
