"""The pages of committees: home, a body, the register of decisions, meetings, minutes."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.committees import (
    actions,
    body,
    home,
    meeting,
    meeting_acts,
    minutes,
    minutes_acts,
    register,
)

routes: list[Route] = [
    *home.routes,
    *body.routes,
    *actions.routes,
    *register.routes,
    *meeting.routes,
    *meeting_acts.routes,
    *minutes.routes,
    *minutes_acts.routes,
]
