"""Candidates from a file: shown row by row first, then taken in whole or not at all."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
