"""Crisis teams at the API: stood up from a template, their log, messages and who has read them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, status
from pydantic import Field, StringConstraints

from governance.acts import perform
from governance.api.committees import ACTS, FileText, Key
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Done, IdInPath, Short
from governance.committees.crisis import READ, Read
from governance.committees.finding import committee_named
from governance.committees.messages import log_of, message_for, messages_for, tell_line
from governance.committees.standing_up import STAND_UP, StandingUp, from_template, templates
from governance.refusals import Reason, Refused
from governance.rulebook.linting.proceedings import body_of

routes = APIRouter(tags=["committees"])
OwnKey = Annotated[str, StringConstraints(max_length=60, pattern=r"^([a-z][a-z0-9_-]*)?$")]


class ToStandUp(Asked):
    """A team by the name of its template in the rulebook, or by its file; and why it stands."""

    template: OwnKey = Field("", examples=["incident"])
    file: FileText = ""
    key: OwnKey = Field("", description="Its own key; empty: as the template has it.")
    title: Short = ""
    because: Annotated[str, StringConstraints(min_length=1, max_length=9000, pattern=NO_NUL)]


@routes.get("/crisis-templates", operation_id="list_crisis_templates", responses=problems(401))
def list_templates(house: TheHouse, _: SignedIn) -> list[dict[str, Any]]:
    """The teams that the rulebook keeps ready, with the offices that sit in them."""
    return [
        {
            "template": name,
            "key": body.body,
            "title": body.title.root,
            "offices": [each.office.removeprefix("office.") for each in body.members],
        }
        for name, body in templates(house.settings.rulebook_folder).items()
    ]


@routes.post(
    "/crises",
    operation_id="stand_up_team",
    status_code=status.HTTP_201_CREATED,
    responses=problems(401, 403, 409, 422),
)
def stand_up(house: TheHouse, actor: SignedIn, given: ToStandUp) -> Done:
    """Stand up a team: whoever holds an office sits, with their substitute, and is told at once."""
    if given.file:
        draft = body_of("team.yaml", given.file.encode())
        faults = [each for each in draft.findings if each.blocks]
        if faults or draft.body is None:
            raise Refused(faults, Reason.INPUT)
        body = draft.body
    else:
        folder = house.settings.rulebook_folder
        body = from_template(folder, given.template, given.key, given.title)
    return Done.of(perform(house, actor, STAND_UP, None, StandingUp(body, given.because)))


@routes.get("/committees/{key}/log", operation_id="show_log", responses=problems(401, 404, 422))
def show_log(house: TheHouse, actor: SignedIn, key: Key) -> list[dict[str, Any]]:
    """The situation log, the newest line first; for each message who has read it, and when."""
    with house.database.reading() as session:
        body = committee_named(session, key, actor, house.clock.now())
        return [tell_line(each, body.zone) for each in log_of(session, house.keys, body)]


@routes.get("/messages", operation_id="list_messages", responses=problems(401))
def list_messages(house: TheHouse, actor: SignedIn) -> list[dict[str, Any]]:
    """The messages of crisis teams that were sent to you, unread first."""
    with house.database.reading() as session:
        return [
            {
                "line": line.id,
                "body": body.key,
                "at": line.at.isoformat(),
                "read_at": reading.read_at.isoformat() if reading.read_at else None,
            }
            for line, body, reading in messages_for(session, actor)
        ]


@routes.get("/messages/{id}", operation_id="show_message", responses=problems(401, 404, 422))
def show_message(house: TheHouse, actor: SignedIn, id: IdInPath) -> dict[str, Any]:  # noqa: A002 -- the name in the address
    """One message that was sent to you."""
    with house.database.reading() as session:
        said, body, reading = message_for(session, house.keys, actor, id)
        return {
            "line": id,
            "body": body.key,
            "text": said.text,
            "read_at": reading.read_at.isoformat() if reading.read_at else None,
        }


@routes.post("/messages/{id}/read", operation_id="read_message", responses=ACTS)
def read_message(house: TheHouse, actor: SignedIn, id: IdInPath) -> Done | None:  # noqa: A002 -- the name in the address
    """Say that you have read it; null where you had said so."""
    with house.database.reading() as session:
        _, body, _ = message_for(session, house.keys, actor, id)
    receipt = perform(house, actor, READ, body.id, Read(id))
    return Done.of(receipt) if receipt else None
