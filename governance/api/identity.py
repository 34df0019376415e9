"""Who asks: the house, the bearer's actor, and nothing from cookies, hence nothing to forge."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from governance.access.actor import Actor
from governance.access.signing import who
from governance.api.problems import not_signed_in
from governance.house import House

VIA = "api"
bearer = HTTPBearer(
    auto_error=False,
    scheme_name="session",
    description="The token that /sessions gives in exchange for a one-time code.",
)


def the_house(request: Request) -> House:
    """The house that this API is a door of."""
    return cast("House", request.app.state.house)


def signed_in(
    request: Request,
    house: Annotated[House, Depends(the_house)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Actor:
    """Who holds the bearer token now. Refused where that is nobody."""
    actor = who(house, credentials.credentials, VIA) if credentials else None
    if actor is None:
        raise not_signed_in()
    request.state.actor = actor
    return actor


TheHouse = Annotated[House, Depends(the_house)]
SignedIn = Annotated[Actor, Depends(signed_in)]
Token = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]
