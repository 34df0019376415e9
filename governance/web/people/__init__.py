"""Pages about people: absences, how one is told, the calendar of deadlines, what came back."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.people import absence, calendar, leaving, preferences, undelivered

routes: list[Route] = [
    *absence.routes,
    *preferences.routes,
    *calendar.routes,
    *undelivered.routes,
    *leaving.routes,
]
