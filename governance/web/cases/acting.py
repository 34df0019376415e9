"""The HR officer's acts on a case: one POST, one act."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
