"""The bytes of an issued document, as they were issued, for whoever may read it."""

from __future__ import annotations

from starlette.responses import Response

from governance.appointments.models import Document
from governance.web.security import SHEET_HEADERS


def as_html(document: Document) -> Response:
    """The letter as a page of its own: its styles are allowed, nothing in it can run."""
    return Response(
        document.html, media_type="text/html; charset=utf-8", headers=dict(SHEET_HEADERS)
    )


def as_pdf(document: Document) -> Response:
    """The sealed PDF, to keep."""
    name = document.number.replace("/", "-")
    disposition = f'inline; filename="{name}-{document.language}.pdf"'
    headers = {"Content-Disposition": disposition}
    return Response(document.pdf, media_type="application/pdf", headers=headers)
