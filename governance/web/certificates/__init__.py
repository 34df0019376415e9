"""The certificate of a question: a page, and a paper in every language."""

from __future__ import annotations

from governance.web.certificates.page import routes

__all__ = ["routes"]
