"""The record of a case, in words."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
