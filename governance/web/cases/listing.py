"""The list of appointments, with filters and pages."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
