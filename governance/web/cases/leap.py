"""Moving a demonstration's clock to the next deadline."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.access.signing import begin
from governance.demonstration import leap
from governance.refusals import Reason, refuse
from governance.web.desk import SESSION, Desk, for_the_signed_in
from governance.web.door import own_path


def go(desk: Desk) -> Response:
    """Leap just past the next deadline, and look at the same page again."""
    if leap(desk.house) is None:
        raise refuse(
            "no deadline lies ahead to which the clock could move",
            rule="demonstration_clock",
            cure="Act on a case first, or ask somebody something.",
            reason=Reason.TURN,
        )
    response = desk.go(own_path(desk.text("back")) or "/")
    # A session would end on the way: whoever moves the clock goes along with it.
    return desk.keep(response, SESSION, begin(desk.house, str(desk.me.person_id)))


routes = [Route("/demonstration/leap", for_the_signed_in(go), methods=["POST"])]
