"""The certificate of a question: a page, a paper in each language, the acts of who conducts."""

from __future__ import annotations

from governance.web.certificates import page

routes = page.routes

__all__ = ["routes"]
