"""The pages of representation: bodies, verdicts with a seat map, reviews."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.representation import bodies, reviews, schemes, staff

routes: list[Route] = [*reviews.routes, *schemes.routes, *staff.routes, *bodies.routes]
