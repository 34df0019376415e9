"""The pages of what follows a decision: offers, services from entry to end, roster, acting."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.service import acting, listing, offers, one, roster, standstill

routes: list[Route] = [
    *listing.routes,
    *acting.routes,
    *roster.routes,
    *one.routes,
    *offers.routes,
    *standstill.routes,
]
