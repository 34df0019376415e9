"""Signing in: a one-time code by mail, a bearer token in exchange for it, and the end of it."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, BackgroundTasks, status
from pydantic import BaseModel, Field, StringConstraints

from governance.access.signing import (
    CODE_MINUTES,
    Challenge,
    challenge,
    challenge_for_link,
    end,
    enter,
)
from governance.api.identity import SignedIn, TheHouse, Token
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Id
from governance.consultation.queries import by_token
from governance.house import House
from governance.notices.outgoing import NotSent, send_code
from governance.people.models import Person
from governance.people.queries import offices_of
from governance.refusals import Reason, refuse

routes = APIRouter(tags=["signing in"])
log = structlog.get_logger("mandate.api")


class Address(Asked):
    """Whoever wants to sign in."""

    email: Annotated[str, StringConstraints(min_length=3, max_length=254, pattern=NO_NUL)] = Field(
        examples=["nadia.bellamine@organisation.example"]
    )


class Link(Asked):
    """The link of a mail, by the token in it."""

    token: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CodeOnItsWay(BaseModel):
    """Under this challenge the code will be asked for; whether there is one is not told."""

    challenge: Id
    minutes: int = Field(description="How long the code is good for.", examples=[10])


class Code(Asked):
    """The code that was mailed."""

    challenge: Id
    code: Annotated[str, StringConstraints(max_length=20, pattern=NO_NUL)] = Field(
        examples=["12345678"]
    )


class Session(BaseModel):
    """A token: send it as `Authorization: Bearer TOKEN`."""

    token: str
    token_type: str = "bearer"  # noqa: S105 -- a kind of token


class Me(BaseModel):
    """Who is signed in, how surely, and in which functions."""

    name: str
    level: str = Field(examples=["session"])
    roles: list[str]
    offices: list[str]


@routes.post(
    "/challenges",
    operation_id="ask_for_code",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(422),
)
def ask_for_code(house: TheHouse, given: Address, later: BackgroundTasks) -> CodeOnItsWay:
    """Mail a code to a registered address. For any other the answer is the same."""
    return _sent(house, challenge(house, given.email), later)


@routes.post(
    "/challenges/link",
    operation_id="ask_for_code_by_link",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(404, 422),
)
def ask_for_code_by_link(house: TheHouse, given: Link, later: BackgroundTasks) -> CodeOnItsWay:
    """Mail a code to whom a link was sent; it opens that one question only."""
    with house.database.reading() as session:
        invitation = by_token(session, given.token)
    if invitation is None:
        raise refuse(
            "this link leads nowhere",
            rule="known_link",
            cure="Copy the whole link from the newest mail.",
            where="body.token",
            reason=Reason.MISSING,
        )
    return _sent(house, challenge_for_link(house, invitation.person_id, invitation.id), later)


@routes.post(
    "/sessions",
    operation_id="sign_in",
    status_code=status.HTTP_201_CREATED,
    responses=problems(401, 422),
)
def sign_in(house: TheHouse, given: Code) -> Session:
    """Exchange a code for a bearer token. A code is good once, and for five tries."""
    return Session(token=enter(house, given.challenge, given.code))


@routes.delete(
    "/sessions/current",
    operation_id="sign_out",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(401),
)
def sign_out(house: TheHouse, _: SignedIn, token: Token) -> None:
    """End the session of the token that is sent."""
    end(house, token.credentials)


@routes.get("/me", operation_id="show_me", responses=problems(401))
def show_me(house: TheHouse, actor: SignedIn) -> Me:
    """Who is signed in, with roles and offices."""
    with house.database.reading() as session:
        person = session.get_one(Person, actor.person_id)
        offices = offices_of(session, person.id, house.clock.now())
    return Me(
        name=person.name,
        level=str(actor.level),
        roles=sorted(actor.roles),
        offices=sorted(offices),
    )


def _sent(house: House, asked: Challenge, later: BackgroundTasks) -> CodeOnItsWay:
    # Mailed after the answer has left: its time does not tell who is registered.
    later.add_task(_send, house, asked)
    return CodeOnItsWay(challenge=asked.id, minutes=CODE_MINUTES)


def _send(house: House, asked: Challenge) -> None:
    try:
        send_code(house, asked)
    except NotSent as error:
        log.warning("code_not_sent", challenge=asked.id, for_good=error.for_good)
