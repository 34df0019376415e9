"""Issued documents: preview in a page, and the bytes as they were issued."""

from __future__ import annotations

from starlette.routing import Route

routes: list[Route] = []
