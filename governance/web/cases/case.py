"""The page of one case: where it is, what to do now, and everything known of it."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
