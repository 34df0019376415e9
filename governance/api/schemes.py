"""Groups of states: tables with validity and source, read by anybody signed in, set by acts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, StringConstraints

from governance.acts import perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Done
from governance.refusals import Reason, refuse
from governance.representation.reviews import placing, queries
from governance.representation.reviews.acts import SET_SCHEME, SetScheme
from governance.representation.scheme_file import cells_of, difference, read_scheme
from governance.representation.schemes import Scheme

routes = APIRouter(tags=["representation"], prefix="/representation/schemes")
SchemeKey = Annotated[str, Path(max_length=60, pattern=r"^[a-z][a-z0-9_]*$", examples=["un"])]
Table = Annotated[str, StringConstraints(max_length=1_000_000, pattern=NO_NUL)]
Cell = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)]
ACTED = problems(401, 403, 404, 409, 422)


class Line(Asked):
    """A line: the state (alpha-3) and its group; for a purpose, from a day, until a day."""

    state: Cell = Field(examples=["TUR"])
    group: Cell = Field(examples=["western_europe"])
    purpose: Cell = ""
    since: Cell = Field("", description="Included.")
    until: Cell = Field("", description="Excluded.")
    source: Cell = ""


class ToPlace(Asked):
    """A line to add; with the line that it takes the place of, if there is one."""

    line: Line
    instead_of: Line | None = None
    seen: Cell | None = Field(None, description="The version that you looked at.")


class ToRemove(Asked):
    """The line that goes."""

    line: Line
    seen: Cell | None = None


class ToSet(Asked):
    """A whole table as CSV."""

    table: Table
    dry_run: bool = Field(False, description="Say what it would change, and set nothing.")


class Schemes(BaseModel):
    """The schemes by key, with their titles and groups."""

    schemes: dict[str, dict[str, Any]]


class SchemeLines(BaseModel):
    """The lines of a scheme that hold on the day, or all; `version` names the table."""

    scheme: str
    version: str
    lines: list[dict[str, str]]


class Imported(BaseModel):
    """What a table changes, or would: and the act, where it was set."""

    added: list[dict[str, str]]
    removed: list[dict[str, str]]
    stay: int
    done: Done | None


@routes.get("", operation_id="list_schemes", responses=problems(401))
def list_schemes(house: TheHouse, _: SignedIn) -> Schemes:
    """Every scheme of this installation."""
    with house.database.reading() as session:
        found = queries.schemes_here(session)
    return Schemes(
        schemes={
            key: {
                "titles": dict(each.titles),
                "source": each.source,
                "groups": {group.key: dict(group.titles) for group in each.groups},
            }
            for key, each in sorted(found.items())
        }
    )


@routes.get("/{scheme}", operation_id="show_scheme", responses=problems(401, 404, 422))
def show_scheme(
    house: TheHouse, _: SignedIn, scheme: SchemeKey, on: date | None = None
) -> SchemeLines:
    """The lines of one scheme: all, or those that hold on a day."""
    with house.database.reading() as session:
        found = _known(queries.schemes_here(session).get(scheme), scheme)
        version = next((each.id for each in queries.tables(session, scheme)), "")
    lines = [cells_of(each) for each in found.placings if on is None or each.holds(on)]
    return SchemeLines(scheme=scheme, version=version, lines=lines)


@routes.post("/{scheme}/lines", operation_id="place_state", responses=ACTED)
def place_state(house: TheHouse, actor: SignedIn, scheme: SchemeKey, given: ToPlace) -> Done:
    """Add a line to a table, or change one."""
    old = given.instead_of.model_dump() if given.instead_of else {}
    wanted = placing.Placed(scheme, given.line.model_dump(), old, given.seen)
    return Done.of(perform(house, actor, placing.PLACE, None, wanted))


@routes.post("/{scheme}/lines/remove", operation_id="remove_placing", responses=ACTED)
def remove_placing(house: TheHouse, actor: SignedIn, scheme: SchemeKey, given: ToRemove) -> Done:
    """Take a line out of a table."""
    wanted = placing.Removed(scheme, given.line.model_dump(), given.seen)
    return Done.of(perform(house, actor, placing.REMOVE, None, wanted))


@routes.put("/{scheme}", operation_id="set_scheme", responses=ACTED)
def set_scheme(house: TheHouse, actor: SignedIn, scheme: SchemeKey, given: ToSet) -> Imported:
    """Set a whole table, or try what it would change."""
    with house.database.reading() as session:
        before = queries.schemes_here(session).get(scheme)
    told = difference(before, read_scheme(scheme, given.table)).as_plain()
    done = None
    if not given.dry_run:
        receipt = perform(house, actor, SET_SCHEME, None, SetScheme(scheme, given.table))
        done = Done.of(receipt)
    return Imported(**told, done=done)


def _known(found: Scheme | None, key: str) -> Scheme:
    if found is None:
        raise refuse(
            'there is no scheme "{key}"',
            rule="known_scheme",
            cure="See GET /representation/schemes.",
            reason=Reason.MISSING,
            key=key,
        )
    return found
