"""What follows from meetings, at the API: the register of decisions, actions, and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from governance.acts import Verb
from governance.api.committees import ACTS
from governance.api.given import ToAct, perhaps
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Done, Id, IdInPath
from governance.committees.after import actions, decisions
from governance.committees.after.telling import (
    action_named,
    decision_named,
    show_action,
    show_decision,
    tell_actions,
    tell_decisions,
)
from governance.committees.home import desk_of, tell_desk

routes = APIRouter(tags=["committees"])
Body = Annotated[str, StringConstraints(max_length=60, pattern=r"^([a-z][a-z0-9_-]*)?$"), Query()]
Word = Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL), Query()]

ActionAct = Literal["step"]
ACTION_ACTS: Mapping[str, tuple[Verb[Any, Any], type]] = {"step": (actions.STEP, actions.Step)}
DecisionAct = Literal["go_on"]
DECISION_ACTS: Mapping[str, tuple[Verb[Any, Any], type]] = {
    "go_on": (decisions.GO_ON, decisions.Ended)
}


@routes.get("/desk", operation_id="show_desk", responses=problems(401))
def show_desk(house: TheHouse, actor: SignedIn) -> dict[str, Any]:
    """What waits in all bodies: for you, for others, for the clock; the nearest instant first."""
    with house.database.reading() as session:
        return tell_desk(desk_of(session, actor, house.clock.now(), house))


@routes.get("/actions", operation_id="list_actions", responses=problems(401, 404, 422))
def list_actions(  # noqa: PLR0913, PLR0917 -- one argument per filter
    house: TheHouse,
    actor: SignedIn,
    body: Body = "",
    state: Word = "",
    mine: bool = False,
    ended: bool = False,
) -> list[dict[str, Any]]:
    """The actions that you may see, the next day first; ended ones where asked for."""
    with house.database.reading() as session:
        now = house.clock.now()
        return tell_actions(session, actor, now, body=body, state=state, mine=mine, ended=ended)


@routes.get("/actions/{action}", operation_id="show_action", responses=problems(401, 404, 422))
def show_one_action(house: TheHouse, actor: SignedIn, action: IdInPath) -> dict[str, Any]:
    """One action with the steps that it can take."""
    with house.database.reading() as session:
        now = house.clock.now()
        return show_action(session, actor, now, action_named(session, actor, now, "", action))


@routes.post("/actions/{action}/acts/{act}", operation_id="act_on_action", responses=ACTS)
def act_on_action(
    house: TheHouse, actor: SignedIn, action: IdInPath, act: ActionAct, given: ToAct
) -> Done | None:
    """Take a step with an action."""
    with house.database.reading() as session:
        subject = action_named(session, actor, house.clock.now(), "", action).id
    return perhaps(house, actor, ACTION_ACTS[act], subject, given)


@routes.get("/decisions", operation_id="list_decisions", responses=problems(401, 404, 422))
def list_decisions(  # noqa: PLR0913, PLR0917 -- one argument per filter
    house: TheHouse,
    actor: SignedIn,
    body: Body = "",
    state: Word = "",
    search: Word = "",
    older_than: Annotated[Id | None, Query()] = None,
) -> list[dict[str, Any]]:
    """The register of decisions, the newest first, fifty at a time."""
    with house.database.reading() as session:
        return tell_decisions(
            session,
            actor,
            house.clock.now(),
            body=body,
            state=state,
            search=search,
            older_than=older_than or "",
        )


@routes.get(
    "/decisions/{decision}", operation_id="show_decision", responses=problems(401, 404, 422)
)
def show_one_decision(house: TheHouse, actor: SignedIn, decision: IdInPath) -> dict[str, Any]:
    """One decision with its rule, outcome and the actions that carry it out."""
    with house.database.reading() as session:
        now = house.clock.now()
        return show_decision(session, actor, now, decision_named(session, actor, now, decision))


@routes.post("/decisions/{decision}/acts/{act}", operation_id="act_on_decision", responses=ACTS)
def act_on_decision(
    house: TheHouse, actor: SignedIn, decision: IdInPath, act: DecisionAct, given: ToAct
) -> Done | None:
    """Communicate a decision, or end it with its reason."""
    with house.database.reading() as session:
        subject = decision_named(session, actor, house.clock.now(), decision).id
    return perhaps(house, actor, DECISION_ACTS[act], subject, given)
