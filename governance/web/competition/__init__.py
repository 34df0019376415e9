"""The pages of a competition: forecast, board, quality, assessment, service, own candidacy."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.competition import board, board_many, forecast, own, panel, quality, scoring

routes: list[Route] = [
    *forecast.routes,
    *board_many.routes,
    *board.routes,
    *quality.routes,
    *panel.routes,
    *scoring.routes,
    *own.routes,
]
