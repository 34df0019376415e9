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
    minutes_papers,
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
    *minutes_papers.routes,
    *minutes_acts.routes,
]
