"""One candidacy: facts, findings, checks, references, documents."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
