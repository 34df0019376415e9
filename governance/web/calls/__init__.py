"""The public pages: open calls, and the application that somebody writes without an account."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.calls import applying, listing, nominating

routes: list[Route] = [*listing.routes, *applying.routes, *nominating.routes]
