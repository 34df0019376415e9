"""Pages of whoever is asked: what waits, one question with its brief, the answer, the receipt."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.questions import confirm, decide, handing, listing, mailed, preparing

routes: list[Route] = [
    *listing.routes,
    *decide.routes,
    *handing.routes,
    *preparing.routes,
    *confirm.routes,
    *mailed.routes,
]
