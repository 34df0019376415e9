"""A question put in writing from the page of a body; what was typed stays where it is refused."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.committees.queries import body_by_key
from governance.committees.written import OPEN, InWriting
from governance.refusals import Refused
from governance.web.committees.actions import again
from governance.web.committees.telling import lines_of
from governance.web.desk import Desk, for_the_signed_in

LONGEST = 4


def put(desk: Desk) -> Response:
    """Put a question in writing; what was typed is kept where it is refused."""
    with desk.house.database.reading() as session:
        body = body_by_key(session, desk.me, desk.path["key"], desk.house.clock.now())
    seats = desk.text("seats")
    given = InWriting(
        {desk.language: desk.text("writing-text")},
        by=desk.text("by") or "written",
        title=desk.text("writing-title"),
        organs=desk.texts("organs"),
        candidates=lines_of(desk.text("candidates")),
        seats=int(seats) if seats.isdecimal() and len(seats) < LONGEST else 1,
        for_seats=desk.texts("for_seats"),
        office=desk.text("office"),
        secret=bool(desk.text("secret")),
    )
    try:
        perform(desk.house, desk.me, OPEN, body.id, given)
    except Refused as refused:
        return again(desk, refused)
    return desk.go(f"/committees/{body.key}?done#writing")


routes = [Route("/committees/{key}/in-writing", for_the_signed_in(put), methods=["POST"])]
