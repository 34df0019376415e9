"""The pages of committees: home, a body, the register of decisions, meetings, minutes."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.committees import (
    actions,
    body,
    composition,
    crisis,
    decision_papers,
    home,
    mandate,
    meeting,
    meeting_acts,
    meeting_papers,
    minutes,
    minutes_acts,
    minutes_papers,
    register,
    seats,
    writing,
    year,
)

routes: list[Route] = [
    *home.routes,
    *body.routes,
    *composition.routes,
    *actions.routes,
    *writing.routes,
    *mandate.routes,
    *crisis.routes,
    *seats.routes,
    *register.routes,
    *year.routes,
    *decision_papers.routes,
    *meeting.routes,
    *meeting_acts.routes,
    *meeting_papers.routes,
    *minutes.routes,
    *minutes_papers.routes,
    *minutes_acts.routes,
]
