"""The pages of a competition: forecast, board, quality, assessment, service, own candidacy."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.competition import forecast

routes: list[Route] = [*forecast.routes]
