"""Moving a demonstration's clock to the next deadline."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
