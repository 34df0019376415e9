"""The page that offers to prove who one is, by a code that is mailed to the registered address."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import Response

from governance.people.models import Person
from governance.web.desk import Desk
from governance.web.views import LinkDoor

NOTHING: Mapping[str, str] = MappingProxyType({})


def ask(desk: Desk, page: str, person_id: str, *, carried: Mapping[str, str] = NOTHING) -> Response:
    """Offer to send a code; who else is signed in here is told.

    `carried` is what somebody had typed when their sign-in turned out to be too old.
    """
    with desk.house.database.reading() as session:
        person = session.get_one(Person, person_id)
        other = desk.actor.person_id if desk.actor else None
        name = session.get_one(Person, other).name if other and other != person_id else ""
    action = f"/confirm/{page}/{desk.path['token']}"
    view = LinkDoor(action, masked(person.email), other=name, carried=carried)
    return desk.page("link_door", view, status=200 if not carried else 403)


def masked(email: str) -> str:
    """An address that its owner knows again and nobody else learns: "c***e@example.org"."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***{name[-1:]}@{domain}"
